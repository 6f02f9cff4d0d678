// The design of an ensemble: which values the uncertain parameters take in each realization.
#include "truel/ensemble/design/design.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include "ensemble/design_correlations.hpp"
#include "support/solve.hpp"
#include "support/statistics.hpp"
#include "support/war_builder.hpp"
#include "truel/base/random.hpp"
#include "truel/ensemble/design/point_set.hpp"
#include "truel/ensemble/summary/moments.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::test {
namespace {

using ensemble::kReplicates;
using ensemble::kSetDimensions;
using ensemble::Moments;

/// In the order in which a war lists its numbers, so that the first four share a set.
constexpr std::array kUncertain = {"scenario.thresholds.ally", "actors.a.kill_rate",    "actors.a.supply",
                                   "actors.b.kill_rate",       "actors.b.concealment",  "actors.b.horizon",
                                   "commands.a.temperature",   "places.home.population"};

Distribution uniform(double a, double b) {
  return {.kind = DistributionKind::uniform, .a = a, .b = b};
}

WarBuilder two_sides() {
  WarBuilder war(10);
  war.ground("a").ground("b").place("home", "a");
  return war;
}

constexpr double kLeast = 1e-6;  ///< a temperature is above 0

/// A war with the first n of kUncertain uniform between kLeast and 1.
WarBuilder uncertain_war(std::size_t n) {
  WarBuilder war = two_sides();
  for (std::size_t i = 0; i < n; ++i) {
    war.set(kUncertain[i], uniform(kLeast, 1));
  }
  return war;
}

/// value[realization][uncertain parameter], in the order of kUncertain.
std::vector<std::vector<double>> draws(const CompiledModel& model, std::uint64_t seed, std::uint32_t runs) {
  std::vector<std::vector<double>> result;
  std::vector<double> values(model.war().parameters.size());
  for (std::uint32_t number = 0; number < runs; ++number) {
    ensemble::draw_parameters(model, seed, number, values);
    result.emplace_back();
    for (const char* path : kUncertain) {
      result.back().push_back((values[at(model.war().find_parameter(path))] - kLeast) / (1 - kLeast));
    }
  }
  return result;
}

TEST(Design, a_choice_among_values_takes_each_equally_often_in_whole_designs) {
  WarBuilder war = two_sides();
  war.set("actors.a.horizon", {.kind = DistributionKind::either, .among = {0.25, 0.5, 0.75, 1}});
  war.set("ties.a.b.alignment", {.kind = DistributionKind::either, .among = {-1, 1}});
  const CompiledModel model = war.compile();
  const int alignment = model.war().find_parameter("ties.a.b.alignment");
  const int horizon = model.war().find_parameter("actors.a.horizon");
  std::vector<double> values(model.war().parameters.size());
  for (const std::uint32_t runs : {256U, 512U, 1024U}) {
    std::map<std::pair<double, double>, std::uint32_t> seen;
    for (std::uint32_t number = 0; number < runs; ++number) {
      ensemble::draw_parameters(model, 5, number, values);
      ++seen[{values[at(horizon)], values[at(alignment)]}];
    }
    ASSERT_EQ(seen.size(), 8U);
    for (const auto& [pair, count] : seen) {
      EXPECT_EQ(count, runs / 8) << pair.first << " and " << pair.second << " in " << runs;
    }
  }
}

TEST(Design, in_each_replicate_whole_designs_fill_equal_bins_once_in_every_dimension) {
  const CompiledModel model = uncertain_war(8).compile();
  for (const std::uint64_t seed : {1, 7, 123456}) {
    const auto points = draws(model, seed, 256 * kReplicates);
    for (const std::uint32_t n : {32U, 64U, 128U, 256U}) {
      for (std::size_t dimension = 0; dimension < kUncertain.size(); ++dimension) {
        for (std::uint32_t replicate = 0; replicate < kReplicates; ++replicate) {
          std::set<int> bins;
          for (std::uint32_t index = 0; index < n; ++index) {
            bins.insert(static_cast<int>(points[index * kReplicates + replicate][dimension] * n));
          }
          EXPECT_EQ(bins.size(), n) << "dimension " << dimension << ", seed " << seed << ", replicate " << replicate;
        }
      }
    }
  }
}

TEST(Design, two_dimensions_of_a_set_are_filled_more_evenly_than_by_chance_and_those_of_two_sets_as_by_chance) {
  const auto points = draws(uncertain_war(8).compile(), 5, 1024);
  Sample across;
  for (std::size_t i = 0; i < kUncertain.size(); ++i) {
    for (std::size_t j = i + 1; j < kUncertain.size(); ++j) {
      double squares = 0;
      std::array<double, 64> counts{};
      for (const auto& point : points) {
        counts[static_cast<std::size_t>(point[i] * 8) * 8 + static_cast<std::size_t>(point[j] * 8)] += 1;
      }
      for (const double count : counts) {
        squares += (count - 16) * (count - 16);
      }
      // By chance: 63 degrees of freedom, less those that even margins leave: 49.
      if (i / 4 == j / 4) {
        EXPECT_LT(squares / 16, 49 / 4.) << i << ' ' << j;
      } else {
        across.add(squares / 16);
      }
    }
  }
  expect_mean(across, 49, "chi-square of dimensions of two sets");
}

TEST(Design, a_mean_over_it_converges_faster_than_over_random_points) {
  const CompiledModel model = uncertain_war(8).compile();
  Sample errors;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    double mean = 0;
    for (const auto& point : draws(model, seed, 1024)) {
      double product = 1;
      for (std::size_t d = 0; d < 4; ++d) {
        product *= 2 * point[d];
      }
      mean += product / 1024;
    }
    errors.add((mean - 1) * (mean - 1));
  }
  const double variance_at_random = (std::pow(4. / 3, 4) - 1) / 1024;
  EXPECT_LT(errors.mean(), variance_at_random / 10);
}

// The error that the spread of the replicates' means tells is the true one. As for independent draws it would be
// several times too large for a smooth outcome.
TEST(Design, the_error_of_a_mean_is_estimated_as_it_is) {
  const CompiledModel model = uncertain_war(8).compile();
  Sample errors;
  Sample estimated;
  Sample presumed;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    Moments moments;
    Sample independent;
    const auto points = draws(model, seed, 512);
    for (std::uint32_t r = 0; r < points.size(); ++r) {
      const std::vector<double>& x = points[r];
      const double outcome = x[0] + x[1] * x[5] + x[6] * x[7];
      moments.add(outcome, r);
      independent.add(outcome);
    }
    errors.add(moments.mean() - 1);
    estimated.add(moments.se() * moments.se());
    presumed.add(independent.se() * independent.se());
  }
  EXPECT_NEAR(estimated.mean() / errors.variance(), 1, 4 * std::sqrt(2. / 149 + 2. / 7 / 150));
  EXPECT_GT(presumed.mean() / errors.variance(), 4);
}

// Numbers that go together by chance of the design are taken for one another by whatever reads the draws. The greatest
// of half a million correlations says little of one seed: the mean of their squares, times the number of runs, is 1 for
// independent draws to a fifth of a percent, and more by one for every block of points that is put in order by itself.
TEST(Design, numbers_of_the_reference_scenario_are_no_more_correlated_than_independent_ones) {
  auto war = scenario::read(std::filesystem::path(TRUEL_SOURCE_DIR) / "scenarios" / "syria-2016");
  ASSERT_TRUE(war);
  const auto model = compile(std::make_shared<const War>(std::move(*war)));
  ASSERT_TRUE(model);
  ASSERT_GT(model->uncertain().size(), 900U);
  // More seeds, and all numbers in 10,000 runs: truel_design_correlations.
  for (const auto& [runs, stride, seeds] : {std::tuple{256U, 1U, 5U}, {1024U, 1U, 3U}, {10'000U, 7U, 1U}}) {
    Sample independent;
    const double numbers = std::ceil(static_cast<double>(model->uncertain().size()) / static_cast<double>(stride));
    for (std::uint32_t seed = 1; seed <= (runs > 1024 ? 5 : 20); ++seed) {
      independent.add(independent_draws(*model, seed, runs, stride).greatest());
    }
    Sample design;
    for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
      const RankCorrelations draws = design_draws(*model, seed, runs, stride);
      design.add(draws.greatest());
      EXPECT_LE(draws.mean_square() * runs, greatest_mean_square(runs, numbers)) << runs << " runs, seed " << seed;
    }
    EXPECT_LE(design.mean(),
              independent.mean() + 3 * std::sqrt(independent.variance() * (1. / seeds + 1 / independent.n())))
        << runs << " runs";
  }
}

// Two numbers of different sets correlate by chance in the first 32 points of a replicate, and in the next 32. Were
// both in the same order, it would be the same chance twice.
TEST(Design, the_first_points_of_a_replicate_and_the_next_are_in_orders_of_their_own) {
  int in_the_same_place = 0;
  constexpr std::uint32_t kSets = 64;
  for (std::uint32_t set = 0; set < kSets; ++set) {
    const auto first = [&](std::uint32_t index) { return ensemble::sobol_point(1, set, index * kReplicates)[0] >> 27; };
    // Points 32 to 63 of the sequence are points 0 to 31 moved by the same bits: where 32 takes place 0.
    for (std::uint32_t index = 1; index < 32; ++index) {
      in_the_same_place += (first(index) ^ first(0)) == (first(index + 32) ^ first(32));
    }
  }
  EXPECT_NEAR(in_the_same_place, kSets, 5 * std::sqrt(kSets)) << "one in 31 by chance";
}

TEST(Design, each_replicate_of_a_set_takes_the_points_of_the_sobol_sequence) {
  for (const std::uint32_t n : {32U, 64U, 512U}) {
    std::multiset<std::array<std::uint32_t, kSetDimensions>> expected = {{0, 0, 0, 0}};
    boost::random::sobol sequence(kSetDimensions);
    while (expected.size() < n) {
      std::array<std::uint32_t, kSetDimensions> point;
      for (std::uint32_t& x : point) {
        x = static_cast<std::uint32_t>(sequence() >> 32);
      }
      expected.insert(point);
    }
    for (const std::uint32_t replicate : {0U, 7U}) {
      std::multiset<std::array<std::uint32_t, kSetDimensions>> points;
      for (std::uint32_t index = 0; index < n; ++index) {
        points.insert(ensemble::sobol_point(9, 3, index * kReplicates + replicate));
      }
      EXPECT_EQ(points, expected) << n;
    }
  }
}

TEST(Design, the_order_within_a_set_is_a_random_permutation) {
  for (const std::uint32_t bits : {2U, 5U, 6U, 11U}) {
    std::set<std::uint32_t> reached;
    for (std::uint32_t index = 0; index < 1U << bits; ++index) {
      reached.insert(ensemble::permuted(4, 1, 2, 3, bits, index));
    }
    EXPECT_EQ(reached.size(), 1U << bits);
    EXPECT_EQ(*reached.rbegin(), (1U << bits) - 1);
  }
  // Where neighbours go: every pair of different places has the same chance.
  constexpr std::uint32_t kSeeds = 20'000;
  std::vector<double> counts(32 * 32, 0);
  std::vector<double> chances(32 * 32, 1. / (32 * 31));
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    counts[ensemble::permuted(seed, 0, 0, 0, 5, 6) * 32 + ensemble::permuted(seed, 0, 0, 0, 5, 7)] += 1;
  }
  for (std::size_t k = 0; k < 32; ++k) {
    EXPECT_EQ(counts[k * 33], 0);
    chances[k * 33] = 0;
  }
  expect_distribution(counts, chances, kSeeds, "places of two neighbours");
}

TEST(Design, scrambling_keeps_how_many_leading_bits_two_coordinates_share_and_is_uniform) {
  const auto leading = [](double x, int bits) { return std::floor(std::ldexp(x, bits)); };
  std::vector<double> counts(64, 0);
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    RandomStream random(seed, 0, 0, Purpose::events, 0);
    const std::uint32_t x = random();
    const int shared = static_cast<int>(seed % 32);
    const std::uint32_t tail = random();
    const std::uint32_t y = (x ^ 1U << (31 - shared)) ^ (shared == 31 ? 0 : tail >> (shared + 1));
    const double one = ensemble::scrambled(seed, 5, 11, x);
    const double other = ensemble::scrambled(seed, 5, 11, y);
    EXPECT_EQ(leading(one, shared), leading(other, shared));
    EXPECT_NE(leading(one, shared + 1), leading(other, shared + 1));
    EXPECT_NE(one, ensemble::scrambled(seed, 5, 12, x)) << "another replicate";
    EXPECT_NE(one, ensemble::scrambled(seed, 6, 11, x)) << "another dimension";
    counts[static_cast<std::size_t>(ensemble::scrambled(seed, 5, 11, 12345) * 64)] += 1;
  }
  expect_distribution(counts, std::vector<double>(64, 1. / 64), 3000, "a coordinate over seeds");
}

RC_GTEST_PROP(DesignProperty, a_draw_depends_on_seed_and_number_alone, ()) {
  static const CompiledModel model = uncertain_war(8).compile();
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const auto number = *rc::gen::inRange<std::uint32_t>(0, 1'000'000);
  const auto other = *rc::gen::inRange<std::uint32_t>(0, 1'000'000);
  std::vector<double> first(model.war().parameters.size(), -5);
  std::vector<double> second(model.war().parameters.size(), 9);
  std::vector<double> between(model.war().parameters.size());
  ensemble::draw_parameters(model, seed, number, first);
  ensemble::draw_parameters(model, seed, other, between);
  ensemble::draw_parameters(model, seed, number, second);
  const auto same = [](const std::vector<double>& x, const std::vector<double>& y) {
    return std::equal(x.begin(), x.end(), y.begin(),
                      [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); });
  };
  RC_ASSERT(same(first, second));
  RC_ASSERT(number == other || !same(first, between));
  ensemble::draw_parameters(model, seed + 1, number, between);
  RC_ASSERT(!same(first, between));
}

TEST(Design, accounts_share_the_draws_of_the_parameters_they_share) {
  // The package has four uncertain numbers. One account fixes the first and makes another uncertain that is certain in
  // the package: the other three keep their draws.
  auto package = std::make_shared<War>(*uncertain_war(4).build());
  auto account = std::make_shared<War>(*package);
  Parameter& fixed = account->parameters[at(account->find_parameter(kUncertain[0]))];
  fixed.distribution = {DistributionKind::value, .25, 0, 0};
  Parameter& added = account->parameters[at(account->find_parameter(kUncertain[4]))];
  added.distribution = uniform(0, 1);
  const auto one = draws(*compile(package), 3, 50);
  const auto two = draws(*compile(account), 3, 50);
  for (std::size_t r = 0; r < one.size(); ++r) {
    EXPECT_NEAR(two[r][0], .25, 1e-6);  // as a fraction of the range
    for (const std::size_t shared : {1, 2, 3}) {
      EXPECT_EQ(two[r][shared], one[r][shared]);
    }
    EXPECT_EQ(one[r][4], one[0][4]);
  }
  std::set<double> seen;
  for (const auto& point : two) {
    seen.insert(point[4]);
  }
  EXPECT_EQ(seen.size(), two.size());
}

TEST(Design, an_account_that_makes_a_number_uncertain_does_not_move_the_draws_of_the_package) {
  // As the reader leaves it: a number uncertain in some account has its place in the design of every account.
  auto package = std::make_shared<War>(*uncertain_war(3).build());
  package->parameters[at(package->find_parameter(kUncertain[1]))].distribution = {DistributionKind::value, 1, 0, 0};
  auto account = std::make_shared<War>(*package);
  account->parameters[at(account->find_parameter(kUncertain[1]))].distribution = uniform(0, 1);
  const auto one = draws(*compile(package), 3, 20);
  const auto two = draws(*compile(account), 3, 20);
  for (std::size_t r = 0; r < one.size(); ++r) {
    EXPECT_EQ(one[r][0], two[r][0]);
    EXPECT_EQ(one[r][2], two[r][2]);
  }
}

TEST(Design, a_number_that_a_setting_makes_uncertain_draws_the_same_whatever_else_is_set) {
  const auto package = uncertain_war(3).build();
  auto one = std::make_shared<War>(*package);
  one->parameters[at(one->find_parameter(kUncertain[4]))].distribution = uniform(0, 1);
  auto both = std::make_shared<War>(*one);
  both->parameters[at(both->find_parameter(kUncertain[3]))].distribution = uniform(0, 1);
  const auto alone = draws(*compile(one), 3, 20);
  const auto beside = draws(*compile(both), 3, 20);
  for (std::size_t r = 0; r < alone.size(); ++r) {
    EXPECT_EQ(alone[r][4], beside[r][4]);
    EXPECT_NE(beside[r][3], beside[r][4]);
  }
}

TEST(Design, draws_are_of_the_distribution_cut_off_at_the_bounds_of_the_parameter) {
  WarBuilder war = two_sides();
  war.set("actors.a.horizon", Distribution{DistributionKind::normal, .5, 2, 0});       // a share
  war.set("actors.a.kill_rate", Distribution{DistributionKind::lognormal, 1, 50, 0});  // at most 1000
  const CompiledModel model = war.compile();
  std::vector<double> values(model.war().parameters.size());
  std::set<double> shares;
  int below_tenth = 0;
  for (std::uint32_t number = 0; number < 512; ++number) {
    ensemble::draw_parameters(model, 1, number, values);
    const double share = values[at(model.war().find_parameter("actors.a.horizon"))];
    const double rate = values[at(model.war().find_parameter("actors.a.kill_rate"))];
    ASSERT_TRUE(share > 0 && share < 1);
    ASSERT_TRUE(rate > 0 && rate < 1000);
    shares.insert(share);
    below_tenth += share < .1;
  }
  EXPECT_EQ(shares.size(), 512U) << "none is drawn twice, least of all a bound";
  EXPECT_NEAR(below_tenth, 51, 3);  // the normal is nearly flat between 0 and 1
}

TEST(Design, numbers_that_are_certain_are_what_the_scenario_says) {
  WarBuilder war = uncertain_war(2);
  war.set("actors.b.supply", 3.5);
  const CompiledModel model = war.compile();
  std::vector<double> values(model.war().parameters.size());
  ensemble::draw_parameters(model, 1, 77, values);
  const std::set<int> uncertain(model.uncertain().begin(), model.uncertain().end());
  EXPECT_EQ(uncertain.size(), 2);
  EXPECT_EQ(values[at(model.war().find_parameter("actors.b.supply"))], 3.5);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double given = model.war().parameters[i].distribution.a;
    EXPECT_TRUE(uncertain.contains(static_cast<int>(i)) || values[i] == given || std::isnan(given)) << i;
  }
}

TEST(Design, draws_have_the_distribution_that_the_scenario_gives) {
  struct Row {
    Distribution distribution;
    double mean, median;
  };
  for (const Row& row :
       {Row{uniform(2, 6), 4, 4}, Row{{DistributionKind::loguniform, 1, 100, 0}, 99 / std::log(100.), 10},
        Row{{DistributionKind::normal, 50, 5, 0}, 50, 50},
        Row{{DistributionKind::lognormal, 10, 2, 0}, 10 * std::exp(std::log(2.) * std::log(2.) / 2), 10},
        Row{{DistributionKind::triangular, 0, 3, 6}, 3, 3}}) {
    WarBuilder war = two_sides();
    war.set("actors.a.supply", row.distribution);
    const CompiledModel model = war.compile();
    std::vector<double> values(model.war().parameters.size());
    std::vector<double> seen;
    Sample sample;
    for (std::uint32_t number = 0; number < 1024; ++number) {
      ensemble::draw_parameters(model, 2, number, values);
      seen.push_back(values[at(model.war().find_parameter("actors.a.supply"))]);
      sample.add(seen.back());
    }
    std::sort(seen.begin(), seen.end());
    EXPECT_NEAR(seen[512], row.median, .01 * row.median);
    EXPECT_NEAR(sample.mean(), row.mean, .01 * row.mean);
  }
}

}  // namespace
}  // namespace truel::test
