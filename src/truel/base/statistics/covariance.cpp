#include "truel/base/statistics/covariance.hpp"

#include <algorithm>
#include <cmath>

namespace truel {

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

std::vector<double> centred(std::span<const double> x, std::size_t n, std::size_t m) {
  std::vector<double> result(x.begin(), x.end());
  for (std::size_t j = 0; j < m; ++j) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      sum += x[i * m + j];
    }
    for (std::size_t i = 0; i < n; ++i) {
      result[i * m + j] -= sum / static_cast<double>(n);
    }
  }
  return result;
}

std::vector<double> cross_covariance(std::span<const double> a, std::span<const double> b, std::size_t n,
                                     std::size_t a_columns, std::size_t b_columns) {
  std::vector<double> result(a_columns * b_columns);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < a_columns; ++j) {
      const double x = a[i * a_columns + j] / static_cast<double>(n - 1);
      for (std::size_t k = 0; k < b_columns; ++k) {
        result[j * b_columns + k] += x * b[i * b_columns + k];
      }
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

}  // namespace truel
