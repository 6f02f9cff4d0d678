// Fighters whom an actor gained or lost, of all the ways in which laws count them.
#pragma once

#include <vector>

#include "truel/world/state.hpp"

namespace truel::solver {

/// Since the first day: the sum of the outcomes that count as such.
template <bool (*counts)(Flow)>
double total(const State& s, ActorIndex a) {
  static const std::vector<ActorOutcome> outcomes = [] {
    std::vector<ActorOutcome> found;
    for (const ActorOutcomeInfo& info : actor_outcomes()) {
      if (counts(info.flow)) {
        found.push_back(info.outcome);
      }
    }
    return found;
  }();
  double sum = 0;
  for (const ActorOutcome outcome : outcomes) {
    sum += s.tally(outcome, a);
  }
  return sum;
}

}  // namespace truel::solver
