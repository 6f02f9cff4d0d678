#include "truel/dynamics/recruitment.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <array>

namespace truel::dynamics {

namespace {

/// Connected sets of places held by one group of friends.
struct Pockets {
  ActorMask friendly = 0;
  std::vector<int> of;           ///< [place] number, kNone: not theirs
  std::vector<std::uint8_t> has_entry;  ///< [pocket]
};

void find_pockets(const CompiledModel& model, const State& s, int lane, ActorMask friendly, Pockets& pockets) {
  thread_local std::vector<PlaceIndex> stack;
  pockets.friendly = friendly;
  pockets.of.assign(at(s.n_places), kNone);
  pockets.has_entry.clear();
  const auto is_theirs = [&](PlaceIndex p) {
    const int holder = s.control[s.one(p, lane)];
    return holder >= 0 && (friendly & bit(holder)) != 0;
  };
  for (PlaceIndex start = 0; start < s.n_places; ++start) {
    if (pockets.of[at(start)] != kNone || !is_theirs(start)) {
      continue;
    }
    const int number = static_cast<int>(pockets.has_entry.size());
    pockets.has_entry.push_back(0);
    pockets.of[at(start)] = number;
    stack.assign(1, start);
    while (!stack.empty()) {
      const PlaceIndex p = stack.back();
      stack.pop_back();
      pockets.has_entry.back() |= model.war().places[at(p)].is_entry;
      for (const Neighbour& next : model.neighbours(p)) {
        if (pockets.of[at(next.place)] == kNone && is_theirs(next.place)) {
          pockets.of[at(next.place)] = number;
          stack.push_back(next.place);
        }
      }
    }
  }
}

}  // namespace

void assess_supply(const CompiledModel& model, State& s, int lane) {
  const War& war = model.war();
  const bool has_income = s.value(war.law(LawParameter::income_on), lane) > 0;
  const double tax = s.value(war.law(LawParameter::income_tax_per_1000), lane) / 1000;
  const Day today = war.start + s.day;
  thread_local std::vector<Pockets> blocs;  // actors with the same friends share their pockets
  thread_local std::vector<double> yield, men, own_value;
  std::size_t n_blocs = 0;
  const auto bloc_of = [&](ActorMask friendly) -> const Pockets& {
    for (std::size_t k = 0; k < n_blocs; ++k) {
      if (blocs[k].friendly == friendly) {
        return blocs[k];
      }
    }
    if (n_blocs == blocs.size()) {
      blocs.emplace_back();
    }
    find_pockets(model, s, lane, friendly, blocs[n_blocs]);
    return blocs[n_blocs++];
  };

  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    auto& unpaid = s.unpaid[s.one(a, lane)];
    unpaid.clear();
    if (model.is_air(a)) {
      continue;
    }
    const Pockets& pockets = bloc_of(s.derived.friendly[s.one(a, lane)]);
    // Home is the pocket where its command holds most; an actor that holds nothing is at home where most of its friends'
    // land is, which the tiny weight says.
    own_value.assign(pockets.has_entry.size(), 0);
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      if (const int k = pockets.of[at(p)]; k != kNone) {
        const bool is_own = model.command_of(s.control[s.one(p, lane)]) == model.command_of(a);
        own_value[at(k)] += s.value(war.place(p, PlaceParameter::value), lane) * (is_own ? 1 : 1e-9);
      }
    }
    const auto home = std::max_element(own_value.begin(), own_value.end()) - own_value.begin();
    const auto is_supplied = [&](int k) { return k != kNone && (k == home || pockets.has_entry[at(k)]); };
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      s.supplied[s.slot(p, a, lane)] = is_supplied(pockets.of[at(p)]);
    }
    const double own = s.value(war.actor(a, ActorParameter::income), lane);
    if (!has_income || std::isnan(own)) {
      continue;
    }
    double common_income = own;
    double common_men = 0;
    yield.assign(pockets.has_entry.size(), 0);
    men.assign(pockets.has_entry.size(), 0);
    for (const int row : model.sponsors_of(a)) {
      const Sponsor& sponsor = war.sponsors[at(row)];
      if (sponsor.from <= today && today <= sponsor.to) {
        common_income += s.value(war.sponsor(row, SponsorParameter::finance), lane);
      }
    }
    for (const Column& column : s.columns[at(lane)]) {
      common_men += column.actor == a ? column.fighters : 0;
    }
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const int k = pockets.of[at(p)];
      const double here = s.fighters[s.slot(p, a, lane)];
      const double gives = s.control[s.one(p, lane)] == a ? s.value(war.place(p, PlaceParameter::resources), lane) +
                                                                tax * s.population[s.one(p, lane)]
                                                          : 0;
      if (k == kNone || is_supplied(k)) {  // an army in the field is paid from home
        common_men += here;
        common_income += gives;
      } else {
        men[at(k)] += here;
        yield[at(k)] += gives;
      }
    }
    const auto share_unpaid = [](double fighters, double income) { return fighters > income ? 1 - income / fighters : 0; };
    const double common = share_unpaid(common_men, common_income);
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const int k = pockets.of[at(p)];
      const double share = k == kNone || is_supplied(k) ? common : share_unpaid(men[at(k)], yield[at(k)]);
      if (share > 0 && s.fighters[s.slot(p, a, lane)] > 0) {
        unpaid.push_back({p, share});
      }
    }
  }
}

void muster(const CompiledModel& model, State& s, int lane) {
  const War& war = model.war();
  bool map_has_entries = false;
  for (const Place& place : war.places) {
    map_has_entries = map_has_entries || place.is_entry;
  }
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    auto& places = s.muster[s.one(a, lane)];
    places.clear();
    if (model.is_air(a) || s.value(war.law(LawParameter::recruitment_on), lane) <= 0) {
      continue;
    }
    const double rho = s.value(war.actor(a, ActorParameter::recruitment_per_day), lane);
    const double abroad = s.value(war.actor(a, ActorParameter::recruits_per_day), lane);
    if (rho <= 0 && abroad <= 0) {
      continue;
    }
    // Men from abroad come in where the command holds an entry; on a map without entries, anywhere it holds.
    const auto is_gate = [&](PlaceIndex p) {
      const int holder = s.control[s.one(p, lane)];
      return holder >= 0 && model.command_of(holder) == model.command_of(a) && (!map_has_entries || war.places[at(p)].is_entry);
    };
    int gates = 0;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      gates += is_gate(p);
    }
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const int holder = s.control[s.one(p, lane)];
      const bool is_held = holder == a || (holder >= 0 && (s.derived.friendly[s.one(a, lane)] & bit(holder)) != 0 &&
                                           (s.present[s.one(p, lane)] & bit(a)) != 0);
      const double local = is_held && s.supplied[s.slot(p, a, lane)]
                               ? rho * s.support[s.slot(p, a, lane)] * s.population[s.one(p, lane)]
                               : 0;
      const double rate = local + (is_gate(p) ? abroad / gates : 0);
      if (rate > 0) {
        places.push_back({p, rate});
      }
    }
  }
}

double recruitment_rate(const State& s, ActorIndex a, const Muster& m, int lane) {
  const int holder = s.control[s.one(m.place, lane)];
  return holder >= 0 && (s.derived.friendly[s.one(a, lane)] & bit(holder)) != 0 ? m.per_day : 0;
}

double desertion_rate(const State& s, ActorIndex a, const Unpaid& unpaid, double delta, int lane) {
  return delta * unpaid.share * s.fighters[s.slot(unpaid.place, a, lane)];
}

void move_support(const CompiledModel& model, State& s, double days, int lane) {
  const War& war = model.war();
  if (s.value(war.law(LawParameter::support_on), lane) <= 0) {
    return;
  }
  const double shift = s.value(war.law(LawParameter::support_shift_per_harm), lane);
  const double displaced = s.value(war.law(LawParameter::support_displaced_per_harm), lane);
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    double& people = s.population[s.one(p, lane)];
    if (people <= 0) {
      continue;
    }
    double harmed = 0;
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      double& persons = s.recent_harm[s.slot(p, a, lane)];
      if (persons <= 0) {
        continue;
      }
      const ActorMask gainers = s.derived.hostile[s.one(a, lane)] & s.present[s.one(p, lane)];
      double& support = s.support[s.slot(p, a, lane)];
      const double lost = std::min(support, shift * persons / people);
      support -= lost;
      for (ActorMask rest = gainers; rest != 0; rest &= rest - 1) {
        s.support[s.slot(p, std::countr_zero(rest), lane)] += lost / std::popcount(gainers);
      }
      harmed += persons;
      persons = 0;
    }
    people = std::max(0.0, people - displaced * harmed);
    const int holder = s.control[s.one(p, lane)];
    if (holder >= 0) {
      double others = 0;
      for (ActorIndex b = 0; b < s.n_actors; ++b) {
        others += b == holder ? 0 : s.support[s.slot(p, b, lane)];
      }
      double& support = s.support[s.slot(p, holder, lane)];
      const double legitimacy = s.value(war.actor(holder, ActorParameter::legitimacy_per_day), lane);
      support = std::clamp(support + days * legitimacy * support * (1 - support), 0.0, std::max(0.0, 1 - others));
    }
  }
}

}  // namespace truel::dynamics
