// What ensemble.nc says of what laws see of the war on the last day (model/results/war_outcome.hpp).
#pragma once

#include <vector>

#include "truel/output/arrays/frame.hpp"

namespace truel::output {

/// Of the laws that may act.
class WarOutcomeColumns {
 public:
  void define(const ColumnMaker& column, const Frame& frame, const CompiledModel& model);
  void add(const solver::Run& run, bool is_complete);
  void put(ArrayTarget& file, std::size_t first);

 private:
  struct Outcome {
    Column<double> column;
    std::size_t first = 0;  ///< in Run::war_outcome
    std::size_t count = 1;
  };
  std::vector<Outcome> outcomes_;
};

}  // namespace truel::output
