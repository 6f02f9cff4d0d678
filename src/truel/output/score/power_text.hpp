// What a record could tell of accounts, for people and for tables.
#pragma once

#include <string>

#include "truel/output/json.hpp"
#include "truel/record/score/score.hpp"

namespace truel::output {

/// A row for each horizon and pair of accounts (docs/scores.md).
Json power_json(const record::Scores& scores);
std::string power_csv(const record::Scores& scores);

/// Of each horizon a matrix: whose runs are the record, and who is told from him in how many of 100 records. "" where
/// that was not asked for.
std::string power_table(const record::Scores& scores, int columns_wide);
std::string power_markdown(const record::Scores& scores);

}  // namespace truel::output
