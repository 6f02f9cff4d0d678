// What ensemble.nc says of laws that may act: alignment, what laws see of the war, settlements.
#pragma once

#include <array>
#include <vector>

#include "truel/output/arrays/frame.hpp"

namespace truel::output {

/// Of alignment over time, and of what laws see of the war on the last day (model/results/war_outcome.hpp).
class WarColumns {
 public:
  void define(const ColumnMaker& column, const Frame& frame, const CompiledModel& model);
  void add(const solver::Run& run, bool is_complete);
  void put(ArrayTarget& file, std::size_t first);

 private:
  void define_alignment(const ColumnMaker& column, const Frame& frame);

  struct OfWar {
    Column<double> column;
    std::size_t first = 0;  ///< in Run::war_outcome
    std::size_t count = 1;
  };
  bool moves_alignment_ = false;
  Column<float> alignment_;
  std::vector<OfWar> war_outcomes_;
};

/// Of the talks; nothing where the law does not act.
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
