// What laws count of an actor, by short names.
#pragma once

#include "truel/laws/laws.hpp"
#include "truel/solver/run.hpp"

namespace truel::test {

inline constexpr ActorOutcome kRecruited = laws::outcome_of<laws::Recruitment>(laws::Recruitment::recruited);
inline constexpr ActorOutcome kDeserted = laws::outcome_of<laws::Income>(laws::Income::deserted);
inline constexpr ActorOutcome kJoined = laws::outcome_of<laws::Defection>(laws::Defection::joined);
inline constexpr ActorOutcome kDefected = laws::outcome_of<laws::Defection>(laws::Defection::defected);
inline constexpr ActorOutcome kUnderground = laws::outcome_of<laws::Underground>(laws::Underground::underground);

/// Men whom an actor gained by any law (is_gain), or lost (is_loss); of(outcome): its numbers.
template <class Of>
double sum_of(bool (*counts)(Flow), Of of) {
  double men = 0;
  for (const ActorOutcomeInfo& info : actor_outcomes()) {
    men += counts(info.flow) ? of(info.outcome) : 0;
  }
  return men;
}

/// What alignment amounts to on the last day, of a run in which it may move; `a` of what is of every actor.
inline double alignment_outcome(const solver::Run& run, laws::Alignment::Measure what, ActorIndex a = 0) {
  return run.war_outcome[at(static_cast<int>(what) + a)];
}

}  // namespace truel::test
