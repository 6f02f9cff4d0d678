// The accounts of a package side by side, and what becomes of the numbers that a user sets.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "truel/app/analysis.hpp"
#include "truel/base/date.hpp"
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

/// A number that the user sets and an intervention of the package sets again.
struct SettingUndone {
  std::string path;    ///< as the user wrote it
  bool names_many;     ///< that path
  std::string first;   ///< path of the first of its numbers to be set again
  std::string by;      ///< id of the intervention
  Day on;              ///< its median day
  bool has_no_effect;  ///< on the first day or before, so that the user's value never holds
};
std::vector<SettingUndone> settings_undone(const War& war, const std::vector<std::string>& settings);

}  // namespace truel::app
