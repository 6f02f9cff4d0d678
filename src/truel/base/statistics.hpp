// Statistics of numbers alone.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace truel {

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

/// The value that `percent` in 100 of all, rounded down, stand before; at least one value, percent below 100.
double order_statistic(std::vector<double> values, std::size_t percent);

}  // namespace truel
