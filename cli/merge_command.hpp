// truel merge
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "truel/base/result.hpp"

namespace truel::cli {

struct MergeArguments {
  std::vector<std::string> shards;
  std::string out, package, observed, command_line;
  int threads = 0;
  bool json = false, quiet = false;
};

/// Adds the options of `truel merge` to a subcommand.
void add_merge_options(CLI::App& app, MergeArguments& arguments);

/// Puts shards together; returns the exit status.
Result<int> merge_command(const MergeArguments& arguments);

}  // namespace truel::cli
