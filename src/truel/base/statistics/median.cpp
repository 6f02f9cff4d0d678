#include "truel/base/statistics/median.hpp"

#include <cmath>

namespace truel {

Interval median_interval(std::span<const double> sorted) {
  const auto n = static_cast<double>(sorted.size());
  const double half = kNormalQuantile * std::sqrt(n) / 2;
  const double below = std::floor(n / 2 - half);  // ranks count from 1
  const double above = std::ceil(n / 2 + half + 1);
  Interval interval;
  if (below >= 1) {
    interval.low = sorted[static_cast<std::size_t>(below) - 1];
  }
  if (above <= n) {
    interval.high = sorted[static_cast<std::size_t>(above) - 1];
  }
  return interval;
}

}  // namespace truel
