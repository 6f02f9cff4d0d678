// Columns on the road, and who controls a place.
#pragma once

#include <string_view>

#include "truel/dynamics/state.hpp"

namespace truel::dynamics {

std::string_view to_string(ColumnTask task);

/// Puts fighters of an actor on the road; they leave their place at once. A column of the same actor, task, goal and
/// day takes them in. `fighters` at most those present.
void send_column(const CompiledModel& model, State& state, ActorIndex actor, PlaceIndex from, PlaceIndex to, double km,
                 double fighters, ColumnTask task);

/// Columns whose day has come join the fighters at their goal.
void arrive_columns(State& state);

/// Control passes when the last defender is gone to the enemy with most fighters there; a place that nobody holds
/// passes to whoever stands there with no enemy present (model.md, section 4).
void settle_control(State& state, PlaceIndex place);

/// Makes an actor the holder of a place, and counts and notes it as a capture.
void pass_control(State& state, PlaceIndex place, ActorIndex taker, const char* reason);

}  // namespace truel::dynamics
