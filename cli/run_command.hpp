// truel run
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "shards.hpp"
#include "truel/model/solver_names.hpp"

namespace truel::cli {

struct RunArguments {
  std::string package, out, solver{kUsualSolver}, from, until, observed, why, metric, united_from, command_line;
  std::vector<std::string> accounts, settings, if_united;
  std::uint32_t runs = 1024, keep_paths = 10;
  const CLI::Option* runs_option = nullptr;  ///< tells whether `runs` was given
  std::uint64_t seed = 1;
  double precision = 0;
  int every = 7, threads = 0, steps_per_day = 1;
  std::int64_t replay = -1;
  int map_divisions = 0;  ///< 0: no map of regions
  std::uint32_t united_runs = 40;
  bool each_account = false, analysis = false, months_csv = false, resume = false, json = false, quiet = false;
  PartArguments parts;
};

/// Adds the options of `truel run` to a subcommand.
void add_run_options(CLI::App& app, RunArguments& arguments);

/// Runs the ensemble, or one realization of it; returns the exit status.
Result<int> run_command(const RunArguments& arguments);

/// The ensemble as a study in parts. Errors: mistakes of the package and of what is laid over it.
Result<ShardedStudy> divide_run(const RunArguments& arguments);

}  // namespace truel::cli
