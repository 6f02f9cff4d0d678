// Probabilities that a place changes hands as they would have been right in the windows before.
#pragma once

#include <cstddef>
#include <span>

namespace truel::record {

/// Log-odds of an event that comes in this share of so many realizations. Where it comes in none or in all, it counts
/// as half of one, or all but half of one.
double log_odds(double share, double members);

/// A place in a window that has ended.
struct PastChange {
  double log_odds = 0;  ///< of its changing hands, as forecast
  bool came = false;
  double weight = 1;
};

/// Turns forecast log-odds x of a change of hands into intercept + slope x (Cox 1958, Platt 1999): a slope below 1
/// where forecasts were too sure.
struct ChangeRecalibration {
  double intercept = 0, slope = 1;
};

/// Fits by logistic regression, with a ridge of kPriorWeight that draws it to intercept 0 and slope 1: without cases
/// those.
ChangeRecalibration recalibration_of(std::span<const PastChange> past);
inline constexpr double kPriorWeight = 10;

/// Recalibrates who holds a place, and returns what is to be taken off the Brier score for the number of members: that
/// of brier_excess, as far as the first derivative goes. p: [side] shares of so many realizations. holder: who holds it
/// before. counts_as: [side] the side that it counts as. The others keep their proportions; where no realization saw
/// any, all sides are alike.
double recalibrate(const ChangeRecalibration& with, std::span<double> p, std::size_t holder,
                   std::span<const int> counts_as, double members);

}  // namespace truel::record
