// How much of the fire at a place reaches the side that holds it.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// The share of fire that cover and works let through to the side that holds a place (d), as of a day of the war. Under
/// the law of counterattack who has just taken a place is not dug in: t days later the advantage 1/d is
/// 1 + (1/d - 1)(1 - exp(-t/dig_in_days)). Fights and commands ask this one function.
/// Cost: a comparison, and an exponential where somebody digs in.
double exposure(const CompiledModel& model, const State& state, PlaceIndex place, int day);

/// The same today.
inline double exposure(const CompiledModel& model, const State& state, PlaceIndex place) {
  return state.tallies.place_changes[place] > 0 ? exposure(model, state, place, state.day)
                                                : state.derived.exposure[place];
}

}  // namespace truel::laws
