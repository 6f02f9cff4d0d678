// When a side has had enough: the losses at which it breaks off.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// All who are left of an actor leave the war, wherever they are.
void leave_war(State& state, ActorIndex actor);

/// An actor leaves the war if the `dead` who have just been counted as killed brought it to its breakpoint (breakpoint
/// hypothesis: Helmbold 1971). Returns whether it did. Each breaks off at most once. Cost: two comparisons.
inline bool break_off(State& s, ActorIndex a, double dead) {
  const double losses = s.derived.breakpoint[a];
  const double killed = s.tally(ActorOutcome::killed, a);
  const bool breaks = killed >= losses && killed - dead < losses;
  if (breaks) {
    leave_war(s, a);
  }
  return breaks;
}

/// Losses that an actor can still bear; infinite: any. 0: it has broken off, but for rounding.
double bearable_losses(const State& state, ActorIndex actor);

}  // namespace truel::laws
