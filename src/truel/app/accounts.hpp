// The accounts of a package side by side.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "truel/app/analysis.hpp"
#include "truel/base/result.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::app {

/// The package under each of its accounts, in their order. settings: what is set under all.
Result<std::vector<CompiledModel>> under_each_account(const War& war, const std::vector<std::string>& settings);

/// The same where all start from an analysis. war: of any of its models.
Result<std::vector<CompiledModel>> under_each_account(const War& war, Analysis& analysis);

/// Sums up all realizations under one account; none if they are not all there.
using SumUp = std::function<std::optional<ensemble::Summary>(std::size_t account)>;

/// What is asked of an ensemble.
struct EnsembleRequest {
  std::size_t runs = 0;        ///< complete or failed realizations
  std::size_t keep_paths = 0;  ///< realizations to be kept in full
  bool with_accounts = false;  ///< the same under each account
};

/// What its realizations say, and what of it an interruption has cut off.
struct EnsembleResult {
  ensemble::Summary summary;   ///< stopped_before is set where something that was asked for is not there
  double account_seconds = 0;  ///< that the accounts took
  bool was_interrupted = false;
  std::vector<ensemble::KeptRun> kept;
};

/// Adds to the summary of the basic model what else was asked for: the same under each account, and paths. Who
/// interrupts a run of centuries (options.stop) does not wait for its paths: they come with the rest.
EnsembleResult conclude(const CompiledModel& base, const ensemble::EnsembleOptions& options, ensemble::Summary summary,
                        const EnsembleRequest& asked, const SumUp& sum_up);

}  // namespace truel::app
