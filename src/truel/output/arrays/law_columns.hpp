// What ensemble.nc says of what laws move and see, where they may act.
#pragma once

#include "truel/output/arrays/frame.hpp"

namespace truel::output {

/// Of every pair, an actor with itself included.
void add_alignment(Columns& columns, const Frame& frame);
/// What laws see of the war on the last day (model/results/war_outcome.hpp).
void add_war_outcomes(Columns& columns, const Frame& frame, const CompiledModel& model);
/// Of the issues of talks.
void add_issues(Columns& columns, const Frame& frame, const IssueShape& shape);

}  // namespace truel::output
