// Runs the checks of packages and says of each whether it holds.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/model/parameters.hpp"
#include "truel/model/results/check.hpp"
#include "truel/solver/run.hpp"

namespace truel::verification {

enum class Verdict { pass, fail, no_data, known_miss };

/// "pass", "fail", "no data", "known miss".
std::string_view to_string(Verdict verdict);

/// What became of a check.
struct Row {
  std::string package;  ///< name of its folder
  Check check;
  double got = kAbsent;             ///< the metric; of a check with `against`, the paired difference
  std::string status;               ///< why there is no number: "never", or how the run failed
  double standard_error = kAbsent;  ///< Monte Carlo error of `got`, where it is a mean over at least two realizations
  double margin = 0;                ///< how far `got` may be from the expected value
  Verdict verdict = Verdict::no_data;
};

struct Package {
  std::string name, title;
  std::vector<Row> rows;  ///< in the order of scenario.toml
};

struct VerifyOptions {
  std::filesystem::path data;  ///< folder of the tables of cases that no package has; empty: there is none
  int threads = 0;             ///< 0: all cores. Changes no result
  std::uint64_t event_limit = solver::SolveOptions{}.event_limit;  ///< exact: events of one realization
  /// Called with the share of all realizations done, from any thread, one at a time.
  std::function<void(std::size_t done, std::size_t wanted)> progress;
  const std::atomic<bool>* stop = nullptr;  ///< set: give up
};

struct Verification {
  std::vector<Package> packages;  ///< those with checks, in the order of their folders
  std::size_t packages_read = 0;
  std::vector<std::filesystem::path> without_checks;  ///< of these
  Diagnostics mistakes;  ///< of packages that could not be read or run; the others have been verified

  std::size_t count(Verdict verdict) const;
};

/// The packages below the folders (a folder that holds scenario.toml is one, and nothing below it is looked at), sorted
/// by path, each once. Errors: a folder that is not there, or that holds no package.
Result<std::vector<std::filesystem::path>> find_packages(const std::vector<std::filesystem::path>& folders);

/// Runs the checks of all packages. Checks with the same run share it, and the first realizations of a
/// longer one that is the same otherwise; nothing is written to disk. The result depends
/// on the packages alone, not on threads. Memory: 8 bytes for each realization and each metric of one
/// package at a time.
///
/// A check holds if |got - value| is at most its tolerance (relation "equal"), or got is above value + tolerance, or
/// below value - tolerance. A tolerance in standard errors is a multiple of the binomial error of the *expected*
/// probability, sqrt(value (1 - value) / runs), for metrics that are probabilities, and of the Monte Carlo error of the
/// mean for all others. A check fails if a realization it needs failed numerically, or if the metric has no number.
/// Of a check that its package calls a known miss the verdict is the other way round: what does not hold is a known
/// miss, what holds has failed, because the package then says of the model what is no longer so. A numerical failure is
/// none.
Verification verify(const std::vector<std::filesystem::path>& packages, const VerifyOptions& options);

}  // namespace truel::verification
