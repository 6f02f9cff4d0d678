// Pairs are added until differences are sure, and no longer; what is shown keeps its level.
#include "truel/ensemble/compare/until_sure.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "support/statistics.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

using ensemble::ComparedKind;
using ensemble::Comparison;
using ensemble::UntilSure;

/// Two who fire at each other until the sixtieth day.
CompiledModel skirmish(double recruits) {
  WarBuilder war(60);
  war.decide_every(7)
      .ground("blue")
      .ground("red")
      .place("field", "blue")
      .place("hill", "red")
      .road("field", "hill", 20);
  war.force("blue", "field", 120).force("red", "field", 100).force("red", "hill", 40);
  war.set("actors.blue.kill_rate", {DistributionKind::loguniform, 0.004, 0.012}).set("actors.red.kill_rate", 0.007);
  war.set("scenario.laws.recruitment.on", 1).set("actors.blue.recruits_per_day", recruits);
  return war.compile();
}

TEST(UntilSure, looks_come_ever_less_often_up_to_the_most) {
  const auto looks = [](std::uint32_t most) {
    const UntilSure rule({ComparedKind::value}, most);
    return std::vector<std::uint32_t>(rule.looks().begin(), rule.looks().end());
  };
  EXPECT_EQ(looks(200), (std::vector<std::uint32_t>{16, 24, 32, 48, 64, 96, 128, 200}));
  EXPECT_EQ(looks(19), (std::vector<std::uint32_t>{19}));
  EXPECT_EQ(looks(2), (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(UntilSure({ComparedKind::value}, 10).miss_after(10), kMiss) << "who looks once has the usual interval";
  EXPECT_EQ(UntilSure({ComparedKind::value}, 200).miss_after(8), ensemble::kNoInterval);
}

TEST(UntilSure, a_great_difference_takes_few_pairs_which_are_those_of_a_comparison_of_as_many) {
  const CompiledModel first = skirmish(1);
  const CompiledModel second = skirmish(6);
  ensemble::EnsembleOptions options;
  const UntilSure rule({ComparedKind::fighters}, 400);
  const Comparison stopped = ensemble::compare(first, second, options, {}, rule);
  ASSERT_TRUE(stopped.until_sure.has_value());
  EXPECT_TRUE(stopped.until_sure->is_sure);
  EXPECT_EQ(stopped.until_sure->most, 400U);
  EXPECT_LT(stopped.runs, 100U);
  options.runs = static_cast<std::uint32_t>(stopped.runs);
  const Comparison plain = ensemble::compare(first, second, options);
  ASSERT_EQ(plain.rows.size(), stopped.rows.size());
  for (std::size_t k = 0; k < plain.rows.size(); ++k) {
    EXPECT_EQ(plain.rows[k].first.value, stopped.rows[k].first.value);
    EXPECT_EQ(plain.rows[k].second_numbers, stopped.rows[k].second_numbers);
    if (plain.rows[k].changed > 0 && plain.rows[k].outcome.kind == ComparedKind::fighters) {
      EXPECT_LT(stopped.rows[k].low, plain.rows[k].low) << "it allows for the looks";
      EXPECT_GT(stopped.rows[k].high, plain.rows[k].high);
    }
  }
  EXPECT_FALSE(plain.until_sure.has_value());
}

TEST(UntilSure, what_no_pair_changes_goes_on_to_the_last_pair) {
  const CompiledModel first = skirmish(1);
  ensemble::EnsembleOptions options;
  const Comparison all = ensemble::compare(first, skirmish(1), options, {}, UntilSure({ComparedKind::value}, 40));
  EXPECT_EQ(all.runs, 40U);
  EXPECT_FALSE(all.until_sure->is_sure);
}

TEST(UntilSure, before_the_first_look_nothing_has_an_interval) {
  const CompiledModel first = skirmish(1);
  const CompiledModel second = skirmish(6);
  ensemble::MeasuredSide one(first);
  ensemble::MeasuredSide other(second);
  ensemble::EnsembleOptions options;
  one.extend(8, options);
  other.extend(8, options);
  const Comparison early = ensemble::compare(one, other, 8, UntilSure({ComparedKind::fighters}, 400));
  for (const ensemble::ComparedRow& row : early.rows) {
    EXPECT_TRUE(std::isnan(row.low) && std::isnan(row.high));
    EXPECT_FALSE(row.is_certain());
  }
  EXPECT_FALSE(early.until_sure->is_sure);
}

TEST(UntilSure, no_difference_is_called_sure_in_at_most_5_percent_of_comparisons) {
  // Runs of one war against other runs of it: no outcome differs but by chance. Each comparison has numbers of its own.
  const CompiledModel war = skirmish(1);
  constexpr std::uint32_t kMost = 64;
  constexpr int kComparisons = shortened(200);
  const UntilSure rule({ComparedKind::fighters, ComparedKind::losses}, kMost);
  int rows = 0;
  int wrong = 0;
  for (int k = 0; k < kComparisons; ++k) {
    ensemble::EnsembleOptions options{.threads = 1};
    ensemble::MeasuredSide one(war);
    ensemble::MeasuredSide other(war);
    options.solve.seed = static_cast<std::uint64_t>(2 * k + 1);
    one.extend(kMost, options);
    options.solve.seed = static_cast<std::uint64_t>(2 * k + 2);
    other.extend(kMost, options);
    std::vector<char> is_wrong;
    for (const std::uint32_t look : rule.looks()) {
      const Comparison comparison = ensemble::compare(one, other, look, rule);
      is_wrong.resize(comparison.rows.size());
      for (std::size_t r = 0; r < comparison.rows.size(); ++r) {
        is_wrong[r] = static_cast<char>(is_wrong[r] != 0 || comparison.rows[r].is_certain());
      }
    }
    rows += static_cast<int>(is_wrong.size());
    wrong += static_cast<int>(std::count(is_wrong.begin(), is_wrong.end(), 1));
  }
  // Outcomes of one comparison are not independent: three standard errors are of comparisons.
  EXPECT_LT(static_cast<double>(wrong) / rows, kMiss + 3 * std::sqrt(kMiss * (1 - kMiss) / kComparisons));
}

TEST(UntilSure, names_of_outcomes_are_those_of_the_files) {
  const std::vector<std::string> names = {"value", "survival", "value"};
  EXPECT_EQ(*ensemble::kinds_named(names), (std::vector<ComparedKind>{ComparedKind::value, ComparedKind::survival}));
  const std::vector<std::string> wrong = {"land"};
  EXPECT_FALSE(ensemble::kinds_named(wrong).has_value());
}

}  // namespace
}  // namespace truel::test
