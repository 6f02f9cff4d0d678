// Statistics of numbers alone that more than one part needs.
#pragma once

#include <span>

namespace truel {

/// Linear interpolation between order statistics (Hyndman and Fan 1996, definition 7). sorted: ascending, at least one;
/// level from 0 to 1.
double quantile_of_sorted(std::span<const double> sorted, double level);
double quantile_of_sorted(std::span<const float> sorted, double level);

/// Sum of weights times values over the sum of weights; NaN if the weights sum to 0.
double weighted_mean(std::span<const double> values, std::span<const double> weights);

}  // namespace truel
