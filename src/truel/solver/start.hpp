// The first day of a realization.
#pragma once

#include "truel/world/state.hpp"

namespace truel::solver {

/// Starts a realization, in a new state with its `values`: fighters, support, control of the first day. Interventions
/// dated on or before the first day are applied. `is_whole`: fighters are rounded to whole persons.
void start_realization(const CompiledModel& model, State& state, bool is_whole);

}  // namespace truel::solver
