// truel sensitivity
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "shards.hpp"

namespace truel::cli {

struct SensitivityArguments {
  std::string package, out, from, until, by = "basis", command_line;
  std::vector<std::string> accounts, settings, metrics;
  std::uint32_t runs = 10'000;
  std::uint64_t seed = 1;
  int threads = 0, steps_per_day = 1;
  bool resume = false, json = false, quiet = false;
  PartArguments parts;
};

/// Adds the options of `truel sensitivity` to a subcommand.
void add_sensitivity_options(CLI::App& app, SensitivityArguments& arguments);

/// Runs the study and says what it shows; returns the exit status.
Result<int> sensitivity_command(const SensitivityArguments& arguments);

/// The same as a study in parts. Errors: mistakes of the package and of the options.
Result<ShardedStudy> divide_sensitivity(const SensitivityArguments& arguments);

}  // namespace truel::cli
