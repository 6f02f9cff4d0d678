#include "truel/world/state.hpp"

#include <algorithm>
#include <cmath>

namespace truel {

Tallies::Tallies(const CompiledModel& model) {
  const std::size_t n = at(model.n_actors());
  const std::size_t q = at(model.n_places());
  for (auto* v : {&losses, &effort_days}) {
    v->assign(n * n, 0);
  }
  country_losses.assign(model.countries().size() * n * n, 0);
  for (auto* v : {&place_losses, &place_harm, &place_changes}) {
    v->assign(q, 0);
  }
  recent_harm.assign(q * n, 0);
  attacks.assign(n * n * kAttackTallyCount, 0);
  for (std::size_t k = 0; k < attacks.size(); ++k) {
    attacks[k] = kAttackTallies[k % kAttackTallyCount].is_day ? kAbsent : 0;
  }
  of_actors.assign(n * at(n_actor_outcomes()), 0);
  first_fighters.assign(n, 0);
}

State::State(const CompiledModel& model)
    : n_actors(model.n_actors()), n_places(model.n_places()), tallies(model), values(model.war().parameters.size()) {
  const std::size_t n = at(n_actors);
  const std::size_t q = at(n_places);
  for (auto* v : {&fighters, &support}) {
    v->assign(q * n, 0);
  }
  population.assign(q, 0);
  control.assign(q, kNone);
  held_since.assign(q, 0);
  taken_from.assign(q, kNone);
  battle_since.assign(q, kAbsent);
  present.assign(q, 0);
  contested.assign(q, 0);
  for (auto* v : {&alignment, &effort, &derived.kill, &derived.visibility, &derived.fixed_share}) {
    v->assign(n * n, 0);
  }
  for (auto* v : {&effort_total, &derived.abstention, &derived.breakpoint, &derived.concealment, &derived.intelligence,
                  &derived.harm_recruits, &derived.backing}) {
    v->assign(n, 0);
  }
  departures.latest_arrival.assign(q * n, 0);
  derived.exposure.assign(q, 1);
  derived.closeness.assign(model.war().links.size(), 0);
  derived.turn.assign(n, 0);
  derived.hostile.assign(n, 0);
  derived.friendly.assign(n, 0);
  marches.reserve(256);
  make_room_for_laws(model, *this);
}

Doctrine doctrine(const War& war, const State& s, CommandIndex command) {
  return static_cast<Doctrine>(std::lround(s.value(war.command(command, CommandParameter::doctrine))));
}

double total_fighters(const State& s, ActorIndex a) {
  double total = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    total += s.fighters[s.slot(p, a)];
  }
  for (const March& march : s.marches) {
    if (march.actor == a) {
      total += march.fighters;
    }
  }
  return total + underground_fighters(s, a);
}

bool has_fewer_fighters(const State& s, ActorIndex a, double men) {
  double total = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    total += s.fighters[s.slot(p, a)];
    if (total >= men) {
      return false;
    }
  }
  return total_fighters(s, a) < men;
}

bool has_fighters(const State& s, ActorIndex a) {
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    if (s.fighters[s.slot(p, a)] > 0) {
      return true;
    }
  }
  const bool some_march = std::any_of(s.marches.begin(), s.marches.end(),
                                      [&](const March& march) { return march.actor == a && march.fighters > 0; });
  return some_march || underground_fighters(s, a) > 0;
}

double underground_fighters(const State& s, ActorIndex a) {
  double total = 0;
  for (PlaceIndex p = 0; p < s.n_places && !s.underground.empty(); ++p) {
    total += s.underground[s.slot(p, a)];
  }
  return total;
}

void total_fighters(const State& s, std::span<double> total) {
  std::fill(total.begin(), total.end(), 0);
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    for (ActorMask rest = s.present[p]; rest != 0; rest &= rest - 1) {
      total[at(first_of(rest))] += s.fighters[s.slot(p, first_of(rest))];
    }
  }
  for (PlaceIndex p = 0; p < s.n_places && !s.underground.empty(); ++p) {
    for (ActorIndex a = 0; a < s.n_actors; ++a) {
      total[at(a)] += s.underground[s.slot(p, a)];
    }
  }
  for (const March& march : s.marches) {
    total[at(march.actor)] += march.fighters;
  }
}

std::size_t bytes_of_lists(const State& s) {
  std::size_t sum = 0;
  const auto add = [&](const auto& list) { sum += list.size() * sizeof(list[0]); };
  for (const auto* list :
       {&s.fighters, &s.underground, &s.alignment, &s.support, &s.values, &s.tallies.country_losses,
        &s.tallies.recent_harm, &s.tallies.attacks, &s.tallies.of_actors, &s.tallies.battle_losses, &s.derived.kill}) {
    add(*list);
  }
  std::for_each(s.laws.lists.begin(), s.laws.lists.end(), add);
  return sum;
}

}  // namespace truel
