#include "truel/record/fit/ranks.hpp"

#include <algorithm>
#include <vector>

#include "truel/base/statistics/distributions.hpp"
#include "truel/record/fit/stream.hpp"

namespace truel::record::fit {
namespace {

constexpr std::uint32_t kRanksEntity = 64;

}  // namespace

double uniform_ranks_p(std::span<const int> ranks, int most, std::uint64_t seed, int simulations) {
  const auto n = static_cast<int>(ranks.size());
  const auto n_ranks = static_cast<std::size_t>(most) + 1;
  // Two-sided tail of a count at or below each rank: [rank][count].
  std::vector<double> tail((n_ranks - 1) * (ranks.size() + 1));
  for (std::size_t r = 0; r + 1 < n_ranks; ++r) {
    const double p = static_cast<double>(r + 1) / static_cast<double>(n_ranks);
    for (int count = 0; count <= n; ++count) {
      const double low = binomial_at_most(n, p, count);
      const double high = binomial_at_least(n, p, count);
      tail[r * (ranks.size() + 1) + static_cast<std::size_t>(count)] = 2 * std::min(low, high);
    }
  }
  const auto least_tail = [&](const std::vector<int>& counts) {
    double least = 1;
    std::size_t reached = 0;
    for (std::size_t r = 0; r + 1 < n_ranks; ++r) {
      reached += static_cast<std::size_t>(counts[r]);
      least = std::min(least, tail[r * (ranks.size() + 1) + reached]);
    }
    return least;
  };
  std::vector<int> counts(n_ranks);
  for (const int rank : ranks) {
    ++counts[static_cast<std::size_t>(rank)];
  }
  const double observed = least_tail(counts);
  int as_far = 0;
  for (int s = 0; s < simulations; ++s) {
    RandomStream random(seed, static_cast<std::uint32_t>(s), 0, kFitting, kRanksEntity);
    std::fill(counts.begin(), counts.end(), 0);
    for (int i = 0; i < n; ++i) {
      ++counts[std::min(n_ranks - 1, static_cast<std::size_t>(random.uniform() * static_cast<double>(n_ranks)))];
    }
    as_far += least_tail(counts) <= observed;
  }
  return static_cast<double>(as_far) / simulations;
}

}  // namespace truel::record::fit
