// Means, their errors, and intervals of probabilities.
#include "truel/ensemble/summary/moments.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/statistics.hpp"

namespace truel::test {
namespace {

using ensemble::kReplicates;
using ensemble::Moments;

TEST(Moments, the_error_is_the_spread_of_the_means_of_the_replicates) {
  Moments moments;
  Sample means;
  for (std::uint32_t replicate = 0; replicate < kReplicates; ++replicate) {
    Sample own;
    for (std::uint32_t index = 0; index < 10; ++index) {
      const double x = std::sin(replicate * 7.0 + index);
      moments.add(x, index * kReplicates + replicate);
      own.add(x);
    }
    means.add(own.mean());
  }
  EXPECT_NEAR(moments.mean(), means.mean(), 1e-12);
  EXPECT_NEAR(moments.se(), means.se(), 1e-12);
}

TEST(Moments, of_realizations_of_different_replicates_the_error_is_that_of_independent_draws) {
  for (const std::uint32_t n : {2U, 5U, 8U}) {
    Moments moments;
    Sample sample;
    for (std::uint32_t r = 0; r < n; ++r) {
      moments.add(r * r, r);
      sample.add(r * r);
    }
    EXPECT_NEAR(moments.se(), sample.se(), 1e-12) << n;
  }
  Moments one;
  EXPECT_TRUE(std::isnan(one.mean()));
  EXPECT_TRUE(std::isnan(one.interval().low));
  one.add(3, 0);
  EXPECT_EQ(one.mean(), 3);
  EXPECT_TRUE(std::isnan(one.se()));
}

TEST(Moments, an_interval_holds_where_all_agree_and_where_replicates_agree_by_chance) {
  Moments all;
  Moments half;
  Moments apart;
  for (std::uint32_t r = 0; r < 400; ++r) {
    all.add(1, r);
    half.add(r / kReplicates % 2, r);           // half of each replicate
    apart.add(r % kReplicates < 4 ? 1 : 0, r);  // half of the replicates
  }
  EXPECT_EQ(all.se(), 0);
  EXPECT_EQ(all.interval().high, 1);
  EXPECT_NEAR(all.interval().low, 400 / (400 + 3.8415), 1e-4);
  EXPECT_NEAR(half.se(), 0, 1e-12);
  EXPECT_NEAR(half.interval().low, wilson_interval(half.mean(), 400).low, 1e-12);
  EXPECT_NEAR(apart.interval().low, wilson_interval(.5, 7).low, 1e-9) << "no more is known than from the replicates";
}

}  // namespace
}  // namespace truel::test
