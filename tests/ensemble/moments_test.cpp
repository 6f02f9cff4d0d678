// Means, their errors, and intervals of probabilities.
#include "truel/ensemble/summary/moments.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/statistics.hpp"
#include "truel/base/random.hpp"

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

/// How often an interval holds the true mean of numbers that a run has with this chance, and how often there is one.
struct Coverage {
  double held = 0, given = 0;
};

template <class Draw>
Coverage coverage(std::uint32_t runs, double chance, double truth, Draw&& draw) {
  constexpr std::uint32_t kEnsembles = 2000;
  Coverage c;
  for (std::uint32_t e = 0; e < kEnsembles; ++e) {
    RandomStream random(7, e, 0, Purpose{5}, runs);
    Moments moments;
    for (std::uint32_t r = 0; r < runs; ++r) {
      const bool has = random.uniform() < chance;
      const double x = draw(random);
      if (has) {
        moments.add(x, r);
      }
    }
    const Interval interval = moments.mean_interval();
    if (std::isnan(interval.low)) {
      continue;
    }
    EXPECT_GE(moments.n(), Moments::kFewestForInterval);
    c.given += 1;
    c.held += interval.low <= truth && truth <= interval.high;
  }
  c.held /= c.given;
  return c;
}

// Error: .005 for 2,000 ensembles. Skewed days of ten runs cost six points, not fifty.
TEST(Moments, an_interval_of_what_few_runs_have_holds_its_mean_as_often_as_it_says) {
  const auto even = [](RandomStream& random) { return random.uniform(); };
  const auto late = [](RandomStream& random) { return -std::log(random.uniform()); };
  const auto rare = [](RandomStream& random) { return random.uniform() < .3 ? 1. : 0.; };
  for (const auto& [runs, chance] :
       {std::pair{40U, .25}, {40U, .5}, {40U, 1.}, {200U, .05}, {200U, .2}, {1000U, .02}}) {
    const Coverage of_even = coverage(runs, chance, .5, even);
    EXPECT_GT(of_even.held, .93) << runs << " " << chance;
    EXPECT_LT(of_even.held, .97) << runs << " " << chance;
    EXPECT_GT(coverage(runs, chance, 1, late).held, .87) << runs << " " << chance;
    EXPECT_GT(coverage(runs, chance, .3, rare).held, .91) << runs << " " << chance;
  }
  EXPECT_EQ(coverage(40, .02, .5, even).given, 0) << "one or two of forty runs";
}

TEST(Moments, of_too_few_and_of_equal_numbers_there_is_no_interval) {
  Moments few;
  Moments same;
  for (std::uint32_t r = 0; r < 40; ++r) {
    if (r < 9) {
      few.add(r, r);
    }
    same.add(12, r);
  }
  EXPECT_TRUE(std::isnan(few.mean_interval().low));
  EXPECT_GT(few.se(), 0);
  EXPECT_TRUE(std::isnan(same.mean_interval().low));
}

}  // namespace
}  // namespace truel::test
