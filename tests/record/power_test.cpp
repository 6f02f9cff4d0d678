#include "truel/record/score/power.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "truel/base/index.hpp"
#include "truel/base/random.hpp"

namespace truel::record {
namespace {

/// Windows of three months that do not overlap; in each, places of one province.
std::vector<Case> windows(int n, std::size_t places) {
  std::vector<Case> cases;
  for (int w = 0; w < n; ++w) {
    Case c{.window = {.origin = 90 * w, .from = 90 * w, .until = 90 * w + 89, .months = 3}, .unit = "place"};
    c.names.resize(places, "a");
    c.block.resize(places, 0);
    c.counts.resize(places, true);
    c.has_changed.resize(places, false);
    cases.push_back(c);
  }
  return cases;
}

/// An account in whose runs side 1 holds each place with this probability, and else side 0.
struct Account {
  const char* name;
  double p;
  std::uint32_t stream;
};

std::vector<HoldersOfRuns> runs_of(const std::vector<Case>& cases, std::size_t runs,
                                   const std::vector<Account>& accounts) {
  std::vector<HoldersOfRuns> all;
  for (const Account& account : accounts) {
    for (std::size_t w = 0; w < cases.size(); ++w) {
      RandomStream random(7, account.stream, static_cast<std::uint32_t>(w), Purpose::design, 0);
      HoldersOfRuns own{.in_case = w, .account = account.name};
      for (std::size_t k = 0; k < runs * cases[w].counts.size(); ++k) {
        own.held.push_back(random.uniform() < account.p ? 1 : 0);
      }
      all.push_back(std::move(own));
    }
  }
  return all;
}

Power find(const std::vector<Power>& rows, const std::string& truth, const std::string& other) {
  for (const Power& row : rows) {
    if (row.truth == truth && row.other == other) {
      return row;
    }
  }
  ADD_FAILURE() << "no such row";
  return {};
}

double binomial(int n, int k, double p) {
  return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1)) * std::pow(p, k) *
         std::pow(1 - p, n - k);
}

double at_most(int most, int n, double p) {
  double sum = 0;
  for (int k = 0; k <= most; ++k) {
    sum += binomial(n, k, p);
  }
  return sum;
}

TEST(Power, of_one_place_is_that_of_the_binomial_distribution) {
  constexpr int kWindows = 18;
  constexpr double kTruth = 0.9;
  constexpr double kOther = 0.6;
  constexpr std::size_t kRuns = 2000;
  const std::vector<Case> cases = windows(kWindows, 1);
  const std::vector<HoldersOfRuns> runs = runs_of(cases, kRuns, {{"truth", kTruth, 1}, {"other", kOther, 2}});
  // The truth scores better over windows of which more than this many have side 1: where its loss less the other's,
  // 2 (1 - p)^2 - 2 (1 - q)^2 with and 2 p^2 - 2 q^2 without side 1, is below zero in the mean.
  const int even = static_cast<int>(kWindows * (kTruth + kOther) / 2);
  // Resamples of windows of which k have side 1 hold a binomial number of those; the interval leaves out zero where 25
  // in 1000 at most are on the other side.
  double expected = 0;
  double wrong = 0;
  for (int k = 0; k <= kWindows; ++k) {
    const double share = static_cast<double>(k) / kWindows;
    const double below = k == kWindows ? 0 : at_most(even, kWindows, share);
    expected += below <= 0.025 ? binomial(kWindows, k, kTruth) : 0;
    wrong += 1 - below <= 0.025 ? binomial(kWindows, k, kTruth) : 0;
  }
  const Power found = find(power(cases, runs, {}, {}, 1), "truth", "other");
  EXPECT_EQ(found.records, kRuns);
  EXPECT_NEAR(expected, 0.45, 0.001);
  EXPECT_NEAR(found.told, expected, 4 * std::sqrt(expected * (1 - expected) / kRuns));
  EXPECT_DOUBLE_EQ(found.standard_error(found.told), std::sqrt(found.told * (1 - found.told) / kRuns));
  EXPECT_LT(wrong, 1e-4);
  EXPECT_EQ(found.wrong, 0);
  const double ahead = 1 - at_most(even, kWindows, kTruth);
  EXPECT_NEAR(found.ahead, ahead, 4 * std::sqrt(ahead * (1 - ahead) / kRuns));
  // What the truth is worth: the sum over both sides of the squared differences of probabilities.
  EXPECT_NEAR(found.mean, -2 * (kTruth - kOther) * (kTruth - kOther), 4 * found.spread / std::sqrt(kRuns));
  const double slope = 4 * (kTruth - kOther);  // of the difference, by the share of windows with side 1
  EXPECT_NEAR(found.spread, slope * std::sqrt(kTruth * (1 - kTruth) / kWindows), 0.01);
}

TEST(Power, no_forecast_knows_the_record_that_it_is_held_against) {
  const std::vector<Case> cases = windows(4, 100);
  const std::vector<HoldersOfRuns> runs = runs_of(cases, 50, {{"a", 0.5, 1}, {"b", 0.5, 2}});
  const Power found = find(power(cases, runs, {}, {.repeats = 10}, 1), "a", "b");
  // Fifty runs that hold the record would be ahead by 0.02.
  EXPECT_NEAR(found.mean, 0, 0.005);
}

TEST(Power, accounts_with_the_same_runs_are_never_told_apart) {
  const std::vector<Case> cases = windows(6, 5);
  const std::vector<HoldersOfRuns> runs = runs_of(cases, 40, {{"a", 0.3, 1}, {"b", 0.3, 1}});
  const Power found = find(power(cases, runs, {}, {.repeats = 100}, 1), "b", "a");
  EXPECT_EQ(found.told + found.wrong, 0);
  EXPECT_EQ(found.mean, 0);
}

TEST(Power, halves_of_one_accounts_runs_are_seldom_told_apart_and_never_for_their_worth) {
  const std::vector<Case> cases = windows(24, 3);
  const std::vector<HoldersOfRuns> runs = runs_of(cases, 400, {{"a", 0.5, 1}});
  const Power found = find(power(cases, runs, {}, {.repeats = 400}, 1), "a", "a");
  // An interval that holds 95 in 100 of resamples of 24 windows leaves out somewhat more than 5 of the truths.
  EXPECT_LT(found.told + found.wrong, 0.12);
  EXPECT_GT(found.told + found.wrong, 0.02);
  EXPECT_NEAR(found.mean, 0, 0.002);
}

TEST(Power, a_failed_run_is_no_record_and_no_part_of_a_forecast) {
  const std::vector<Case> cases = windows(6, 2);
  const std::vector<HoldersOfRuns> whole = runs_of(cases, 30, {{"a", 0.9, 1}, {"b", 0.2, 2}});
  std::vector<HoldersOfRuns> with_failed = whole;
  for (HoldersOfRuns& own : with_failed) {
    own.held.insert(own.held.end(), {HoldersOfRuns::kFailed, HoldersOfRuns::kFailed});
  }
  const Power one = find(power(cases, whole, {}, {.repeats = 100}, 1), "a", "b");
  const Power other = find(power(cases, with_failed, {}, {.repeats = 100}, 1), "a", "b");
  EXPECT_EQ(other.records, 30U);
  EXPECT_EQ(one.told, other.told);
  EXPECT_DOUBLE_EQ(one.mean, other.mean);
}

TEST(Power, what_the_record_itself_says_is_the_paired_difference_of_its_scores) {
  const std::vector<Case> cases = windows(2, 2);
  const std::vector<HoldersOfRuns> runs = runs_of(cases, 30, {{"a", 0.9, 1}, {"b", 0.2, 2}});
  std::vector<Losses> losses;
  for (std::size_t w = 0; w < 2; ++w) {
    losses.push_back({.in_case = w, .score = "brier", .model = "truel", .account = "a", .loss = {0.5, 0.25}});
    losses.push_back({.in_case = w, .score = "brier", .model = "truel", .account = "b", .loss = {0.25, 1.0}});
    losses.push_back({.in_case = w, .score = "brier", .model = "blend", .account = "b", .loss = {9, 9}});
  }
  const auto rows = power(cases, runs, losses, {.repeats = 100}, 1);
  EXPECT_DOUBLE_EQ(find(rows, "a", "b").observed, -0.25);
  EXPECT_DOUBLE_EQ(find(rows, "b", "a").observed, 0.25);
  EXPECT_TRUE(std::isnan(find(rows, "a", "a").observed));
}

}  // namespace
}  // namespace truel::record
