// What a law says of the issues of talks at one moment, as one flat array: where each number lies.
#pragma once

#include <cstddef>
#include <vector>

#include "truel/base/index.hpp"
#include "truel/base/result.hpp"
#include "truel/model/results/issue_result.hpp"
#include "truel/model/war.hpp"

namespace truel {

struct IssueShape {
  IssueShape() = default;
  /// rounds: looked ahead. talks: held apart; one an issue, or 1 where all issues are settled together.
  IssueShape(int issues, int actors, int rounds, int talks);

  int issues = 0;  ///< 0: no law says anything
  int actors = 0;
  int rounds = 0;
  int talks = 0;

  /// Of a result of issue_law(); what it is not of does not matter.
  std::size_t place(int result, IssueIndex issue, int round = 0, ActorIndex a = 0, ActorIndex b = 0) const {
    const Steps& by = steps_[at(result)];
    return by.first + by.issue * at(issue) + by.round * at(round) + by.actor * at(a) + by.other * at(b);
  }
  std::size_t size() const { return size_; }

  /// Row of the time series of a result that has one.
  std::size_t series(int result, IssueIndex issue, ActorIndex a = 0) const {
    return series_an_issue_ * at(issue) + steps_[at(result)].series + (has_actor(result) ? at(a) : 0);
  }
  std::size_t series_count() const { return series_an_issue_ * at(issues); }
  /// How many rows an issue has of it.
  int series_of(int result) const { return has_actor(result) ? actors : 1; }

 private:
  struct Steps {
    std::size_t first, issue, round, actor, other, series;
  };
  static bool has_actor(int result) { return issue_law().results[at(result)].of != IssueResultInfo::Of::round; }

  std::vector<Steps> steps_;  ///< [result]
  std::size_t size_ = 0, series_an_issue_ = 0;
};

/// Shape of what the law says of a war; all zero where it does not act. Faults of the scenario are added to `faults`.
/// Defined by the list of laws (laws/laws.cpp).
IssueShape issue_shape(const War& war, Diagnostics& faults);

}  // namespace truel
