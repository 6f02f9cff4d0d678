// Whom to fight first, as the answer to what all others do.
#pragma once

#include <vector>

#include "truel/world/view.hpp"

namespace truel::laws {

/// Sets the effort of the commands with the doctrine `best-response` by best responses in the square law of all totals
/// until the last day (model.md, section 4, best response), from the strengths of this decision: an answer in feedback
/// form, given anew at every epoch. Call it when the other commands have set theirs. `last`: efforts at the decision
/// before, [attacker][target], where the search begins. Does nothing where no command has the doctrine.
void respond_best(const CompiledModel& model, State& state, const View& view, const std::vector<double>& last);

}  // namespace truel::laws
