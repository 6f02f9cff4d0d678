// Who dies and who is harmed, and where: the one way into the tallies that results are made of.
#pragma once

#include "truel/world/compiled/compiled_model.hpp"
#include "truel/world/state.hpp"

namespace truel {

/// Books fighters of `target` that `attacker` killed at a place; of a march on the road, the place that it goes to.
/// The caller takes them from the force.
inline void book_losses(const CompiledModel& model, State& s, PlaceIndex p, ActorIndex attacker, ActorIndex target,
                        double dead) {
  const std::size_t pair = s.pair(attacker, target);
  s.tallies.losses[pair] += dead;
  s.tallies.country_losses[at(model.country_of(p)) * s.tallies.losses.size() + pair] += dead;
  s.tallies.place_losses[p] += dead;
  if (!s.tallies.battle_losses.empty()) {
    s.tallies.battle_losses[s.slot(p, target)] += dead;
  }
}

/// Books people who are no fighters, harmed by an actor's fire or strikes at a place.
inline void book_harm(State& s, PlaceIndex p, ActorIndex by, double persons) {
  s.tally(ActorOutcome::harm, by) += persons;
  s.tallies.recent_harm[s.slot(p, by)] += persons;
  s.tallies.place_harm[p] += persons;
}

}  // namespace truel
