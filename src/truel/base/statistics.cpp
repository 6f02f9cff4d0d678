#include "truel/base/statistics.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace truel {
namespace {

template <class Number>
double interpolate(std::span<const Number> sorted, double level) {
  const double position = level * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = position - static_cast<double>(below);
  return (1 - part) * static_cast<double>(sorted[below]) + part * static_cast<double>(sorted[above]);
}

}  // namespace

double quantile_of_sorted(std::span<const double> sorted, double level) {
  return interpolate(sorted, level);
}

double quantile_of_sorted(std::span<const float> sorted, double level) {
  return interpolate(sorted, level);
}

double weighted_mean(std::span<const double> values, std::span<const double> weights) {
  return std::inner_product(values.begin(), values.end(), weights.begin(), 0.0) /
         std::accumulate(weights.begin(), weights.end(), 0.0);
}

}  // namespace truel
