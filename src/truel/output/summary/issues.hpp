// What a law says of the issues of talks, as JSON.
#pragma once

#include "truel/ensemble/ensemble.hpp"
#include "truel/output/json.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::output {

/// Predictions and actors of every issue (docs/results.md). Only for a model with issues.
Json issues_json(const CompiledModel& model, const ensemble::Summary& summary);

}  // namespace truel::output
