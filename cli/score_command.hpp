// truel score: a package held against a record.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "shards.hpp"

namespace truel::cli {

struct ScoreArguments {
  std::string package, observed, from, until, origins, solver = "leap", out, command_line;
  std::vector<std::string> accounts, settings;
  std::uint32_t runs = 1000;
  std::uint64_t seed = 1;
  int steps_per_day = 1, threads = 0;
  bool each_account = false, told = false, json = false, quiet = false;
  PartArguments parts;
};

void add_score_options(CLI::App& app, ScoreArguments& arguments);

/// Returns the exit status.
int score_command(const ScoreArguments& arguments);

/// The same as a study in parts. Errors: those of record::score.
Result<Divided> divide_score(const ScoreArguments& arguments);

}  // namespace truel::cli
