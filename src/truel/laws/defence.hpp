// How much of the fire at a place reaches the side that holds it.
#pragma once

#include "truel/world/compiled/compiled_model.hpp"
#include "truel/world/state.hpp"

namespace truel::laws {

/// The share of fire that reaches the side that holds a place (d): what cover and works, entrenchment and, as far as
/// commands believe in it, hidden defence let through. As of a day of the war, and today. Without the law of
/// counterattack it costs three comparisons.
double exposure(const CompiledModel& model, const State& state, PlaceIndex place, int day);
double exposure(const CompiledModel& model, const State& state, PlaceIndex place);

/// What it is in fights: above 1 where a place is defended so badly that its works do not make up for it.
double exposure_in_fights(const CompiledModel& model, const State& state, PlaceIndex place);

}  // namespace truel::laws
