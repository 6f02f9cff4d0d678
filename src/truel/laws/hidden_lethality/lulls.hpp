// Sides at war whom the record shows to have stopped fighting each other, laid into a run.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// Who holds fire at whom for now, and until when.
struct Lull {
  Day until = 0;
  ActorIndex a = kNone, b = kNone;
};

/// In a share of the runs, which War::laid_in_lulls has for today, two sides at war begin to hold their fire at each
/// other. A lull lasts an exponential time with a mean of laws.hidden_lethality.decay_days; then their alignment is
/// that of the package again, unless something else has changed it. Returns whether relations have moved.
bool lay_in_lulls(const CompiledModel& model, State& state);

}  // namespace truel::laws
