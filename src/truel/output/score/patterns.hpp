// Facts of fronts as a table, a file and a picture.
#pragma once

#include <string>

#include "truel/output/json.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/record/score/score.hpp"

namespace truel::output {

void add_patterns(const record::Scores& scores, int look_days, TextTable& sheet);
Json patterns_json(const record::Scores& scores, int look_days);
std::string patterns_csv(const record::Scores& scores, int look_days);

/// Record and runs of every account on one line a fact, each with its own scale.
std::string patterns_svg(const record::Scores& scores);

}  // namespace truel::output
