// Realizations are summed up as they come.
#pragma once

#include <cstddef>
#include <memory>

#include "truel/ensemble/ensemble.hpp"

namespace truel::ensemble {

/// Makes a Summary of realizations that come in the order of their numbers.
class SummaryMaker {
 public:
  /// most_runs: as many come at most.
  SummaryMaker(const CompiledModel& model, const solver::SolveOptions& options, std::size_t most_runs);
  ~SummaryMaker();

  /// Whether there is room (kSeriesBytes) for all that quantiles rest on, so that no realization has to be read again.
  bool has_room() const;

  void add(const solver::Run& run);

  /// Ends it. Without a store only where there is room; store: those that were added.
  Summary end();
  Summary end(const RunStore& store);

 private:
  struct Sums;
  std::unique_ptr<Sums> sums_;
};

}  // namespace truel::ensemble
