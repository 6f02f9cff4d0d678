// What a law says of the issues of talks: the list that run, metrics, summaries, arrays and comparisons follow. To add
// a number: a row in the law (laws/law.hpp).
#pragma once

#include <span>
#include <string_view>

#include "truel/model/results/actor_outcome.hpp"

namespace truel {

/// A number of every issue. Those that the law's method does not give are NaN.
struct IssueResultInfo {
  /// Of which there is one: each round that is looked ahead and the state before the first; each round and actor; each
  /// actor, or each ordered pair of them, at the talks that the issue is part of.
  enum class Of { round, round_and_actor, actor, pair };
  std::string_view name;
  Of of;
  std::string_view meaning;
  OutcomeScale scale = OutcomeScale::number;
  std::string_view by_round = {};   ///< meaning of its array by round on the last day; none: there is none
  std::string_view over_time = {};  ///< meaning of its array on all stored days, after the last round; none: no array
  std::string_view total = {};      ///< meaning of its sum over all at the table; none: that is no metric
};

/// The law that says it.
struct IssueLawInfo {
  std::string_view name;  ///< of what it predicts: begins its metrics ("NAME.ISSUE.median.ROUND") and arrays
  std::span<const IssueResultInfo> results;
  int predicted = 0;  ///< the result, of rounds, that tells where an issue ends
  int position = 0;   ///< the one, of rounds and actors, that tells what an actor wants before the first round
};

/// The one of the list of laws, which defines it (laws/laws.cpp).
const IssueLawInfo& issue_law();

}  // namespace truel
