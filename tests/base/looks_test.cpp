// Intervals that are looked at again and again: against published bounds, and how often any of them misses.
#include "truel/base/statistics/looks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "truel/base/random.hpp"
#include "truel/base/statistics/distributions.hpp"
#include "truel/base/statistics/statistics.hpp"

namespace truel::test {
namespace {

// Jennison and Turnbull 2000, Group Sequential Methods, table 2.1: Pocock's bounds for evenly spaced looks, 5 %.
TEST(Looks, bounds_are_those_of_pocock) {
  const auto bound = [](std::uint32_t looks) {
    std::vector<std::uint32_t> even(looks);
    std::iota(even.begin(), even.end(), 1U);
    return normal_quantile_above(miss_of_each_look(even) / 2);
  };
  EXPECT_NEAR(bound(1), 1.960, 5e-4);
  EXPECT_NEAR(bound(2), 2.178, 5e-4);
  EXPECT_NEAR(bound(5), 2.413, 5e-4);
  EXPECT_NEAR(bound(10), 2.555, 5e-4);
}

TEST(Looks, looks_that_have_nothing_in_common_miss_as_independent_ones) {
  EXPECT_NEAR(miss_of_all_looks(std::vector<std::uint32_t>{1, 100'000'000}, 0.05), 1 - 0.95 * 0.95, 2e-4);
  EXPECT_NEAR(miss_of_all_looks(std::vector<std::uint32_t>{7}, 0.05), 0.05, 1e-5);
}

/// Of so many series without a difference, the share in which some look's interval excludes zero. number: of a
/// distribution with mean 0.
template <class Number>
double told_wrongly(const std::vector<std::uint32_t>& looks, const Number& number) {
  constexpr std::uint32_t kSeries = 10'000;
  const double miss = miss_of_each_look(looks);
  int wrong = 0;
  for (std::uint32_t series = 0; series < kSeries; ++series) {
    RandomStream random(1, series, 0, Purpose::design, 0);
    std::vector<double> numbers;
    for (const std::uint32_t look : looks) {
      while (numbers.size() < look) {
        numbers.push_back(number(random));
      }
      const Interval interval = mean_interval(mean_of(numbers), miss);
      if (interval.low > 0 || interval.high < 0) {
        ++wrong;
        break;
      }
    }
  }
  return static_cast<double>(wrong) / kSeries;
}

const std::vector<std::uint32_t> kLooks = {16, 24, 32, 48, 64, 96, 128, 200};
constexpr double kError = 3 * 0.0022;  // three standard errors of 5 % of 10,000 series

TEST(Looks, no_difference_is_called_one_in_at_most_5_percent_whenever_one_stops) {
  EXPECT_LT(told_wrongly(kLooks, [](RandomStream& r) { return r.normal(); }), kMiss + kError);
  EXPECT_GT(told_wrongly(kLooks, [](RandomStream& r) { return r.normal(); }), 0.03) << "nor is the level given away";
  // Most pairs do not differ, and some by much.
  const auto rarely = [](RandomStream& r) { return r.uniform() < 0.8 ? 0 : r.normal(); };
  EXPECT_LT(told_wrongly(kLooks, rarely), kMiss + kError);
  const auto heavy = [](RandomStream& r) { return r.normal() * std::exp(r.normal()); };
  EXPECT_LT(told_wrongly(kLooks, heavy), kMiss + kError);
}

TEST(Looks, usual_intervals_looked_at_as_often_would_call_three_times_as_many) {
  int wrong = 0;
  constexpr std::uint32_t kSeries = 4'000;
  for (std::uint32_t series = 0; series < kSeries; ++series) {
    RandomStream random(1, series, 0, Purpose::design, 0);
    std::vector<double> numbers;
    bool is_wrong = false;
    for (const std::uint32_t look : kLooks) {
      while (numbers.size() < look) {
        numbers.push_back(random.normal());
      }
      const Interval interval = mean_interval(mean_of(numbers));
      is_wrong = is_wrong || interval.low > 0 || interval.high < 0;
    }
    wrong += is_wrong ? 1 : 0;
  }
  EXPECT_GT(static_cast<double>(wrong) / kSeries, 0.14);
}

TEST(Looks, probabilities_in_pairs_keep_the_level_too) {
  const double miss = miss_of_each_look(kLooks);
  for (const double differs : {0.02, 0.1, 0.4}) {
    int wrong = 0;
    constexpr std::uint32_t kSeries = 10'000;
    for (std::uint32_t series = 0; series < kSeries; ++series) {
      RandomStream random(2, series, 0, Purpose::design, 0);
      std::size_t gained = 0;
      std::size_t lost = 0;
      std::uint32_t pairs = 0;
      for (const std::uint32_t look : kLooks) {
        for (; pairs < look; ++pairs) {
          const double u = random.uniform();
          gained += u < differs / 2 ? 1 : 0;
          lost += u > 1 - differs / 2 ? 1 : 0;
        }
        const Interval interval = matched_proportions(pairs, gained, lost, miss);
        if (interval.low > 0 || interval.high < 0) {
          ++wrong;
          break;
        }
      }
    }
    EXPECT_LT(static_cast<double>(wrong) / kSeries, kMiss + kError) << differs;
  }
}

TEST(Looks, intervals_of_the_usual_level_are_the_usual_ones) {
  const Mean mean = mean_of(std::vector<double>{1, 2, 4, 8});
  EXPECT_EQ(mean_interval(mean, kMiss).low, mean_interval(mean).low);
  EXPECT_EQ(matched_proportions(40, 3, 1, kMiss).high, matched_proportions(40, 3, 1).high);
  EXPECT_EQ(most_unseen(40, kMiss), most_unseen(40));
  EXPECT_GT(mean_interval(mean, 0.01).high, mean_interval(mean).high);
}

}  // namespace
}  // namespace truel::test
