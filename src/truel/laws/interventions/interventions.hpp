// Dated changes of the scenario.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// Puts the dated changes that happen in this realization into the order of their days, as `values` has both.
void draw_up_agenda(const CompiledModel& model, State& state);

/// Applies every `set` dated on or before the first day, and what allegiances changed before it meant for alignments:
/// they have already happened.
void set_parameters_dated_before_start(const CompiledModel& model, State& state);

/// Applies the interventions dated today (model.md, section 4) and derives again if there were any. Returns
/// whether there were.
bool intervene(const CompiledModel& model, State& state, bool is_whole);

}  // namespace truel::laws
