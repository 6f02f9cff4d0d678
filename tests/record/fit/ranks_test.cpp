#include "truel/record/fit/ranks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "truel/base/statistics/distributions.hpp"
#include "truel/record/fit/stream.hpp"
#include "truel/record/fit/tempered.hpp"

namespace truel::record::fit {
namespace {

constexpr int kMost = 19;

std::vector<int> ranks_of(double spread) {
  std::vector<int> ranks;
  for (std::uint32_t i = 0; i < 200; ++i) {
    RandomStream random(21, i, 0, kFitting, 1003);
    ranks.push_back(static_cast<int>((kMost + 1) * normal_cdf(spread * random.normal())));
  }
  return ranks;
}

TEST(Ranks, that_are_uniform_stay_in_the_band) {
  EXPECT_GT(uniform_ranks_p(ranks_of(1), kMost, 1), 0.05);
}

TEST(Ranks, of_posteriors_too_narrow_or_too_wide_leave_it) {
  EXPECT_LT(uniform_ranks_p(ranks_of(1.5), kMost, 1), 0.01);
  EXPECT_LT(uniform_ranks_p(ranks_of(0.6), kMost, 1), 0.01);
}

TEST(Ranks, leave_the_band_as_often_as_they_should) {
  int outside = 0;
  for (std::uint32_t set = 0; set < 100; ++set) {
    std::vector<int> ranks;
    RandomStream random(22, set, 0, kFitting, 1003);
    for (int i = 0; i < 100; ++i) {
      ranks.push_back(static_cast<int>((kMost + 1) * random.uniform()));
    }
    outside += uniform_ranks_p(ranks, kMost, 1, 100) < 0.1;
  }
  EXPECT_NEAR(outside, 10, 4 * std::sqrt(100 * 0.1 * 0.9));
}

}  // namespace
}  // namespace truel::record::fit
