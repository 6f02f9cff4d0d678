// What ensemble.nc says of each calendar month.
#pragma once

#include <array>

#include "truel/output/arrays/frame.hpp"

namespace truel::output {

/// The columns of kMonthTallies, and the months themselves.
class MonthColumns {
 public:
  /// takes_all: the tallies of every realization, and not the months alone.
  MonthColumns(const CompiledModel& model, const ensemble::Summary& summary, bool takes_all);

  void define(const ColumnMaker& column, const Frame& frame, const ArrayDimension& dyad);
  /// First and number of days of each month, once.
  void put_spans(ArrayTarget& file) const;
  void add(const solver::MonthTallies& months, bool is_complete);
  void put(ArrayTarget& file, std::size_t first);

 private:
  const ensemble::Summary& summary_;
  const std::vector<std::string>& countries_;
  const std::size_t n_actors_;
  const bool takes_all_;
  ArrayDimension month_;
  int month_start_ = -1, month_days_ = -1;
  std::array<Column<float>, solver::kMonthTallies.size()> tallies_;
};

/// Bytes of the numbers by month of one realization.
std::size_t month_bytes(const CompiledModel& model, const ensemble::Summary& summary);

}  // namespace truel::output
