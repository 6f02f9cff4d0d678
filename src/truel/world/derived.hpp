// What follows from the parameters and the alignments: State::derived, and how to read its choices.
#pragma once

#include "truel/world/state.hpp"

namespace truel {

/// How a command divides its effort (commands.ID.doctrine).
Doctrine doctrine(const War& war, const State& state, CommandIndex command);
/// When fire takes effect (laws.fire.timing).
FireTiming fire_timing(const War& war, const State& state);

/// Recomputes who is friend and who is enemy from the alignments and the thresholds. Returns whether that changed.
bool derive_relations(const CompiledModel& model, State& state);

/// Recomputes what `derived` says of actors and pairs, or of places and roads, after parameters or relations changed or
/// sponsors came and went.
void derive_actors(const CompiledModel& model, State& state);
void derive_places(const CompiledModel& model, State& state);

}  // namespace truel
