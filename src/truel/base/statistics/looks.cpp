#include "truel/base/statistics/looks.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include "truel/base/math.hpp"
#include "truel/base/result.hpp"
#include "truel/base/statistics/distributions.hpp"

namespace truel {
namespace {

/// Points of Simpson's rule between 0 and a bound, odd.
constexpr std::size_t kPoints = 33;
constexpr int kStepsToLevel = 18;

/// Weights of Simpson's rule over [0, end].
double weight(std::size_t point, double end) {
  const double step = end / (kPoints - 1);
  return step / 3 * (point == 0 || point == kPoints - 1 ? 1 : point % 2 == 1 ? 4 : 2);
}

}  // namespace

double miss_of_all_looks(std::span<const std::uint32_t> looks, double each) {
  TRUEL_CHECK(!looks.empty() && looks.front() > 0 && each > 0 && each < 1);
  const double bound = normal_quantile_above(each / 2);
  const auto density = [](double x, double variance) {
    return math::exp(-x * x / (2 * variance)) / std::sqrt(2 * std::numbers::pi * variance);
  };
  // The density of the sum of the numbers where no look has missed yet; it is symmetrical.
  std::vector<double> before(kPoints);
  std::vector<double> now(kPoints);
  double end_before = 0;
  double inside = 0;
  for (std::size_t k = 0; k < looks.size(); ++k) {
    const double end = bound * std::sqrt(static_cast<double>(looks[k]));
    inside = 0;
    for (std::size_t i = 0; i < kPoints; ++i) {
      const double x = end * static_cast<double>(i) / (kPoints - 1);
      if (k == 0) {
        now[i] = density(x, looks[0]);
      } else {
        const double variance = looks[k] - looks[k - 1];
        now[i] = 0;
        for (std::size_t j = 0; j < kPoints; ++j) {
          const double y = end_before * static_cast<double>(j) / (kPoints - 1);
          now[i] += weight(j, end_before) * before[j] * (density(x - y, variance) + density(x + y, variance));
        }
      }
      inside += 2 * weight(i, end) * now[i];
    }
    std::swap(before, now);
    end_before = end;
  }
  return 1 - inside;
}

double miss_of_each_look(std::span<const std::uint32_t> looks) {
  if (looks.size() == 1) {
    return kMiss;
  }
  double low = kMiss / static_cast<double>(looks.size());
  double high = kMiss;
  for (int k = 0; k < kStepsToLevel; ++k) {
    const double middle = (low + high) / 2;
    (miss_of_all_looks(looks, middle) <= kMiss ? low : high) = middle;
  }
  return low;
}

}  // namespace truel
