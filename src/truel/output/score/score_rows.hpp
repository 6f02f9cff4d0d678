// Which of many scores are told first.
#pragma once

#include <string>
#include <vector>

#include "truel/record/score/score.hpp"

namespace truel::output {

/// Brier scores of control at all places, merged sides where the package has such, pooled where there are several
/// windows; by horizon, then model.
std::vector<const record::ScoreRow*> headline_rows(const record::Scores& scores);

/// "truel", "truel (magnier)", "spatial hazard".
std::string name_of(const record::ScoreRow& row);

}  // namespace truel::output
