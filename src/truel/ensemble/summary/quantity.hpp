// An outcome over many realizations: its mean, how well that is known, its quantiles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "truel/ensemble/summary/moments.hpp"
#include "truel/model/results/actor_outcome.hpp"

namespace truel::ensemble {

/// An outcome over the realizations.
struct Quantity {
  double mean = kAbsent, se = kAbsent, q05 = kAbsent, q50 = kAbsent, q95 = kAbsent;
  double runs = 0;           ///< in which there is one: what all of these rest on
  Interval mean_interval{};  ///< 95 %; QuantityTally says when there is one
};

/// What an outcome of this scale cannot lie beyond: shares 0 and 1, days the first and the last; NaN of others.
Interval bounds_of(OutcomeScale scale, int n_days);

/// The mean and its error (Moments::se), without interval and quantiles.
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

  /// bounds: bounds_of. Its interval of the mean is that of Student's t (Moments::mean_interval) where the numbers are
  /// enough for their skewness (is_t_honest); else bounded_mean_interval, or none where there are no bounds, or the
  /// numbers beyond kQuantileRuns were not kept. None with fewer than Moments::kFewestForInterval. Sorts `values`.
  Quantity quantity(const Interval& bounds = {});

 private:
  Interval mean_interval(const Interval& bounds) const;
};

/// Many outcomes, most of which are what they were in the first realization, 0 or absent, in all others as well: one is
/// gathered from the first in which it differs.
class QuantityTallies {
 public:
  explicit QuantityTallies(std::size_t size) : blank_(size), is_gathered_(size), of_(size) {}

  /// All of a realization.
  void add(std::span<const double> outcomes, std::uint32_t number);

  const Moments& moments(std::size_t k) { return gathered(k).moments; }
  /// As QuantityTally::quantity.
  Quantity quantity(std::size_t k, const Interval& bounds = {}) { return gathered(k).quantity(bounds); }

 private:
  QuantityTally& gathered(std::size_t k);
  void begin(std::size_t k);

  std::vector<std::uint64_t> blank_;        ///< bits of what it is in the first realization
  std::vector<std::uint64_t> is_gathered_;  ///< all bits, or none
  std::vector<std::size_t> of_;             ///< where it is in tallies_
  std::vector<std::size_t> which_;          ///< [tally] the outcome
  std::vector<QuantityTally> tallies_;
  Moments of_zeros_;  ///< of what was 0 in all realizations
  std::size_t n_ = 0;
};

}  // namespace truel::ensemble
