// What the settlement law says, as JSON.
#pragma once

#include "truel/ensemble/ensemble.hpp"
#include "truel/output/json.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::output {

/// Predictions and actors of every issue (docs/results.md, `settlement`). Only for a model with issues.
Json settlement_json(const CompiledModel& model, const ensemble::Summary& summary);

}  // namespace truel::output
