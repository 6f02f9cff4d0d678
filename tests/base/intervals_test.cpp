// Intervals of shares, of means and of matched pairs: against published ones, and how often they hold the truth.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "truel/base/math.hpp"
#include "truel/base/random.hpp"
#include "truel/base/statistics/bounded_mean.hpp"
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

TEST(BoundedMean, ends_are_quantiles_of_sums_with_dirichlet_weights) {
  std::vector<float> values{28, 28, 28, 28, 56, 56, 56, 56, 56, 84, 112, 400};
  const Interval interval = bounded_mean_interval(values, {0, 900});
  constexpr std::size_t kDraws = 40'000;
  std::vector<double> low, high;
  for (std::uint32_t d = 0; d < kDraws; ++d) {
    RandomStream random(3, d, 0, Purpose{5}, 0);
    double weights = 0;
    double sum = 0;
    for (const float x : values) {
      const double weight = -math::log(random.uniform());
      weights += weight;
      sum += weight * static_cast<double>(x);
    }
    const double last = -math::log(random.uniform());
    low.push_back(sum / (weights + last));
    high.push_back((sum + last * 900) / (weights + last));
  }
  std::sort(low.begin(), low.end());
  std::sort(high.begin(), high.end());
  // Between these two the quantile of so many draws lies but for four standard errors; the saddlepoint is not exact.
  const auto holds = [&](const std::vector<double>& sorted, double level, double x) {
    const double off = 4 * std::sqrt(.025 * .975 / kDraws) + .0005;
    EXPECT_GT(x, quantile_of_sorted(sorted, level - off));
    EXPECT_LT(x, quantile_of_sorted(sorted, level + off));
  };
  holds(low, .025, interval.low);
  holds(high, .975, interval.high);
}

TEST(BoundedMean, of_equal_numbers_is_what_none_of_so_many_has_shown) {
  for (const std::size_t n : {1U, 10U, 40U, 1000U}) {
    const Interval interval = bounded_mean_interval(std::vector<float>(n, 1), {0, 3});
    EXPECT_NEAR(interval.low, 1 - most_unseen(n), .01 * most_unseen(n)) << n;
    EXPECT_NEAR(interval.high, 1 + 2 * most_unseen(n), .02 * most_unseen(n)) << n;
  }
  const Interval at_bound = bounded_mean_interval(std::vector<float>(20, 3), {0, 3});
  EXPECT_EQ(at_bound.high, 3);
  const Interval mirrored = bounded_mean_interval(std::vector<float>{0, 0, 1, 2}, {0, 3});
  const Interval one = bounded_mean_interval(std::vector<float>{1, 2, 3, 3}, {0, 3});
  EXPECT_NEAR(mirrored.low, 3 - one.high, 1e-9);
  EXPECT_NEAR(mirrored.high, 3 - one.low, 1e-9);
}

TEST(BoundedMean, skewness_is_the_third_moment_in_deviations) {
  EXPECT_NEAR(skewness(std::vector<float>{0, 0, 0, 1}), .75 * .25 * .5 / std::pow(.75 * .25, 1.5), 1e-12);
  EXPECT_NEAR(skewness(std::vector<float>{1, 2, 3}), 0, 1e-12);
  EXPECT_FALSE(is_t_honest(1000, skewness(std::vector<float>{2, 2}))) << "all the same";
  EXPECT_TRUE(is_t_honest(200, 2));
  EXPECT_FALSE(is_t_honest(199, 2));
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
