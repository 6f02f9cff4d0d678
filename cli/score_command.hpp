// truel score: a package held against a record.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "shards.hpp"
#include "truel/app/record_options.hpp"

namespace truel::cli {

struct ScoreArguments : app::ScoreRequest {
  std::string out, command_line;
  bool json = false, quiet = false;
  PartArguments parts;
};

void add_score_options(CLI::App& app, ScoreArguments& arguments);

/// Returns the exit status.
Result<int> score_command(const ScoreArguments& arguments);

/// The same as a study in parts. Errors: those of record::score.
Result<ShardedStudy> divide_score(const ScoreArguments& arguments);

}  // namespace truel::cli
