// Who fights whom, of the record beside the runs, as a table and a file.
#pragma once

#include <string>

#include "truel/output/json.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/record/score/score.hpp"

namespace truel::output {

/// The accounts' scores, and of the longest window the share of each enemy in a side's fighting.
void add_fights(const record::Scores& scores, TextTable& sheet);
Json fights_json(const record::Scores& scores);
std::string fights_csv(const record::Scores& scores);
/// What each dyad did in the record and in each realization.
std::string fights_by_run_csv(const record::Scores& scores);

}  // namespace truel::output
