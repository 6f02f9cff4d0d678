// How well runs tell a median.
#pragma once

#include <span>

#include "truel/base/statistics/statistics.hpp"

namespace truel {

/// The interval that holds the median 95 times in 100, whatever the distribution: between two order statistics, by the
/// normal approximation of the binomial (Conover 1999, 3.2). sorted: ascending; an infinite value is one that nobody
/// has seen. NaN where the numbers are too few to bound that end.
Interval median_interval(std::span<const double> sorted);

}  // namespace truel
