// What follows from the parameters and the alignments: State::derived.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// Recomputes who is friend and who is enemy from the alignments and the thresholds. Returns whether that changed.
bool derive_relations(const CompiledModel& model, State& state);

/// Recomputes what `derived` says of actors and pairs, or of places and roads, after parameters or relations changed or
/// sponsors came and went.
void derive_actors(const CompiledModel& model, State& state);
void derive_places(const CompiledModel& model, State& state);

}  // namespace truel::laws
