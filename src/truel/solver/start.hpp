// The first day of a realization.
#pragma once

#include "truel/world/state.hpp"

namespace truel::solver {

/// Starts a realization: fighters, support, control of the first day, from `values` (already filled). Interventions
/// dated on or before the first day are applied. `is_whole`: fighters are rounded to whole persons.
void start_realization(const CompiledModel& model, State& state, bool is_whole);

}  // namespace truel::solver
