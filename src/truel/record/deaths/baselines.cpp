#include "truel/record/deaths/baselines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

#include "truel/base/math.hpp"
#include "truel/base/statistics/distributions.hpp"

namespace truel::record {
namespace {

constexpr std::size_t kQuantiles = 1000;

/// Of the levels (i + 1/2) / n those above a share of zeros, within what is left.
std::vector<double> levels_above(double zeros) {
  std::vector<double> levels;
  for (std::size_t i = 0; i < kQuantiles; ++i) {
    const double level = (static_cast<double>(i) + 0.5) / kQuantiles;
    if (level > zeros) {
      levels.push_back((level - zeros) / (1 - zeros));
    }
  }
  return levels;
}

std::vector<double> poisson_members(const std::vector<double>& months) {
  const double mean = months.back();
  return mean <= 0 ? std::vector<double>{0} : poisson_quantiles(mean, levels_above(0));
}

/// A zero-inflated negative binomial with the mean, the variance and the share of zeros of the months, as near as its
/// three numbers come.
std::vector<double> zinb_members(const std::vector<double>& months) {
  const auto n = static_cast<double>(months.size());
  const double mean = std::accumulate(months.begin(), months.end(), 0.0) / n;
  if (mean <= 0) {
    return {0};
  }
  double variance = 0;
  for (const double x : months) {
    variance += (x - mean) * (x - mean) / std::max(1.0, n - 1);
  }
  const double zeros = static_cast<double>(std::count(months.begin(), months.end(), 0.0)) / n;
  double extra = 0;  // zeros beyond those of the negative binomial
  double mu = mean;
  double size = 1e6;  // nearly Poisson
  for (int step = 0; step < 50; ++step) {
    mu = mean / (1 - extra);
    const double inverse = (variance / (1 - extra) - mu) / (mu * mu) - extra;
    size = inverse > 1e-6 ? 1 / inverse : 1e6;
    const double own = math::pow(size / (size + mu), size);
    extra = own < 1 ? std::clamp((zeros - own) / (1 - own), 0.0, 0.95) : 0;
  }
  std::vector<double> members(kQuantiles, 0);
  const std::vector<double> some = negative_binomial_quantiles(size, size / (size + mu), levels_above(extra));
  std::copy(some.begin(), some.end(), members.end() - static_cast<std::ptrdiff_t>(some.size()));
  return members;
}

struct DeathBaseline {
  std::string_view name;
  std::size_t most_months, least_months;  ///< before the origin: so many are looked at, so many of them known at least
  std::vector<double> (*members)(const std::vector<double>& months);
};

constexpr std::size_t kAllMonths = std::numeric_limits<std::size_t>::max();
constexpr auto kAsTheyWere = [](const std::vector<double>& months) { return months; };
constexpr std::array kDeathBaselines = std::to_array<DeathBaseline>({
    {kZero, 0, 0, [](const std::vector<double>&) { return std::vector<double>{0}; }},
    {"last-month", 1, 1, kAsTheyWere},
    {"last-month-poisson", 1, 1, poisson_members},
    {kConflictology, 12, 3, kAsTheyWere},
    {"zinb-climatology", kAllMonths, 6, zinb_members},
});

}  // namespace

std::vector<std::string_view> death_baseline_names() {
  std::vector<std::string_view> names;
  for (const DeathBaseline& baseline : kDeathBaselines) {
    names.push_back(baseline.name);
  }
  return names;
}

std::vector<DeathForecast> death_baselines(const std::vector<double>& history) {
  std::vector<DeathForecast> forecasts;
  for (const DeathBaseline& baseline : kDeathBaselines) {
    const std::size_t n = std::min(history.size(), baseline.most_months);
    std::vector<double> months;
    std::copy_if(history.end() - static_cast<std::ptrdiff_t>(n), history.end(), std::back_inserter(months),
                 [](double x) { return !std::isnan(x); });
    if (months.size() >= baseline.least_months) {
      std::vector<double> members = baseline.members(months);
      std::sort(members.begin(), members.end());
      forecasts.push_back({std::string(baseline.name), std::move(members)});
    }
  }
  return forecasts;
}

std::vector<double> of_size(const std::vector<double>& members, std::size_t size) {
  std::vector<double> result(size);
  for (std::size_t i = 0; i < size; ++i) {
    result[i] = members[(2 * i + 1) * members.size() / (2 * size)];
  }
  return result;
}

}  // namespace truel::record
