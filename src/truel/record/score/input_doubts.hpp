// Whether a package and observed data can be held against each other, before anything is run.
#pragma once

#include <string>
#include <vector>

#include "truel/record/score/score.hpp"

namespace truel::record {

/// In words: holders that no actor counts as, places that package and observed data give to different sides on the
/// first day of a forecast, and dated changes of the package that forecasts do not know. Errors: no holder of the
/// observed data is a side of the package, so that a score would say nothing.
Result<std::vector<std::string>> input_doubts(const Scores& input, const ScoreOptions& options);

}  // namespace truel::record
