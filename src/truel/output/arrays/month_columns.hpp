// What ensemble.nc says of each calendar month.
#pragma once

#include "truel/output/arrays/frame.hpp"

namespace truel::output {

/// The columns of kMonthTallies and the months themselves, whose first and number of days are to be put once.
class MonthColumns {
 public:
  /// takes_all: the tallies of every realization, and not the months alone.
  MonthColumns(Columns& columns, const Frame& frame, const ArrayDimension& dyad, const CompiledModel& model,
               const ensemble::Summary& summary, bool takes_all);
  void put_spans(ArrayTarget& file) const;

 private:
  const std::vector<MonthSpan>& months_;
  ArrayDimension month_;
  int month_start_ = -1, month_days_ = -1;
};

/// Bytes of the numbers by month of one realization.
std::size_t month_bytes(const CompiledModel& model, const ensemble::Summary& summary);

}  // namespace truel::output
