// Enclaves that are starved and not stormed: how long they hold out, and that they leave on terms.
#pragma once

#include "truel/world/view.hpp"

namespace truel::laws {

/// Where laws.siege acts: finds the places under siege, which commands then do not storm (View::besieged), and lets
/// pockets give up (model.md, section 4, siege). A pocket is under siege when it has no supply and touches land of an
/// enemy. Where no battle is in it, it gives up with mean time laws.siege.days: everybody there goes to the nearest
/// place of friends that is not besieged, or home for good if there is none, and it passes to the strongest besieger.
void besiege(const CompiledModel& model, State& state, View& view);

}  // namespace truel::laws
