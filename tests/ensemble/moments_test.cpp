// Means, their errors, and intervals of probabilities.
#include "truel/ensemble/summary/moments.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/binomial.hpp>
#include <cmath>

#include "support/statistics.hpp"

namespace truel::test {
namespace {

using ensemble::Interval;
using ensemble::kReplicates;
using ensemble::Moments;
using ensemble::wilson_interval;

// Newcombe 1998, Statistics in Medicine 17, table I, method 3.
TEST(Wilson, gives_published_intervals) {
  struct Row {
    double events, n, low, high;
  };
  for (const Row& row :
       {Row{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718}}) {
    const Interval interval = wilson_interval(row.events / row.n, row.n);
    EXPECT_NEAR(interval.low, row.low, 5e-5);
    EXPECT_NEAR(interval.high, row.high, 5e-5);
    const Interval mirrored = wilson_interval(1 - row.events / row.n, row.n);
    EXPECT_NEAR(mirrored.low, 1 - row.high, 5e-5);
    EXPECT_NEAR(mirrored.high, 1 - row.low, 5e-5);
  }
}

TEST(Wilson, holds_about_95_times_in_100_also_near_0_and_1) {
  for (const double p : {.002, .02, .3, .5, .95, .999}) {
    const boost::math::binomial chance(1000, p);
    double covered = 0;
    for (int events = 0; events <= 1000; ++events) {
      const Interval interval = wilson_interval(events / 1000., 1000);
      covered += interval.low <= p && p <= interval.high ? boost::math::pdf(chance, events) : 0;
    }
    EXPECT_GT(covered, .91) << p;
    EXPECT_LT(covered, .99) << p;
  }
}

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
