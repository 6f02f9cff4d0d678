// What the settlement law says, as JSON.
#pragma once

#include "truel/dynamics/compiled_model.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/output/json.hpp"

namespace truel::output {

/// Predictions and actors of every issue (docs/results.md, `settlement`). Only for a model with issues.
Json settlement_json(const dynamics::CompiledModel& model, const ensemble::Summary& summary);

}  // namespace truel::output
