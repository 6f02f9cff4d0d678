// truel fit
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "shards.hpp"

namespace truel::cli {

struct FitArguments {
  std::string package, observed, account, out, method, from, until, target, solver = "leap", command_line;
  std::uint32_t draws = 0, runs = 0, check_runs = 1000, numbers = 20;
  int steps_per_day = 1;
  double keep = 0.001, strength = -1;
  bool resume = false, told = false;
  std::uint64_t seed = 1;
  int threads = 0;
  bool json = false, quiet = false;
  std::vector<std::string> settings;
  std::vector<std::string> given;  ///< names of the options that were
  PartArguments parts;
};

/// Adds the options of `truel fit` to a subcommand.
void add_fit_options(CLI::App& app, FitArguments& arguments);

/// Fits and says what was learned; returns the exit status.
int fit_command(const FitArguments& arguments);

/// The same as a study in parts. Errors: mistakes of package, record and options; what is fitted is no bank.
Result<Divided> divide_fit(const FitArguments& arguments);

}  // namespace truel::cli
