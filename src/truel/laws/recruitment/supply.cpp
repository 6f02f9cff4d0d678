#include "truel/laws/recruitment/supply.hpp"

#include <algorithm>
#include <cmath>

#include "truel/laws/laws.hpp"
#include "truel/world/lots.hpp"

namespace truel::laws {
namespace {

/// Whether a road joins a place of the one with a place of the other, at neither of which there is a battle.
bool share_a_road(const CompiledModel& model, const State& s, const View& view, ActorIndex a, ActorIndex b) {
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    if (view.control[at(p)] != a || s.contested[p]) {
      continue;
    }
    for (const Neighbour& next : model.neighbours(p)) {
      if (view.control[at(next.place)] == b && !s.contested[next.place]) {
        return true;
      }
    }
  }
  return false;
}

/// What an actor earns by trade with those, enemies or not, with whom it has a bargain that both gain from.
double trade_income(const CompiledModel& model, const State& s, const View& view, ActorIndex a) {
  const War& war = model.war();
  double income = 0;
  for (ActorIndex b = 0; b < s.n_actors && model.may_be_positive(TieParameter::trade); ++b) {
    const double trade = s.value(war.tie(a, b, TieParameter::trade));
    if (a != b && trade > 0 && s.value(war.tie(a, b, TieParameter::bargain)) > 0 &&
        s.value(war.tie(b, a, TieParameter::bargain)) > 0 && share_a_road(model, s, view, a, b)) {
      income += trade;
    }
  }
  return income;
}

/// What an actor holds.
struct Holdings {
  std::vector<double> value, yield, men;  ///< [pocket]
  std::vector<std::uint8_t> is_supplied;  ///< [pocket]
  std::vector<std::uint8_t> may_be_gate;  ///< [place]
  int gates = 0;
};

/// Where an actor has fighters whom its income cannot sustain.
void find_unpaid(const CompiledModel& model, const State& s, const View& view, ActorIndex a, const Pockets& pockets,
                 const Holdings& held, std::vector<DesertionSite>& unpaid) {
  const War& war = model.war();
  const Day today = war.start + s.day;
  double common_income = s.value(war.actor(a, ActorParameter::income)) + trade_income(model, s, view, a);
  double common_men = view.total[at(a)];  // less those cut off, below: an army in the field is paid from home
  for (const int row : model.sponsors_of(a)) {
    const Sponsor& sponsor = war.sponsors[at(row)];
    if (sponsor.from <= today && today <= sponsor.to) {
      common_income += s.value(war.sponsor(row, SponsorParameter::finance));
    }
  }
  for (int k = 0; k < static_cast<int>(held.men.size()); ++k) {
    if (held.is_supplied[at(k)]) {
      common_income += held.yield[at(k)];
    } else {
      common_men -= held.men[at(k)];
    }
  }
  const auto share_unpaid = [](double fighters, double income) {
    return fighters > income ? 1 - income / fighters : 0;
  };
  const double common = share_unpaid(common_men, common_income);
  for (const Troop& troop : view.troops[at(a)]) {
    const int k = pockets.of[at(troop.place)];
    const double share =
        k == kNone || held.is_supplied[at(k)] ? common : share_unpaid(held.men[at(k)], held.yield[at(k)]);
    if (share > 0) {
      unpaid.push_back({troop.place, share});
    }
  }
}

/// Where an actor gains fighters.
void find_sites(const CompiledModel& model, const State& s, const View& view, ActorIndex a, const Pockets& pockets,
                const Holdings& held, std::vector<RecruitmentSite>& sites) {
  const double rho = s.value(model.war().actor(a, ActorParameter::recruitment_per_day));
  const double abroad = s.value(model.war().actor(a, ActorParameter::recruits_per_day));
  const ActorMask own_command = view.members[at(model.command_of(a))];
  for (const PlaceIndex p : pockets.places) {
    const ActorIndex holder = view.control[at(p)];
    const bool is_gate = held.may_be_gate[at(p)] && (own_command & bit(holder)) != 0;
    const bool recruits_here = held.is_supplied[at(pockets.of[at(p)])] && (holder == a || view.n(p, a) > 0);
    const double rate =
        (recruits_here ? rho * s.support[s.slot(p, a)] * s.population[p] : 0) + (is_gate ? abroad / held.gates : 0);
    if (rate > 0) {
      sites.push_back({p, rate});
    }
  }
}

}  // namespace

void supply(const CompiledModel& model, State& s, View& view) {
  const War& war = model.war();
  const bool has_income = s.value(war.law(number_of<Income>(Income::on))) > 0;
  const bool has_recruits = s.value(war.law(number_of<Recruitment>(Recruitment::on))) > 0;
  const double tax = s.value(war.law(number_of<Income>(Income::tax_per_1000))) / 1000;
  const bool map_has_entries =
      std::any_of(war.places.begin(), war.places.end(), [](const Place& p) { return p.is_entry; });
  const bool entries_close = s.value(war.law(number_of<Recruitment>(Recruitment::entries_close))) > 0;
  thread_local Holdings held;
  held.may_be_gate.resize(at(s.n_places));
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    held.may_be_gate[at(p)] = !map_has_entries || (war.places[at(p)].is_entry && !(entries_close && s.contested[p]));
  }

  auto& unpaid_of = own_state<Income>(s).unpaid;
  auto& sites_of = own_state<Recruitment>(s).sites;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    unpaid_of[a].clear();
    sites_of[a].clear();
    const bool is_bound = has_income && !std::isnan(s.value(war.actor(a, ActorParameter::income)));
    const bool recruits = has_recruits && (s.value(war.actor(a, ActorParameter::recruitment_per_day)) > 0 ||
                                           s.value(war.actor(a, ActorParameter::recruits_per_day)) > 0);
    if (model.is_air(a) || (!is_bound && !recruits)) {
      continue;
    }
    const ActorMask own_command = view.members[at(model.command_of(a))];
    const Pockets& pockets = pockets_of(model, s, view, a);
    const std::size_t n_pockets = pockets.has_entry.size();
    held.value.assign(n_pockets, 0);
    held.yield.assign(n_pockets, 0);
    held.men.assign(n_pockets, 0);
    held.gates = 0;
    for (const PlaceIndex p : pockets.places) {
      const int k = pockets.of[at(p)];
      const ActorIndex holder = view.control[at(p)];
      const bool is_own = (own_command & bit(holder)) != 0;
      // Home is the pocket where its command holds most; an actor whose command holds nothing is at home where most of
      // its friends' land is, which the tiny weight says.
      held.value[at(k)] += view.value[at(p)] * (is_own ? 1 : 1e-9);
      held.men[at(k)] += view.n(p, a);
      held.yield[at(k)] += holder == a ? s.value(war.place(p, PlaceParameter::resources)) + tax * s.population[p] : 0;
      held.gates += is_own && held.may_be_gate[at(p)];
    }
    held.is_supplied = pockets.has_entry;
    if (n_pockets > 0) {
      held.is_supplied[greatest_of(s, held.value, Lot::place)] = 1;
    }

    if (is_bound) {
      find_unpaid(model, s, view, a, pockets, held, unpaid_of[a]);
    }
    if (recruits) {
      find_sites(model, s, view, a, pockets, held, sites_of[a]);
    }
  }
}

}  // namespace truel::laws
