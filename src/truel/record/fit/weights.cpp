#include "truel/record/fit/weights.hpp"

#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace truel::record::fit {

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
    sum += std::isnan(value) ? 0 : std::exp(value - greatest);
  }
  return greatest + std::log(sum);
}

std::vector<double> normalised(std::span<const double> log_weights) {
  const double total = log_sum_exp(log_weights);
  std::vector<double> weights(log_weights.size(), 1 / std::max(1.0, static_cast<double>(log_weights.size())));
  if (std::isfinite(total)) {
    std::transform(log_weights.begin(), log_weights.end(), weights.begin(),
                   [&](double x) { return std::isnan(x) ? 0 : std::exp(x - total); });
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

std::vector<double> covariance(std::span<const double> points, std::size_t d, std::span<const double> weights) {
  std::vector<double> mean(d);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      mean[j] += weights[i] * points[i * d + j];
    }
  }
  std::vector<double> result(d * d);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    for (std::size_t j = 0; j < d; ++j) {
      const double weighted = weights[i] * (points[i * d + j] - mean[j]);
      for (std::size_t k = 0; k <= j; ++k) {
        result[j * d + k] += weighted * (points[i * d + k] - mean[k]);
      }
    }
  }
  for (std::size_t j = 0; j < d; ++j) {
    for (std::size_t k = j + 1; k < d; ++k) {
      result[j * d + k] = result[k * d + j];
    }
  }
  return result;
}

std::vector<double> cholesky(std::span<const double> a, std::size_t d) {
  std::vector<double> lower(d * d);
  for (std::size_t j = 0; j < d; ++j) {
    double rest = a[j * d + j];
    for (std::size_t k = 0; k < j; ++k) {
      rest -= lower[j * d + k] * lower[j * d + k];
    }
    // What rounding leaves of a direction without variance is no direction.
    if (rest <= 1e-12 * std::max(a[j * d + j], 1e-300)) {
      continue;
    }
    const double root = std::sqrt(rest);
    lower[j * d + j] = root;
    for (std::size_t i = j + 1; i < d; ++i) {
      double value = a[i * d + j];
      for (std::size_t k = 0; k < j; ++k) {
        value -= lower[i * d + k] * lower[j * d + k];
      }
      lower[i * d + j] = value / root;
    }
  }
  return lower;
}

void solve_cholesky(std::span<const double> lower, std::size_t d, std::span<double> b, std::size_t columns) {
  const auto subtract = [&](std::size_t from, std::size_t row, double factor) {
    for (std::size_t c = 0; c < columns; ++c) {
      b[row * columns + c] -= factor * b[from * columns + c];
    }
  };
  const auto divide = [&](std::size_t row) {
    for (std::size_t c = 0; c < columns; ++c) {
      b[row * columns + c] /= lower[row * d + row];
    }
  };
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      subtract(k, i, lower[i * d + k]);
    }
    divide(i);
  }
  for (std::size_t i = d; i-- > 0;) {
    for (std::size_t k = i + 1; k < d; ++k) {
      subtract(k, i, lower[k * d + i]);
    }
    divide(i);
  }
}

double normal_cdf(double z) {
  return std::erfc(-z / std::numbers::sqrt2) / 2;
}

double normal_quantile(double u) {
  return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * u);
}

}  // namespace truel::record::fit
