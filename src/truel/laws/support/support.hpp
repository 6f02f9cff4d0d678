// How the support of people moves.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// Moves support by what happened in the last `days`: harm moves support from who did it to its enemies who are
/// present, and makes people leave; government moves it by legitimacy s (1 - s). Once per decision epoch.
void move_support(const CompiledModel& model, State& state, double days);

struct Support {
  static void look_back(const CompiledModel& model, State& state, int days, bool) {
    if (days > 0) {
      move_support(model, state, days);
    }
  }
};

}  // namespace truel::laws
