// truel fit
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "shards.hpp"
#include "truel/app/record_options.hpp"

namespace truel::cli {

struct FitArguments : app::FitRequest {
  std::string out, command_line;
  bool resume = false, json = false, quiet = false;
  std::vector<std::string> given;  ///< names of the options that were
  PartArguments parts;
};

/// Adds the options of `truel fit` to a subcommand.
void add_fit_options(CLI::App& app, FitArguments& arguments);

/// Fits and says what was learned; returns the exit status.
Result<int> fit_command(const FitArguments& arguments);

/// The same as a study in parts. Errors: mistakes of package, record and options; what is fitted is no bank.
Result<ShardedStudy> divide_fit(const FitArguments& arguments);

}  // namespace truel::cli
