// Cuts what is counted since the first day at the ends of calendar months.
#pragma once

#include <array>
#include <vector>

#include "truel/base/month.hpp"
#include "truel/solver/run.hpp"

namespace truel::solver {

/// Of one realization after another.
class MonthRecorder {
 public:
  MonthRecorder(const CompiledModel& model, bool keeps_months);

  void restart(const State& state);
  /// Before anything happens on a day: ends the months before it.
  void begin_day(const State& state, Run& run);
  /// Ends all months; nothing has happened since the first that has not ended.
  void finish(const State& state, Run& run);
  /// The first day of a month after this day; past the last day of the war if there is none.
  int next_first_day(int day) const;

 private:
  void record(const State& state, Run& run);

  std::vector<MonthSpan> months_;
  std::size_t done_ = 0;
  std::array<std::vector<double>, kMonthTallies.size()> marks_;  ///< what was counted up to the month under way
};

}  // namespace truel::solver
