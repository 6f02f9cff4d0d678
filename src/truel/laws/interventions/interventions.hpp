// Dated changes of the scenario.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// A dated change that happens in this realization.
struct DatedChange {
  Day day;
  int row;  ///< into War::interventions
};

struct InterventionsState {
  InterventionsState(const CompiledModel&) {}
  std::vector<DatedChange> agenda;  ///< by day, then by row
};

/// A law that acts on its dates: it has no switch.
struct Interventions {
  static constexpr EventInfo kEvent{"intervention", "a dated change of the package"};
  static constexpr std::array kEvents{kEvent};

  using Own = InterventionsState;
};

/// Puts the dated changes that happen in this realization into the order of their days, as `values` has both.
void draw_up_agenda(const CompiledModel& model, State& state);

/// Applies every `set` dated on or before the first day, and what allegiances changed before it meant for alignments:
/// they have already happened.
void set_parameters_dated_before_start(const CompiledModel& model, State& state);

/// Applies the interventions dated today (model.md, section 4) and derives again if there were any. Returns
/// whether there were.
bool intervene(const CompiledModel& model, State& state, bool is_whole);

}  // namespace truel::laws
