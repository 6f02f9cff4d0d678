// Whether places change hands as often as forecasts say they do.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "truel/record/score/losses.hpp"

namespace truel::record {

/// Forecasts that share one recalibrated probability.
struct ReliabilityStep {
  double from = 0, until = 0;  ///< least and greatest forecast
  double share = 0;            ///< of them that came true
  std::size_t n = 0;
  double low = kNoScore, high = kNoScore;  ///< 90 in 100 of shares at the mean forecast, were all forecasts right
};

/// CORP: the reliability diagram by isotonic regression, and the parts of the Brier score (once, not summed over two
/// categories) that go with it: score = miscalibration - discrimination + uncertainty (Dimitriadis, Gneiting and Jordan
/// 2021).
struct Reliability {
  int horizon_months = 0;
  std::string unit{};
  bool merged = false;
  std::string model{}, account{};
  std::size_t n = 0, changed = 0;
  double score = 0, miscalibration = 0, discrimination = 0, uncertainty = 0;
  double raw_miscalibration = kNoScore;  ///< of truel-recalibrated: that of truel in the same windows, fewer than all
  std::vector<ReliabilityStep> steps{};
};

/// Isotonic least squares by pooling adjacent violators; ties of `forecast` are pooled. came: 0 or 1. Steps in order of
/// the forecasts, without bands. Cost: n log n.
std::vector<ReliabilityStep> isotonic(std::span<const double> forecast, std::span<const double> came);

/// The probabilities of changes of hands (losses of score change-probability), all windows of a horizon together.
/// Bands: consistency resampling, 200 times.
std::vector<Reliability> reliability(const std::vector<Case>& cases, const std::vector<Losses>& losses,
                                     std::uint64_t seed);

}  // namespace truel::record
