// An outcome over many realizations: its mean, how well that is known, its quantiles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "truel/ensemble/summary/moments.hpp"

namespace truel::ensemble {

/// An outcome over the realizations.
struct Quantity {
  double mean = kAbsent, se = kAbsent, q05 = kAbsent, q50 = kAbsent, q95 = kAbsent;
  double runs = 0;           ///< in which there is one: what all of these rest on
  Interval mean_interval{};  ///< Moments::mean_interval
};

/// The mean, its error (Moments::se) and its interval, without quantiles.
Quantity quantity_of(const Moments& moments);

/// Quantiles are exact up to this many realizations; memory stays bounded beyond.
inline constexpr std::size_t kQuantileRuns = 20'000;

/// Memory for the values of series whose quantiles are taken in one pass over the store.
inline constexpr std::size_t kSeriesBytes = std::size_t{96} << 20;

/// Quantiles by linear interpolation between order statistics (Hyndman and Fan 1996, definition 7). Sorts `values` and
/// leaves NaN out.
void set_quantiles(std::vector<float>& values, Quantity& q);

/// One outcome over the ensemble: moments of all realizations, values of the first ones for the quantiles.
struct QuantityTally {
  Moments moments;
  std::vector<float> values;

  /// NaN: the outcome does not exist in this realization.
  void add(double x, std::uint32_t number);
  Quantity quantity();
};

}  // namespace truel::ensemble
