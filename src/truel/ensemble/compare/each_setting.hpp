// What each line of an account does by itself.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/ensemble/compare/compare.hpp"

namespace truel::ensemble {

/// One line of an account taken away, so that the numbers of the package hold.
struct SettingEffect {
  Location where;
  std::vector<int> numbers;  ///< that it sets, indices into War::parameters
  Comparison comparison;     ///< the account without the line, and whole
  /// Of its rows those whose difference is certain at the 95 % level among all of them (Bonferroni), the surest first.
  std::vector<std::size_t> moved;
  /// Strengths or support that a later row replaces before the first day: on which day. No run from that day reads
  /// them.
  std::optional<Day> replaced_on;
  bool equals_package = false;  ///< the account says what the package says: nothing is compared
  /// Whether some pair differs in some outcome.
  bool acts() const;
};

/// Of the account that is laid over the war by itself, line by line in its order, in pairs with common random numbers.
/// Lines that settings of the run write over are left out. Cost: 1 + lines that differ from the package, in
/// ensembles of options.runs; progress counts all of them. If it is stopped, those that were done. more: as for
/// `compare`. Errors: the account has a table of draws; it cannot be run without a line.
Result<std::vector<SettingEffect>> effects_of_each_setting(const CompiledModel& model, const EnsembleOptions& options,
                                                           std::span<const ComparedOutcome> more = {});

}  // namespace truel::ensemble
