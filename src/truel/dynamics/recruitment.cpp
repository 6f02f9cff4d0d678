#include "truel/dynamics/recruitment.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <array>

namespace truel::dynamics {

void assess_supply(const CompiledModel& model, State& s, int lane) {
  const War& war = model.war();
  const bool has_income = s.value(war.law(LawParameter::income_on), lane) > 0;
  const double tax = s.value(war.law(LawParameter::income_tax_per_1000), lane) / 1000;
  thread_local std::vector<int> pocket;
  thread_local std::vector<PlaceIndex> stack;
  struct Pocket {
    double value = 0, yield = 0, men = 0;
    bool has_entry = false;
  };
  thread_local std::vector<Pocket> pockets;

  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    if (model.is_air(a)) {
      continue;
    }
    const ActorMask friendly = s.derived.friendly[s.one(a, lane)];
    pocket.assign(at(s.n_places), kNone);
    pockets.clear();
    for (PlaceIndex start = 0; start < s.n_places; ++start) {
      const auto is_ours = [&](PlaceIndex p) {
        const int holder = s.control[s.one(p, lane)];
        return holder >= 0 && (friendly & bit(holder)) != 0;
      };
      if (pocket[at(start)] != kNone || !is_ours(start)) {
        continue;
      }
      const int number = static_cast<int>(pockets.size());
      pockets.emplace_back();
      pocket[at(start)] = number;
      stack.assign(1, start);
      while (!stack.empty()) {
        const PlaceIndex p = stack.back();
        stack.pop_back();
        Pocket& here = pockets[at(number)];
        here.value += s.value(war.place(p, PlaceParameter::value), lane);
        here.has_entry = here.has_entry || war.places[at(p)].is_entry;
        here.men += s.fighters[s.slot(p, a, lane)];
        if (s.control[s.one(p, lane)] == a) {
          here.yield += s.value(war.place(p, PlaceParameter::resources), lane) + tax * s.population[s.one(p, lane)];
        }
        for (const Neighbour& next : model.neighbours(p)) {
          if (pocket[at(next.place)] == kNone && is_ours(next.place)) {
            pocket[at(next.place)] = number;
            stack.push_back(next.place);
          }
        }
      }
    }
    int main = kNone;
    for (int k = 0; k < static_cast<int>(pockets.size()); ++k) {
      if (main == kNone || pockets[at(k)].value > pockets[at(main)].value) {
        main = k;
      }
    }
    const double own = s.value(war.actor(a, ActorParameter::income), lane);
    const bool is_bound = has_income && !std::isnan(own);
    double common_income = std::isnan(own) ? 0 : own;
    double common_men = 0;
    for (const int row : model.sponsors_of(a)) {
      const Sponsor& sponsor = war.sponsors[at(row)];
      const Day today = war.start + s.day;
      if (sponsor.from <= today && today <= sponsor.to) {
        common_income += s.value(war.sponsor(row, SponsorParameter::finance), lane);
      }
    }
    for (const Column& column : s.columns[at(lane)]) {
      common_men += column.actor == a ? column.fighters : 0;
    }
    for (int k = 0; k < static_cast<int>(pockets.size()); ++k) {
      if (k == main || pockets[at(k)].has_entry) {
        common_income += pockets[at(k)].yield;
        common_men += pockets[at(k)].men;
      }
    }
    const auto share_unpaid = [](double men, double income) { return men > income && men > 0 ? 1 - income / men : 0; };
    s.is_unpaid[s.one(a, lane)] = 0;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      const int k = pocket[at(p)];
      const bool is_supplied = k != kNone && (k == main || pockets[at(k)].has_entry);
      s.supplied[s.slot(p, a, lane)] = is_supplied;
      double& excess = s.excess[s.slot(p, a, lane)];
      if (!is_bound) {
        excess = 0;
      } else if (is_supplied || k == kNone) {
        excess = share_unpaid(common_men, common_income);  // an army in the field is paid from home
      } else {
        excess = share_unpaid(pockets[at(k)].men, pockets[at(k)].yield);
      }
      s.is_unpaid[s.one(a, lane)] |= excess > 0;
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
    const auto is_gate = [&](PlaceIndex p) { return !map_has_entries || war.places[at(p)].is_entry; };
    int gates = 0;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      gates += s.control[s.one(p, lane)] == a && is_gate(p);
    }
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      if (s.control[s.one(p, lane)] != a) {
        continue;
      }
      const double local = s.supplied[s.slot(p, a, lane)] ? rho * s.support[s.slot(p, a, lane)] * s.population[s.one(p, lane)] : 0;
      const double rate = local + (is_gate(p) ? abroad / gates : 0);
      if (rate > 0) {
        places.push_back({p, rate});
      }
    }
  }
}

double recruitment_rate(const State& s, ActorIndex a, const Muster& m, int lane) {
  return s.control[s.one(m.place, lane)] == a ? m.per_day : 0;
}

double desertion_rate(const CompiledModel& model, const State& s, ActorIndex a, PlaceIndex p, int lane) {
  const double excess = s.excess[s.slot(p, a, lane)];
  return excess <= 0 ? 0
                     : s.value(model.war().actor(a, ActorParameter::desertion_per_day), lane) * excess *
                           s.fighters[s.slot(p, a, lane)];
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
