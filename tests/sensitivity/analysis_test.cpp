// Shares of an outcome made by a formula, whose shares are known.
#include "truel/sensitivity/analysis.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "sensitivity/support.hpp"
#include "support/statistics.hpp"
#include "truel/base/random.hpp"

namespace truel::test {
namespace {

using sensitivity::Analysis;
using sensitivity::Estimate;
using sensitivity::Grouping;
using sensitivity::make_study;
using sensitivity::Outcomes;
using sensitivity::Study;

/// account, draws of the inputs about their mean with variance 1, chance of variance 1.
using Formula = std::function<double(std::size_t, const std::vector<double>&, double)>;

Outcomes made(const Study& study, std::uint32_t blocks, std::uint64_t seed, const Formula& formula) {
  Outcomes outcomes;
  for (std::uint32_t block = 0; block < blocks; ++block) {
    outcomes.blocks.push_back(block);
    for (std::size_t role = 0; role < study.block_size(); ++role) {
      std::vector<double> z;
      for (std::size_t i = 0; i < study.inputs.size(); ++i) {
        const double u = draw_at(study, seed, block, point_of_input(study, role, i), i);
        z.push_back(std::sqrt(12.) * (u - 0.5));
      }
      const auto number = static_cast<std::uint32_t>(block * study.block_size() + role);
      outcomes.y.push_back(formula(account_at(study, seed, block, point_of_account(study, role)), z,
                                   RandomStream(seed, number, 0, Purpose::events, 0).normal()));
    }
  }
  return outcomes;
}

Analysis analysed(const Study& study, std::uint32_t blocks, std::uint64_t seed, const Formula& formula) {
  return analyse(study, {}, made(study, blocks, seed, formula), seed, 2);
}

double effect(std::size_t account) {  // over three accounts: mean 0, variance 1
  return std::sqrt(1.5) * (static_cast<double>(account) - 1);
}

/// Variance 10: account 1, input 1 alone 2, input 2 alone 1, inputs 1 and 2 together 1, account with input 3 2,
/// chance 3.
double mixture(std::size_t account, const std::vector<double>& z, double chance) {
  return 50 + effect(account) + std::sqrt(2.) * z[1] + z[2] + z[1] * z[2] + std::sqrt(2.) * effect(account) * z[3] +
         std::sqrt(3.) * chance;
}

void expect_estimate(const Estimate& e, double expected, double tolerance, const char* what) {
  EXPECT_NEAR(e.value, expected, tolerance) << what;
  EXPECT_LT(e.low, e.value) << what;
  EXPECT_GT(e.high, e.value) << what;
}

const sensitivity::GroupIndex& named(const std::vector<sensitivity::GroupIndex>& groups, const std::string& name) {
  return *std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.name == name; });
}

TEST(AnalysisTest, divides_the_variance_between_account_numbers_both_and_chance) {
  const Study study = *make_study(rivals(3), Grouping::table);
  const Analysis a = analysed(study, 6000, 3, mixture);
  EXPECT_NEAR(a.variance, 10, 0.3);
  expect_estimate(a.account, 0.1, 0.01, "account");
  expect_estimate(a.numbers, 0.4, 0.03, "numbers");
  expect_estimate(a.both, 0.2, 0.03, "both");
  expect_estimate(a.chance, 0.3, 0.03, "chance");
  EXPECT_NEAR(a.account.value + a.numbers.value + a.both.value + a.chance.value, 1, 1e-12);
  expect_estimate(a.account_less_numbers, -0.3, 0.03, "difference");
  EXPECT_NEAR(a.main_effects.value, 0.3, 0.03);
}

TEST(AnalysisTest, finds_single_numbers_and_tells_the_inert_from_the_rest) {
  const Study study = *make_study(rivals(3), Grouping::table);
  const Analysis a = analysed(study, 3000, 8, mixture);
  EXPECT_EQ(a.inputs[0].input, 1);
  EXPECT_EQ(a.inputs[1].input, 2);
  expect_estimate(a.inputs[0].first, 0.2, 0.03, "input 1");
  expect_estimate(a.inputs[1].first, 0.1, 0.03, "input 2");
  EXPECT_TRUE(a.is_above_floor(a.inputs[0]));
  EXPECT_TRUE(a.is_above_floor(a.inputs[1]));
  EXPECT_EQ(a.dummies, 19 * study.inputs.size());
  EXPECT_GT(a.first_floor, a.first_noise);
  EXPECT_GT(a.delta_floor, a.delta_noise);
  EXPECT_LT(a.first_floor, 0.02);
  EXPECT_GT(a.inputs[0].delta.value, a.inputs[1].delta.value);
}

TEST(AnalysisTest, gives_groups_their_first_and_total_order_without_chance) {
  // By table: actors (inputs 0 to 3), commands (4), places (5), in the order of paths.
  const Study study = *make_study(rivals(3), Grouping::parameter);
  const Analysis single = analysed(study, 6000, 5, mixture);
  for (const auto& index : single.inputs) {
    ASSERT_TRUE(index.is_resampled);
    const double expected = std::vector<double>{0, 0.3, 0.2, 0.2, 0, 0}[index.input];
    EXPECT_NEAR(index.total.value, expected, 0.04) << index.input;
  }
  const Study by_table = *make_study(rivals(3), Grouping::table);
  const Analysis a = analysed(by_table, 24000, 5, mixture);
  const auto& actors = named(a.tables, "actors");
  EXPECT_EQ(actors.inputs, 4);
  EXPECT_TRUE(actors.is_resampled);
  expect_estimate(actors.first, 0.4, 0.04, "actors as one");
  expect_estimate(actors.total, 0.6, 0.04, "actors with all else");
  expect_estimate(actors.main_effects, 0.3, 0.03, "actors each alone");
  const auto& places = named(a.tables, "places");
  expect_estimate(places.first, 0, 0.02, "places as one");
  expect_estimate(places.total, 0, 0.02, "places with all else");
  EXPECT_FALSE(a.sources.front().is_resampled);
}

TEST(AnalysisTest, tells_sources_facts_and_assumptions_apart) {
  Study study = *make_study(rivals(3), Grouping::basis);
  const std::vector<std::vector<std::string>> rests = {{"assumed"}, {"other sources", "herald"}, {"herald"},
                                                       {"assumed"}, {"other sources"},           {"assumed"}};
  for (std::size_t i = 0; i < study.inputs.size(); ++i) {
    study.inputs[i].sources = rests[i];
    study.inputs[i].basis = i >= 3 ? "source:census; assumed: half of it" : "source:census";
  }
  study.groups = groups_of(study.inputs, Grouping::basis, study.war());
  ASSERT_EQ(study.groups.size(), 4U);
  const Analysis a = analysed(study, 6000, 5, mixture);
  ASSERT_EQ(a.drivers.size(), sensitivity::kDriverNames.size());
  const auto& driver = [](const Analysis& of, sensitivity::Driver d) {
    return of.drivers[static_cast<std::size_t>(d)];
  };
  expect_estimate(driver(a, sensitivity::Driver::word_of_sources), 0.2, 0.03, "account and claims");
  expect_estimate(driver(a, sensitivity::Driver::outside_sources), 0.2, 0.03, "outside sources");
  expect_estimate(driver(a, sensitivity::Driver::partly_assumed), 0, 0.03, "partly assumed");
  expect_estimate(driver(a, sensitivity::Driver::assumptions), 0, 0.03, "assumptions");
  int named = 0;  // of two that weigh the same chance puts one beyond the other in one study of twenty
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    named += analysed(study, 400, seed, mixture).main_driver != -1;
  }
  EXPECT_LE(named, 9);  // more: once in a thousand times
  const Analysis fact = analysed(study, 2000, 5, [](std::size_t account, const std::vector<double>& z, double chance) {
    return effect(account) + 2 * z[1] + chance;
  });
  EXPECT_EQ(fact.main_driver, static_cast<int>(sensitivity::Driver::outside_sources));
  const Analysis half = analysed(study, 2000, 5, [](std::size_t account, const std::vector<double>& z, double chance) {
    return effect(account) + 2 * z[4] + chance;
  });
  EXPECT_EQ(half.main_driver, static_cast<int>(sensitivity::Driver::partly_assumed));
  EXPECT_TRUE(analysed(*make_study(rivals(3), Grouping::table), 100, 5, mixture).drivers.empty());
}

TEST(AnalysisTest, gives_no_share_above_one) {
  const Study study = *make_study(rivals(1), Grouping::basis);
  const Analysis a = analysed(study, 25, 3, [](std::size_t, const std::vector<double>& z, double) { return z[1]; });
  for (const auto& e : {a.numbers, a.chance, a.main_effects, a.rests.front().main_effects, a.rests.front().first}) {
    EXPECT_LE(e.value, 1);
    EXPECT_LE(e.high, 1);
  }
}

TEST(AnalysisTest, the_parts_that_are_told_are_one_whole_within_their_intervals) {
  const Study study = *make_study(rivals(2), Grouping::table);
  bool was_negative = false;
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6}) {
    const Analysis a =
        analysed(study, 40, seed, [](std::size_t, const std::vector<double>& z, double) { return z[0]; });
    for (const auto& part : {a.account, a.numbers, a.both, a.chance}) {
      was_negative = was_negative || part.value < 0;
    }
    double sum = 0;
    for (const auto& part : {a.whole.account, a.whole.numbers, a.whole.both, a.whole.chance}) {
      EXPECT_GE(part.low, 0);
      EXPECT_LE(part.low, part.value);
      EXPECT_LE(part.value, part.high);
      EXPECT_LE(part.high, 1);
      sum += part.value;
    }
    EXPECT_NEAR(sum, 1, 1e-12);
  }
  EXPECT_TRUE(was_negative);
}

TEST(AnalysisTest, nothing_stands_out_where_all_is_chance_in_nineteen_of_twenty_studies) {
  const Study study = *make_study(rivals(2), Grouping::table);
  int first = 0;
  int delta = 0;
  constexpr int kStudies = 60;
  for (std::uint64_t seed = 0; seed < kStudies; ++seed) {
    const Analysis a = analysed(study, 40, seed, [](std::size_t, const auto&, double chance) { return chance; });
    const auto any = [&](auto&& exceeds) { return std::any_of(a.inputs.begin(), a.inputs.end(), exceeds) ? 1 : 0; };
    first += any([&](const auto& index) { return index.first.value > a.first_floor; });
    delta += any([&](const auto& index) { return index.delta_raw > a.delta_floor; });
  }
  EXPECT_LE(first, 9);  // 3 expected; 10 or more of 60 come once in a thousand
  EXPECT_LE(delta, 9);
}

TEST(AnalysisTest, tells_the_mean_of_each_account_and_what_is_left_without_it) {
  const Study study = *make_study(rivals(3), Grouping::table);
  // The third account stands alone.
  const Analysis a = analysed(study, 2000, 6, [](std::size_t account, const auto& z, double chance) {
    return (account == 2 ? 10 : 0) + z[1] + chance;
  });
  expect_estimate(a.accounts[0].mean, 0, 0.1, "first account");
  expect_estimate(a.accounts[2].mean, 10, 0.1, "third account");
  EXPECT_NEAR(a.accounts[2].share_without.value, 0, 0.01);
  EXPECT_NEAR(a.accounts[0].share_without.value, 25. / 27, 0.01);
  EXPECT_GT(a.account_less_numbers.low, 0);
}

TEST(AnalysisTest, without_accounts_that_compete_numbers_and_chance_are_all) {
  const Study study = *make_study(rivals(1), Grouping::table);
  const Analysis a = analysed(study, 2000, 6, [](std::size_t, const auto& z, double chance) { return z[1] + chance; });
  EXPECT_EQ(a.account.value, 0);
  EXPECT_NEAR(a.numbers.value, 0.5, 0.04);
  EXPECT_NEAR(a.chance.value, 0.5, 0.04);
  EXPECT_EQ(a.both.value, 0);
}

TEST(AnalysisTest, an_outcome_that_does_not_vary_has_no_shares) {
  const Study study = *make_study(rivals(2), Grouping::table);
  const Analysis a = analysed(study, 30, 1, [](std::size_t, const auto&, double) { return 0.1; });
  EXPECT_EQ(a.variance, 0);
  EXPECT_TRUE(a.inputs.empty());
  EXPECT_NEAR(a.mean.value, 0.1, 1e-12);
}

TEST(AnalysisTest, is_the_same_on_any_number_of_threads) {
  const Study study = *make_study(rivals(3), Grouping::table);
  const Outcomes outcomes = made(study, 60, 2, mixture);
  const Analysis one = analyse(study, {}, outcomes, 2, 1);
  const Analysis four = analyse(study, {}, outcomes, 2, 4);
  EXPECT_EQ(one.first_floor, four.first_floor);
  for (std::size_t i = 0; i < one.inputs.size(); ++i) {
    EXPECT_EQ(one.inputs[i].input, four.inputs[i].input);
    EXPECT_EQ(one.inputs[i].first.low, four.inputs[i].first.low);
    EXPECT_EQ(one.inputs[i].delta.high, four.inputs[i].delta.high);
  }
}

}  // namespace
}  // namespace truel::test
