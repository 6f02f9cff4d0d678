// Dated changes of the scenario.
#pragma once

#include "truel/dynamics/state.hpp"

namespace truel::dynamics {

/// Applies every `set` dated on or before the first day: it has already happened.
void set_parameters_dated_before_start(const CompiledModel& model, State& state, int lane);

/// Applies the interventions dated today (model.md, section 4) to a lane and derives again if there were any.
void intervene(const CompiledModel& model, State& state, int lane, bool is_whole);

}  // namespace truel::dynamics
