// What a realization keeps of the stored days.
#pragma once

#include <vector>

#include "truel/solver/run.hpp"

namespace truel::solver {

/// Writes the state of the stored days into a Run, and into its Path where that is kept.
class StateRecorder {
 public:
  StateRecorder(const CompiledModel& model, std::size_t n_times);

  void store(const State& state, std::size_t time, Run& run, Path* path);

 private:
  void store_issues(const State& state, std::size_t time, Run& run);

  const CompiledModel& model_;
  std::size_t n_times_;
  std::vector<double> total_;  ///< [actor] fighters
};

}  // namespace truel::solver
