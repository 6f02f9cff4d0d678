// Proper scores of forecasts: functions of numbers alone. Lower is better.
#pragma once

#include <span>

namespace truel::record {

/// Brier score of a forecast over categories: the sum of squared differences, 0 to 2.
/// probabilities: [category], sum 1. observed: the category that came.
double brier(std::span<const double> probabilities, std::size_t observed);

/// What is taken off the Brier score of shares among `members` runs so that its expectation does not depend on their
/// number (Ferro 2014): sum of p (1 - p) / (members - 1). 0 for fewer than two members.
double brier_excess(std::span<const double> probabilities, double members);

/// -ln of the probability of what came, the shares among `members` runs smoothed by one more run that is spread over
/// all categories: an ensemble that never saw what came is not infinitely wrong. categories: how many there are; of
/// sides that count as one, some of `probabilities` belong to none and are 0.
double log_score(std::span<const double> probabilities, std::size_t observed, double members, std::size_t categories);

/// Continuous ranked probability score of an ensemble, fair: its expectation does not depend on the number of members
/// (Ferro 2014; Zamo and Naveau 2018). Of one member: the absolute error. Cost: n log n.
double fair_crps(std::span<const double> sorted_members, double observed);

/// Of the members from a value.
double mean_distance(std::span<const double> members, double observed);

// As the VIEWS prediction challenge of 2023/24 computes them (Hegre et al. 2024).

/// CRPS of the empirical distribution of an ensemble.
double crps(std::span<const double> sorted_members, double observed);

/// Ignorance score in bits, over the bins that begin at 0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5 and
/// 1000.5; one draw more in each bin.
double ignorance(std::span<const double> members, double observed);

/// Interval score at this level (0.9) with the quantiles of the ensemble by linear interpolation.
double interval_score(std::span<const double> sorted_members, double observed, double level);

/// No score: 1 where the record lies within the central interval of this level, 0 elsewhere. The mean of calibrated
/// forecasts is the level. NaN where the interval is 0 to 0: that nobody dies where nobody could is no merit.
double lies_within(std::span<const double> sorted_members, double observed, double level);

}  // namespace truel::record
