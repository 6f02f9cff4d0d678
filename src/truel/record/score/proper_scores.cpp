#include "truel/record/score/proper_scores.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "truel/base/math.hpp"
#include "truel/base/statistics/statistics.hpp"

namespace truel::record {
namespace {

/// Sum over ordered pairs of |x_i - x_j|.
double pair_distances(std::span<const double> sorted) {
  const auto n = static_cast<double>(sorted.size());
  double sum = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    sum += (2 * static_cast<double>(i) + 1 - n) * sorted[i];
  }
  return 2 * sum;
}

constexpr std::array kBins{0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5};

std::size_t bin_of(double x) {
  return static_cast<std::size_t>(std::upper_bound(kBins.begin(), kBins.end(), x) - kBins.begin());
}

}  // namespace

double mean_distance(std::span<const double> members, double observed) {
  double sum = 0;
  for (const double x : members) {
    sum += std::abs(x - observed);
  }
  return sum / static_cast<double>(members.size());
}

double brier(std::span<const double> probabilities, std::size_t observed) {
  double sum = 0;
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    const double miss = probabilities[k] - (k == observed ? 1 : 0);
    sum += miss * miss;
  }
  return sum;
}

double brier_excess(std::span<const double> probabilities, double members) {
  if (members < 2) {
    return 0;
  }
  double sum = 0;
  for (const double p : probabilities) {
    sum += p * (1 - p);
  }
  return sum / (members - 1);
}

double log_score(std::span<const double> probabilities, std::size_t observed, double members, std::size_t categories) {
  const double spread = 1 / static_cast<double>(categories);
  return -math::log((probabilities[observed] * members + spread) / (members + 1));
}

double fair_crps(std::span<const double> sorted_members, double observed) {
  const auto n = static_cast<double>(sorted_members.size());
  const double spread = n > 1 ? pair_distances(sorted_members) / (2 * n * (n - 1)) : 0;
  return mean_distance(sorted_members, observed) - spread;
}

double crps(std::span<const double> sorted_members, double observed) {
  const auto n = static_cast<double>(sorted_members.size());
  return mean_distance(sorted_members, observed) - pair_distances(sorted_members) / (2 * n * n);
}

double ignorance(std::span<const double> members, double observed) {
  const std::size_t bin = bin_of(observed);
  const auto hits = std::count_if(members.begin(), members.end(), [&](double x) { return bin_of(x) == bin; });
  const double draws = static_cast<double>(members.size()) + static_cast<double>(kBins.size()) + 1;
  return -math::log2((static_cast<double>(hits) + 1) / draws);
}

double interval_score(std::span<const double> sorted_members, double observed, double level) {
  const double outside = 1 - level;
  const double low = quantile_of_sorted(sorted_members, outside / 2);
  const double high = quantile_of_sorted(sorted_members, 1 - outside / 2);
  return high - low + 2 / outside * (std::max(0.0, low - observed) + std::max(0.0, observed - high));
}

double lies_within(std::span<const double> sorted_members, double observed, double level) {
  const double low = quantile_of_sorted(sorted_members, (1 - level) / 2);
  const double high = quantile_of_sorted(sorted_members, (1 + level) / 2);
  return high <= 0 && observed <= 0 ? std::nan("") : low <= observed && observed <= high ? 1 : 0;
}

}  // namespace truel::record
