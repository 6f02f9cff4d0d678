// What ensemble.nc says of the talks.
#pragma once

#include <array>

#include "truel/output/arrays/frame.hpp"

namespace truel::output {

/// Nothing where the law does not act.
class SettlementColumns {
 public:
  explicit SettlementColumns(const SettlementShape& shape) : shape_(shape) {}

  void define(const ColumnMaker& column, const Frame& frame);
  /// Rows of the series of a kind, one after another: issues, or issues by actors.
  void add(const solver::Run& run, bool is_complete);
  void put(ArrayTarget& file, std::size_t first);

 private:
  const SettlementShape& shape_;
  std::size_t n_times_ = 0;
  std::array<Column<double>, 7> columns_;  ///< in the order in which `define` names them
};

}  // namespace truel::output
