#include "truel/record/fit/smoother.hpp"

#include <algorithm>
#include <cmath>

#include "truel/base/statistics/covariance.hpp"
#include "truel/record/fit/stream.hpp"

namespace truel::record::fit {
bool smooth(std::span<const double> record, std::span<const double> error_sd, const SmootherOptions& options,
            const Forecast& forecast, std::size_t n, std::size_t d, std::span<double> z) {
  const std::size_t m = record.size();
  const double alpha = options.steps;
  std::vector<double> y(n * m);
  for (int step = 0; step < options.steps; ++step) {
    if (!forecast(step, z, y)) {
      return false;
    }
    const std::vector<double> y0 = centred(y, n, m);
    const std::vector<double> z0 = centred(z, n, d);
    std::vector<double> c_yy = cross_covariance(y0, y0, n, m, m);
    std::vector<double> c_zy = cross_covariance(z0, y0, n, d, m);
    for (std::size_t j = 0; j < d; ++j) {
      double variance = 0;
      for (std::size_t i = 0; i < n; ++i) {
        variance += z0[i * d + j] * z0[i * d + j];
      }
      variance /= static_cast<double>(n - 1);
      for (std::size_t k = 0; k < m; ++k) {
        double& c = c_zy[j * m + k];
        const double spread = std::sqrt(variance * c_yy[k * m + k]);
        if (!(std::abs(c) * std::sqrt(static_cast<double>(n)) > options.least_correlation * spread)) {
          c = 0;
        }
      }
    }
    for (std::size_t k = 0; k < m; ++k) {
      c_yy[k * m + k] += alpha * error_sd[k] * error_sd[k];
    }
    // Innovations [outcome][point], then weighted by the inverse.
    std::vector<double> innovation(m * n);
    for (std::size_t i = 0; i < n; ++i) {
      RandomStream random(options.seed, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(step), kFitting, 16);
      for (std::size_t k = 0; k < m; ++k) {
        innovation[k * n + i] = record[k] + std::sqrt(alpha) * error_sd[k] * random.normal() - y[i * m + k];
      }
    }
    solve_cholesky(cholesky(c_yy, m), m, innovation, n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < d; ++j) {
        double shift = 0;
        for (std::size_t k = 0; k < m; ++k) {
          shift += c_zy[j * m + k] * innovation[k * n + i];
        }
        z[i * d + j] += shift;
      }
    }
  }
  return true;
}

std::vector<double> conflict(std::span<const double> y, std::span<const double> record,
                             std::span<const double> error_sd, std::size_t n) {
  const std::size_t m = record.size();
  std::vector<double> result(m);
  for (std::size_t k = 0; k < m; ++k) {
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
      sum += y[i * m + k];
      squares += y[i * m + k] * y[i * m + k];
    }
    const double mean = sum / static_cast<double>(n);
    const double variance = std::max(0.0, squares / static_cast<double>(n) - mean * mean);
    result[k] = (record[k] - mean) / std::sqrt(variance + error_sd[k] * error_sd[k]);
  }
  return result;
}

}  // namespace truel::record::fit
