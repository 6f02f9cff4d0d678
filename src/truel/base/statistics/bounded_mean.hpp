// Intervals of means of numbers that cannot lie beyond known bounds, however skewed they are.
#pragma once

#include <span>

#include "truel/base/statistics/statistics.hpp"

namespace truel {

/// Third central moment over the cube of the standard deviation; NaN of none and where all are the same.
double skewness(std::span<const float> values);

/// Whether Student's t can be trusted for the mean of n numbers of this skewness: n is at least 50 times its square. Of
/// 25 times Cochran (1977) says that no more than 6 in 100 such intervals miss; the few numbers that one has show less
/// skewness than there is.
bool is_t_honest(double n, double skewness);

/// Interval that holds the mean at least 95 times in 100. sorted: ascending, at least one, all within the bounds. Each
/// end is a quantile of the sum in which the numbers and the bound have weights from the flat Dirichlet distribution
/// (Gaffke 2005; Learned-Miller and Thomas 2020): if all numbers are the same, no more than most_unseen of all may lie
/// at the bound. The quantile is by a saddlepoint (Barndorff-Nielsen 1986), right to some 1 % of the interval. Cost:
/// for each different number a hundred logarithms.
Interval bounded_mean_interval(std::span<const float> sorted, const Interval& bounds);

}  // namespace truel
