#include "truel/base/statistics/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

#include "truel/base/math.hpp"
#include "truel/base/statistics/distributions.hpp"
#include "truel/base/statistics/looks.hpp"

namespace truel {
namespace {

constexpr double kTwoSided = 0.975;

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

double weighted_median(std::span<const double> values, std::span<const double> weights, double slack) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) { return values[x] < values[y]; });
  double all = 0;
  for (const std::size_t i : order) {
    all += weights[i];
  }
  // Half of a sum of decimal weights is rarely met exactly: a rounding error must not move the median to another place.
  const double half = 0.5 * all * (1 - slack);
  double below = 0;
  for (const std::size_t i : order) {
    below += weights[i];
    if (below >= half && all > 0) {
      return values[i];
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

double order_statistic(std::vector<double> values, std::size_t percent) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() * percent / 100);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

Mean mean_of(std::span<const double> numbers) {
  Mean mean;
  double sum = 0;
  for (const double x : numbers) {
    if (!std::isnan(x)) {
      sum += x;
      ++mean.n;
    }
  }
  if (mean.n == 0) {
    return mean;
  }
  const auto n = static_cast<double>(mean.n);
  mean.value = sum / n;
  double squares = 0;
  for (const double x : numbers) {
    if (!std::isnan(x)) {
      squares += (x - mean.value) * (x - mean.value);
    }
  }
  if (mean.n > 1) {
    mean.standard_error = std::sqrt(squares / (n - 1) / n);
  }
  return mean;
}

Interval wilson_interval(double share, double n) {
  const double z2 = kNormalQuantile * kNormalQuantile;
  const double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kNormalQuantile / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  // Rounding must not leave 0 and 1 outside.
  return {share <= 0 ? 0 : std::max(0.0, middle - half), share >= 1 ? 1 : std::min(1.0, middle + half)};
}

Interval matched_proportions(std::size_t pairs, std::size_t gained, std::size_t lost) {
  return matched_proportions(pairs, gained, lost, kMiss);
}

Interval matched_proportions(std::size_t pairs, std::size_t gained, std::size_t lost, double miss) {
  if (pairs == 0) {
    return {};
  }
  const double n = static_cast<double>(pairs) + 2;
  const double up = static_cast<double>(gained) + 0.5;
  const double down = static_cast<double>(lost) + 0.5;
  const double middle = (up - down) / n;
  const double half = (miss == kMiss ? kNormalQuantile : normal_quantile_above(miss / 2)) *
                      std::sqrt(up + down - (up - down) * (up - down) / n) / n;
  return {std::max(-1.0, middle - half), std::min(1.0, middle + half)};
}

Interval mean_interval(const Mean& mean) {
  return mean_interval(mean, kMiss);
}

Interval mean_interval(const Mean& mean, double miss) {
  if (mean.n < 2) {
    return {};
  }
  const double half = mean.standard_error * student_t_quantile(static_cast<double>(mean.n) - 1, 1 - miss / 2);
  return {mean.value - half, mean.value + half};
}

double student_quantile(double degrees_of_freedom) {
  return student_t_quantile(degrees_of_freedom, kTwoSided);
}

double most_unseen(std::size_t n) {
  return most_unseen(n, kMiss);
}

double most_unseen(std::size_t n, double miss) {
  return n == 0 ? 1 : -math::expm1(math::log1p(miss / 2 - 1) / static_cast<double>(n));
}

double log_sum_exp(std::span<const double> x) {
  double greatest = -std::numeric_limits<double>::infinity();
  for (const double value : x) {
    greatest = std::isnan(value) ? greatest : std::max(greatest, value);
  }
  if (!std::isfinite(greatest)) {
    return greatest;
  }
  double sum = 0;
  for (const double value : x) {
    sum += std::isnan(value) ? 0 : math::exp(value - greatest);
  }
  return greatest + math::log(sum);
}

std::vector<double> normalised(std::span<const double> log_weights) {
  const double total = log_sum_exp(log_weights);
  std::vector<double> weights(log_weights.size(), 1 / std::max(1.0, static_cast<double>(log_weights.size())));
  if (std::isfinite(total)) {
    std::transform(log_weights.begin(), log_weights.end(), weights.begin(),
                   [&](double x) { return std::isnan(x) ? 0 : math::exp(x - total); });
  }
  return weights;
}

double effective_size(std::span<const double> weights) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  const double squares = std::inner_product(weights.begin(), weights.end(), weights.begin(), 0.0);
  return squares > 0 ? sum * sum / squares : 0;
}

std::vector<std::size_t> resample(std::span<const double> weights, std::size_t n, double uniform) {
  std::vector<std::size_t> chosen;
  chosen.reserve(n);
  double reached = 0;
  std::size_t item = 0;
  for (std::size_t k = 0; k < n; ++k) {
    const double level = (static_cast<double>(k) + uniform) / static_cast<double>(n);
    while (item + 1 < weights.size() && reached + weights[item] <= level) {
      reached += weights[item++];
    }
    chosen.push_back(item);
  }
  return chosen;
}

}  // namespace truel
