// When a side has had enough: the losses at which it breaks off.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// Whether the `dead` who have just been counted as killed brought the actor to its breakpoint (breakpoint
/// hypothesis: Helmbold 1971). Each actor breaks at most once. Cost: two comparisons.
inline bool breaks(const State& s, ActorIndex a, double dead) {
  const double losses = s.derived.breakpoint[a];
  const double killed = s.tally(ActorOutcome::killed, a);
  return killed >= losses && killed - dead < losses;
}

/// All who are left of an actor leave the war, those on the road and underground too.
void leave_war(State& state, ActorIndex actor);

}  // namespace truel::laws
