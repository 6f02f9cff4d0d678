// Whom a command fights first.
#pragma once

#include "truel/world/view.hpp"

namespace truel::laws {

/// Sets the effort shares of every actor over its enemies (model.md, section 4, priority). Under the `priority`
/// doctrine a command scores each enemy by the weighted features and takes the softmax with its temperature; under the
/// `fixed` doctrine its actors keep the shares of ties.csv, or divide their effort evenly where none of these is for an
/// enemy still in the war; commands of the `best-response` doctrine then divide their effort over their enemies in
/// answer to these and to each other. The feature `others` is that of the last decision; before the first one every
/// command is taken to divide its effort evenly. Records scores and contributions where the path is kept.
void prioritise(const CompiledModel& model, State& state, const View& view);

}  // namespace truel::laws
