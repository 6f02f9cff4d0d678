// Realizations of a war that begin where those of another one stand: until a day the two are the same, and are solved
// once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "truel/solver/results/collapse.hpp"
#include "truel/solver/results/month_recorder.hpp"
#include "truel/solver/run.hpp"

namespace truel::solver {

/// A realization at the start of a day on which commands decide, before anything has happened on it: on such a day the
/// leap forgets what it has found out of rates, so that what is here is all that the days to come depend on.
struct Midway {
  State state;
  CollapseWatch::Memory collapse;
  MonthRecorder months;
  std::vector<double> extinction;  ///< [actor]
  Run run;                         ///< so far

  /// Memory that it takes, without what laws keep of their own.
  std::size_t bytes() const;
};

/// What realizations share with those of another war, of the leap alone and where no path is kept.
struct SharedStart {
  std::vector<int> keep_days;  ///< days since the start, ascending, at which `keep` gets a realization
  /// Called from any thread. A realization that is over before the day has none.
  std::function<void(std::uint32_t number, int day, std::unique_ptr<const Midway>)> keep{};
  /// Where a realization begins; null: on the first day. Called from any thread.
  std::function<const Midway*(std::uint32_t number)> from{};
  /// Numbers that have their values of this war and no `set` as their target: what the other war has is not looked at.
  std::vector<int> own_numbers{};
};

}  // namespace truel::solver
