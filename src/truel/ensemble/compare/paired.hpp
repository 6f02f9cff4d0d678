// Two ensembles that share draws and random numbers, realization by realization (common random numbers): their
// differences are far less noisy than either.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "truel/base/statistics/statistics.hpp"
#include "truel/ensemble/parts.hpp"
#include "truel/ensemble/summary/metrics.hpp"

namespace truel::ensemble {

/// The numbers of some metrics, realization by realization.
struct Measurement {
  std::vector<std::vector<double>> numbers;  ///< [metric][realization less options.first]; NaN: none, or it failed
  std::size_t failed = 0;                    ///< realizations
  solver::RunStatus first_failure = solver::RunStatus::complete;  ///< status of the failed one with the least number
};

/// Progress of several ensembles as one.
class ProgressOfAll {
 public:
  /// progress: who is told, and has to outlive it; may be empty. wanted: realizations of all of them.
  ProgressOfAll(const std::function<void(const Progress&)>& progress, std::size_t wanted)
      : progress_(progress), wanted_(wanted) {}

  /// Lets the ensemble that is run next with these options count on from those before.
  void attach(EnsembleOptions& options);

 private:
  const std::function<void(const Progress&)>& progress_;
  std::size_t wanted_, done_ = 0;
  double seconds_ = 0;
};

/// Days between stored states that store every day that is asked for.
int stored_every(std::span<const Metric> metrics, int n_days);

/// Takes the realizations of `visit` and keeps the metrics alone. The days of the metrics must be stored. Memory: 8
/// bytes a metric and realization. `also` sees each realization that came to its end, in any order, one at a time.
Measurement measure(const CompiledModel& model, const EnsembleOptions& options, std::span<const Metric> metrics,
                    const std::function<void(const solver::Run&)>& also = {}, const Source& source = {});

/// First less second, realization by realization; NaN where either has none. Equal lengths.
std::vector<double> differences(std::span<const double> first, std::span<const double> second);

}  // namespace truel::ensemble
