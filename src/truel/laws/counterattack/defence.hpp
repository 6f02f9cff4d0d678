// How much of the fire at a place reaches the side that holds it.
#pragma once

#include "truel/laws/hidden_defence/hidden_defence.hpp"
#include "truel/world/state.hpp"

namespace truel::laws {

/// The share of fire that cover and works let through to the side that holds a place (d), as of a day of the war. Under
/// the law of counterattack who has just taken a place is not dug in: t days later the advantage 1/d is
/// 1 + (1/d - 1)(1 - exp(-t/dig_in_days)). Cost: a comparison, and an exponential where somebody digs in.
double let_through_by_works(const CompiledModel& model, const State& state, PlaceIndex place, int day);

/// The same today.
inline double let_through_by_works(const CompiledModel& model, const State& state, PlaceIndex place) {
  return state.tallies.place_changes[place] > 0 ? let_through_by_works(model, state, place, state.day)
                                                : state.derived.exposure[place];
}

/// What commands believe it to be, with what battles have shown of the place's hidden defence: as of a day, and today.
inline double exposure(const CompiledModel& model, const State& state, PlaceIndex place, int day) {
  return let_through_by_works(model, state, place, day) * believed_let_through(state, place);
}
inline double exposure(const CompiledModel& model, const State& state, PlaceIndex place) {
  return let_through_by_works(model, state, place) * believed_let_through(state, place);
}

/// What it is in fights: above 1 where a place is defended so badly that its works do not make up for it.
inline double exposure_in_fights(const CompiledModel& model, const State& state, PlaceIndex place) {
  return let_through_by_works(model, state, place) * hidden_let_through(state, place);
}

}  // namespace truel::laws
