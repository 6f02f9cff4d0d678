// Marches on the road.
#pragma once

#include <string_view>

#include "truel/world/state.hpp"

namespace truel {

/// Puts a march on the road: nothing else may.
void add_march(State& state, const March& march);

/// Puts fighters of an actor on the road; they leave their place at once. A march of the same actor, task, goal and
/// day takes them in. `fighters` at most those present.
void send_march(const CompiledModel& model, State& state, ActorIndex actor, PlaceIndex from, PlaceIndex to, double km,
                double fighters, MarchTask task);

/// Sends so many of the men of these actors at `from`, each in proportion to his; returns how many went: `wanted`, or
/// all that are there. is_whole: only whole men go, and a lot decides whom rounding favours.
double send_in_proportion(const CompiledModel& model, State& state, ActorMask who, PlaceIndex from, PlaceIndex to,
                          double km, double wanted, MarchTask task, bool is_whole);

/// Marches whose day has come join the fighters at their goal.
void arrive_marches(State& state);

/// The march with this id, or null.
March* find_march(State& state, int id);
const March* find_march(const State& state, int id);

}  // namespace truel
