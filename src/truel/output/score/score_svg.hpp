// Scores as a picture.
#pragma once

#include <string>

#include "truel/record/score/score.hpp"

namespace truel::output {

/// Differences of the Brier score from persistence, by horizon and model, with their intervals; left of the line is
/// better.
std::string scores_svg(const record::Scores& scores);

/// Reliability diagrams of changes of hands (CORP): a row of panels for each horizon.
std::string reliability_svg(const record::Scores& scores);

}  // namespace truel::output
