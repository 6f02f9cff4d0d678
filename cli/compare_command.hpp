// truel compare: two versions of one war, run in pairs.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "shards.hpp"
#include "truel/model/solver_names.hpp"

namespace truel::cli {

struct CompareArguments {
  std::string package, out, from, until, observed, who_gains, united_from, solver{kUsualSolver}, command_line;
  std::vector<std::string> accounts, settings, settings_a, settings_b, metrics, if_united, until_sure;
  std::uint32_t runs = 400;
  std::uint64_t seed = 1;
  int threads = 0, steps_per_day = 1;
  bool each_setting = false, analysis = false, json = false, quiet = false;
  PartArguments parts;
};

/// Adds the options of `truel compare` to a subcommand.
void add_compare_options(CLI::App& app, CompareArguments& arguments);

/// Runs both sides and says what differs; returns the exit status.
Result<int> compare_command(const CompareArguments& arguments);

/// The same as a study in parts. Errors: mistakes of the package and of the sides.
Result<ShardedStudy> divide_compare(const CompareArguments& arguments);

}  // namespace truel::cli
