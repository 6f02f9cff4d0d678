// Statistics of numbers alone.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace truel {

/// The standard normal's quantile at 97.5 %, so that 95 % lie between it and its negative.
inline constexpr double kNormalQuantile = 1.959963984540054;

/// Linear interpolation between order statistics (Hyndman and Fan 1996, definition 7). sorted: ascending, at least one;
/// level from 0 to 1.
double quantile_of_sorted(std::span<const double> sorted, double level);
double quantile_of_sorted(std::span<const float> sorted, double level);

/// Sum of weights times values over the sum of weights; NaN if the weights sum to 0.
double weighted_mean(std::span<const double> values, std::span<const double> weights);

/// Root of the weighted mean square about the weighted mean.
double weighted_sd(std::span<const double> values, std::span<const double> weights);

/// The least value at which the weights of it and of all smaller ones reach `level` of the whole; NaN without any.
/// Cost: a sort.
double weighted_quantile(std::span<const double> values, std::span<const double> weights, double level);

/// The smallest value at which at least half of the weight, less the part `slack` of it, lies at or below: as a
/// position, no other wins a majority against it when voters prefer what is nearer (Black 1948). NaN if the weights sum
/// to 0. Cost: a sort.
double weighted_median(std::span<const double> values, std::span<const double> weights, double slack);

/// The value that `percent` in 100 of all, rounded down, stand before; at least one value, percent below 100.
double order_statistic(std::vector<double> values, std::size_t percent);

struct Mean {
  double value = std::numeric_limits<double>::quiet_NaN(),
         standard_error = std::numeric_limits<double>::quiet_NaN();  ///< the error: over at least two numbers
  std::size_t n = 0;
};

/// Mean of the numbers that are not NaN and its Monte Carlo error, as for independent numbers.
Mean mean_of(std::span<const double> numbers);

struct Interval {
  double low = std::numeric_limits<double>::quiet_NaN(), high = std::numeric_limits<double>::quiet_NaN();
};

/// The interval that holds a probability 95 times in 100 (Wilson 1927), when a share of n independent realizations had
/// the event: also where the share is 0 or 1. n above 0, not necessarily whole.
Interval wilson_interval(double share, double n);

/// Interval of a mean difference of numbers that are 1 or 0 on each side: half a pair is added to each of the four
/// cells of the table of pairs (Agresti and Min 2005). gained: 0 on the first side and 1 on the second.
Interval matched_proportions(std::size_t pairs, std::size_t gained, std::size_t lost);

/// Mean less and plus Student's t times its error.
Interval mean_interval(const Mean& mean);

/// What Student's t stays below 97.5 times in 100.
double student_quantile(double degrees_of_freedom);

/// The greatest probability of what none of n independent realizations has shown, 97.5 times in 100 (Clopper and
/// Pearson 1934): 3.7 / n where n is large. 1 of none.
double most_unseen(std::size_t n);

/// log of the sum of exp(x), without overflow; minus infinity for an empty span.
double log_sum_exp(std::span<const double> x);

/// Weights in proportion to exp(log_weight), with sum 1. NaN counts as minus infinity. Where every one is minus
/// infinity: all the same.
std::vector<double> normalised(std::span<const double> log_weights);

/// Kish's effective size of weights: (sum)^2 / sum of squares.
double effective_size(std::span<const double> weights);

/// Systematic resampling (Kitagawa 1996): indices of n copies, ascending; item i has n w_i of them, rounded up or down.
/// uniform: in [0, 1). weights: with sum 1.
std::vector<std::size_t> resample(std::span<const double> weights, std::size_t n, double uniform);

}  // namespace truel
