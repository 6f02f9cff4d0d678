#include "truel/dynamics/operations.hpp"

#include "truel/dynamics/planner.hpp"

namespace truel::dynamics {

void operate(const CompiledModel& model, State& state, View& view, bool is_whole) {
  if (state.value(model.war().law(LawParameter::operations_on)) <= 0) {
    return;
  }
  thread_local Notes notes;
  for (CommandIndex c = 0; c < view.n_commands; ++c) {
    Planner(model, state, view, notes, c, is_whole).plan();
  }
  for (PlaceIndex p = 0; p < view.n_places; ++p) {
    settle_control(state, p);  // a place that its defenders left
  }
}

}  // namespace truel::dynamics
