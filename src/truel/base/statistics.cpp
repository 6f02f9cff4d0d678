#include "truel/base/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
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

double weighted_sd(std::span<const double> values, std::span<const double> weights) {
  const double mean = weighted_mean(values, weights);
  double squares = 0;
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    squares += weights[i] * (values[i] - mean) * (values[i] - mean);
    sum += weights[i];
  }
  return std::sqrt(squares / sum);
}

double weighted_quantile(std::span<const double> values, std::span<const double> weights, double level) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  const double wanted = level * std::accumulate(weights.begin(), weights.end(), 0.0);
  double reached = 0;
  for (const std::size_t i : order) {
    reached += weights[i];
    if (reached >= wanted && weights[i] > 0) {
      return values[i];
    }
  }
  return order.empty() ? std::numeric_limits<double>::quiet_NaN() : values[order.back()];
}

double order_statistic(std::vector<double> values, std::size_t percent) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() * percent / 100);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace truel
