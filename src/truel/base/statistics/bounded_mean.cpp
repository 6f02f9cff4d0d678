#include "truel/base/statistics/bounded_mean.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "truel/base/math.hpp"

namespace truel {
namespace {

constexpr double kCochran = 50;
/// Halvings of the range of the tilt: the quantile is then right to more digits than the saddlepoint.
constexpr int kHalvings = 48;

/// A different number, as its distance from the mean of all, and how often it occurs.
struct Mass {
  double distance, count;
};

/// What the sum of masses with random weights, distributed as flat Dirichlet, has at its 97.5 % quantile. masses: their
/// mean distance is 0; the last has the greatest.
double upper_quantile(std::span<const Mass> masses) {
  double low = 0;
  double high = 1 / masses.back().distance;
  double quantile = 0;
  for (int k = 0; k < kHalvings; ++k) {
    const double tilt = (low + high) / 2;
    double sum = 0;
    double moment = 0;
    for (const Mass& mass : masses) {
      const double tilted = mass.count / (1 - tilt * mass.distance);
      sum += tilted;
      moment += tilted * mass.distance;
    }
    quantile = moment / sum;
    // The sum lies below the quantile where sum of (distance - quantile) times exponential numbers is below 0; this is
    // the saddlepoint of that sum.
    const double saddle = tilt / (1 - tilt * quantile);
    double cumulant = 0;
    double curvature = 0;
    for (const Mass& mass : masses) {
      const double from = mass.distance - quantile;
      const double factor = 1 - saddle * from;
      cumulant -= mass.count * math::log(factor);
      curvature += mass.count * (from / factor) * (from / factor);
    }
    const double root = std::sqrt(-2 * cumulant);
    const bool is_below =
        !(cumulant < 0) || root + math::log(saddle * std::sqrt(curvature) / root) / root < kNormalQuantile;
    (is_below ? low : high) = tilt;
  }
  return quantile;
}

/// The upper end of the interval. masses: as distances from 0, ascending.
double upper_end(std::vector<Mass> masses, double bound) {
  double n = 0;
  double sum = 0;
  masses.push_back({std::max(bound, masses.back().distance), 1});
  for (const Mass& mass : masses) {
    n += mass.count;
    sum += mass.count * mass.distance;
  }
  const double mean = sum / n;
  for (Mass& mass : masses) {
    mass.distance -= mean;
  }
  return masses.back().distance > 0 ? mean + upper_quantile(masses) : bound;
}

}  // namespace

double skewness(std::span<const float> values) {
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const float x : values) {
    sum += static_cast<double>(x);
  }
  const double mean = sum / n;
  double squares = 0;
  double cubes = 0;
  for (const float x : values) {
    const double from = static_cast<double>(x) - mean;
    squares += from * from;
    cubes += from * from * from;
  }
  const double deviation = std::sqrt(squares / n);
  return cubes / n / (deviation * deviation * deviation);
}

bool is_t_honest(double n, double skewness) {
  return n >= kCochran * skewness * skewness;
}

Interval bounded_mean_interval(std::span<const float> sorted, const Interval& bounds) {
  std::vector<Mass> above;
  for (const float x : sorted) {
    const auto value = static_cast<double>(x);
    if (above.empty() || above.back().distance != value) {
      above.push_back({value, 0});
    }
    above.back().count += 1;
  }
  std::vector<Mass> below;
  for (auto mass = above.rbegin(); mass != above.rend(); ++mass) {
    below.push_back({-mass->distance, mass->count});
  }
  return {-upper_end(std::move(below), -bounds.low), upper_end(std::move(above), bounds.high)};
}

}  // namespace truel
