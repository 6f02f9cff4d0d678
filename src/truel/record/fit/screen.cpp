#include "truel/record/fit/screen.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "truel/record/fit/stream.hpp"
#include "truel/sensitivity/estimators.hpp"

namespace truel::record::fit {
namespace {

constexpr std::uint32_t kDummyEntity = 48;
constexpr int kMostBins = 24;

/// Kolmogorov and Smirnov's distance between x where `is_best` and elsewhere.
double ks_distance(std::span<const double> x, const std::vector<bool>& is_best, double n_best) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
  const double n_rest = static_cast<double>(x.size()) - n_best;
  double difference = 0;
  double greatest = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    difference += is_best[order[k]] ? 1 / n_best : -1 / n_rest;
    if (k + 1 == order.size() || x[order[k + 1]] > x[order[k]]) {
      greatest = std::max(greatest, std::abs(difference));
    }
  }
  return greatest;
}

}  // namespace

Screening screen(std::span<const double> u, std::size_t n_inputs, std::span<const double> score, int dummies,
                 std::uint64_t seed) {
  const std::size_t n = score.size();
  std::vector<std::uint32_t> blocks(n);
  std::iota(blocks.begin(), blocks.end(), 0U);
  const sensitivity::Bootstrap once(n, 0, seed);
  const sensitivity::GivenData given({score.begin(), score.end()}, blocks, once, kMostBins);
  const int n_classes = sensitivity::classes_for(n);

  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return score[a] < score[b]; });
  const std::size_t n_best = std::max<std::size_t>(1, n / 10);
  std::vector<bool> is_best(n);
  for (std::size_t k = 0; k < n_best; ++k) {
    is_best[order[k]] = true;
  }
  const auto measure = [&](std::size_t input, std::span<const double> x) {
    const std::vector<std::uint16_t> classes = sensitivity::equal_frequency_classes(x, n_classes);
    return ScreenedInput{input, given.delta(classes, n_classes, false).front(),
                         ks_distance(x, is_best, static_cast<double>(n_best)), false};
  };

  Screening result;
  std::vector<double> x(n);
  for (int dummy = 0; dummy < dummies; ++dummy) {
    RandomStream random(seed, static_cast<std::uint32_t>(dummy), 0, kFitting, kDummyEntity);
    std::generate(x.begin(), x.end(), [&] { return random.uniform(); });
    const ScreenedInput noise = measure(0, x);
    result.delta_floor = std::max(result.delta_floor, noise.delta);
    result.ks_floor = std::max(result.ks_floor, noise.ks);
  }
  for (std::size_t input = 0; input < n_inputs; ++input) {
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = u[i * n_inputs + input];
    }
    result.ranked.push_back(measure(input, x));
    ScreenedInput& last = result.ranked.back();
    last.stands_out = last.delta > result.delta_floor && last.ks > result.ks_floor;
  }
  const auto strength = [&](const ScreenedInput& s) {
    return s.delta / std::max(result.delta_floor, 1e-12) + s.ks / std::max(result.ks_floor, 1e-12);
  };
  std::stable_sort(result.ranked.begin(), result.ranked.end(),
                   [&](const ScreenedInput& a, const ScreenedInput& b) { return strength(a) > strength(b); });
  return result;
}

}  // namespace truel::record::fit
