// What ensemble.nc says of the alignment of actors, pair by pair, over time.
#pragma once

#include "truel/output/arrays/frame.hpp"

namespace truel::output {

/// Of every pair, an actor with itself included; nothing where alignment does not move.
class AlignmentColumns {
 public:
  void define(const ColumnMaker& column, const Frame& frame);
  void add(const solver::Run& run, bool is_complete);
  void put(ArrayTarget& file, std::size_t first);

 private:
  bool is_there_ = false;
  Column<float> alignment_;
};

}  // namespace truel::output
