// Whether a package and observed data can be held against each other, before anything is run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "truel/record/score/score.hpp"

namespace truel::record {

/// Places that control.csv and the observed data give to different sides within these days, and since when.
std::map<PlaceIndex, Day> places_apart(const War& war, const Observations& observations, Day from, Day until);

/// In words: holders that no actor counts as, places that package and observed data give to different sides on the
/// first day of a forecast, and dated changes of the package that forecasts do not know. Errors: no holder of the
/// observed data is a side of the package, so that a score would say nothing.
Result<std::vector<std::string>> input_doubts(const Scores& input, const ScoreOptions& options);

}  // namespace truel::record
