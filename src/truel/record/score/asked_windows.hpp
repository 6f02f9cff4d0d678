// The windows of a score.
#pragma once

#include "truel/record/score/score.hpp"

namespace truel::record {

/// The windows that are asked for, as far as package and record allow; what they do not allow becomes a remark.
void set_windows(const ScoreOptions& options, Scores& out);

}  // namespace truel::record
