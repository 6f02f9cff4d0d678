// Intervals of shares, of means and of matched pairs: against published ones, and how often they hold the truth.
#include <gtest/gtest.h>

#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <vector>

#include "truel/base/random.hpp"
#include "truel/base/statistics/median.hpp"
#include "truel/base/statistics/statistics.hpp"

namespace truel::test {
namespace {

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

TEST(MatchedProportions, an_interval_of_matched_proportions_is_that_of_agresti_and_min) {
  // Of ten pairs three gain and one loses; half a pair more in each of the four cells.
  const double half = 1.959963984540054 * std::sqrt(5 - 4 / 12.0) / 12;
  const Interval interval = matched_proportions(10, 3, 1);
  EXPECT_NEAR(interval.low, 2 / 12.0 - half, 1e-12);
  EXPECT_NEAR(interval.high, 2 / 12.0 + half, 1e-12);
  // What R's PropCIs 0.3-0 gives for diffpropci.mp(b = 40, c = 20, n = 160).
  const Interval known = matched_proportions(160, 20, 40);
  EXPECT_NEAR(known.low, -0.21601726, 1e-8);
  EXPECT_NEAR(known.high, -0.03089632, 1e-8);
  const Interval none = matched_proportions(100, 0, 0);
  EXPECT_LT(none.low, 0);
  EXPECT_GT(none.high, 0) << "a hundred pairs that agree do not prove that all do";
}

TEST(Intervals, hold_the_truth_95_times_in_100) {
  constexpr int kSamples = 2000;
  constexpr std::size_t kPairs = 40;
  int proportions = 0;
  int means = 0;
  for (std::uint32_t sample = 0; sample < kSamples; ++sample) {
    RandomStream random(5, sample, 0, Purpose::events, 0);
    std::size_t gained = 0;
    std::size_t lost = 0;
    std::vector<double> numbers(kPairs);
    for (double& x : numbers) {
      const double u = random.uniform();
      gained += u < 0.15;
      lost += u > 0.95;
      x = 3 + random.normal();
    }
    const Interval share = matched_proportions(kPairs, gained, lost);
    const Interval mean = mean_interval(mean_of(numbers));
    proportions += share.low <= 0.1 && 0.1 <= share.high;
    means += mean.low <= 3 && 3 <= mean.high;
  }
  const double error = std::sqrt(0.95 * 0.05 / kSamples);
  EXPECT_NEAR(means / static_cast<double>(kSamples), 0.95, 4 * error);
  EXPECT_NEAR(proportions / static_cast<double>(kSamples), 0.95, 0.02);
}

// At that probability, n runs in a row without it come up 25 times in 1,000.
TEST(MostUnseen, is_the_bound_of_clopper_and_pearson) {
  EXPECT_EQ(most_unseen(0), 1);
  for (const std::size_t n : {1U, 7U, 40U, 1000U}) {
    EXPECT_NEAR(std::pow(1 - most_unseen(n), static_cast<double>(n)), .025, 1e-12) << n;
  }
  EXPECT_NEAR(most_unseen(40), .0881, 1e-4);
}

TEST(Median, lies_between_two_order_statistics_95_times_in_100) {
  for (const int n : {8, 20, 40, 101, 400}) {
    std::vector<double> sorted(static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) {
      sorted[static_cast<std::size_t>(i)] = i + 1;
    }
    const Interval ranks = median_interval(sorted);
    const boost::math::binomial below(n, .5);  // numbers below the median
    const double held = boost::math::cdf(below, ranks.high - 1) - boost::math::cdf(below, ranks.low - 1);
    EXPECT_GT(held, .95) << n;
    EXPECT_LT(held, .995) << n;
  }
  EXPECT_TRUE(std::isnan(median_interval(std::vector<double>{1, 2, 3}).low));
}

}  // namespace
}  // namespace truel::test
