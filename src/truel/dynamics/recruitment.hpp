// How fighters are gained and lost without a shot: recruits, men from abroad, desertion of those whom income cannot
// sustain; and how support moves.
#pragma once

#include <vector>

#include "truel/dynamics/state.hpp"

namespace truel::dynamics {

/// Finds what is cut off and whom income cannot sustain (sets `supplied` and `unpaid`); once per decision epoch.
/// A pocket is a connected set of places held by friends. The pocket where the actor's command holds the greatest value and
/// every pocket with an entry share the actor's income and sponsors; any other pocket has only what its own places yield.
void assess_supply(const CompiledModel& model, State& state, int lane);

/// Sets `muster`: where each actor gains fighters, and how fast: rho s P at supplied places that it holds, or where
/// it stands beside a friend who does, and men from abroad at its command's entries (anywhere on a map without entries).
/// Once per decision epoch.
void muster(const CompiledModel& model, State& state, int lane);

/// Recruits per day of a mustering place: 0 once it is in no friend's hands.
double recruitment_rate(const State& state, ActorIndex actor, const Muster& muster, int lane);

/// Deserters per day at a place: delta times the fighters whom income cannot sustain.
double desertion_rate(const State& state, ActorIndex actor, const Unpaid& unpaid, double delta, int lane);

/// Moves support by what happened in the last `days`: harm moves support from who did it to its enemies who are present,
/// and makes people leave; government moves it by legitimacy s (1 - s). Once per decision epoch.
void move_support(const CompiledModel& model, State& state, double days, int lane);

}  // namespace truel::dynamics
