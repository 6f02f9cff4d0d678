// The leap solver against what it approximates, and how its bias falls as the step gets shorter.
//
// The leap draws the kills of a step from the rates at its beginning, so that those who fall in it fire until it is
// over. How much that matters, in battles that the tests below repeat (they record the numbers as properties of the
// report):
//
// - 60 against 50 by aimed fire, 0.1 kills per fighter and day, a battle of 13 days. The exact chain leaves the larger
//   side 31.03 fighters in the mean; the leap leaves 1.8 too few with a step of a day, 1.0 with half a day, 0.56 with a
//   quarter (20,000 runs, standard error 0.08). Its chance to win is the chain's within a standard error of 0.0015.
// - The same with forces so large that chance plays no part, after 8 days: the larger side is 4.0 % too small with a
// step of
//   a day, 2.0 % with half a day, 1.0 % with a quarter, 0.5 % with an eighth.
//
// The bias is of first order in the step, and it is the share of a side that falls in one step that makes it: where a
// battle takes months, a step of a day is a small one.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "support/battle.hpp"
#include "support/markov_chain.hpp"
#include "support/outcomes.hpp"
#include "support/statistics.hpp"

namespace truel::test {
namespace {

using solver::SolveOptions;
using solver::SolverKind;

SolveOptions options_for(SolverKind kind, int steps_per_day, int days) {
  SolveOptions options{.solver = kind, .seed = 3, .every_days = days, .steps_per_day = steps_per_day};
  return options;
}

constexpr double kCounted = 1000;  ///< sides as large as this are too large for a table of their survivors

struct Endings {
  std::vector<Sample> left;
  std::vector<double> wins;
  std::vector<std::vector<double>> left_counts;  ///< [side][survivors]
  Sample duration;
};

Endings observe(const Battle& battle, SolverKind kind, int steps_per_day, int days, std::size_t runs) {
  const std::size_t sides = battle.strength.size();
  Endings seen{std::vector<Sample>(sides), std::vector<double>(sides), {}, {}};
  for (const double strength : battle.strength) {
    seen.left_counts.emplace_back(strength < kCounted ? static_cast<std::size_t>(strength) + 1 : 0, 0);
  }
  for (const solver::Run& run :
       solve_many(battle_war(battle, days).compile(), options_for(kind, steps_per_day, days), runs)) {
    const Ending end = ending(run, sides);
    double last = 0;
    for (std::size_t i = 0; i < sides; ++i) {
      seen.left[i].add(end.left[i]);
      if (!seen.left_counts[i].empty()) {
        seen.left_counts[i][static_cast<std::size_t>(end.left[i])] += 1;
      }
      seen.wins[i] += end.left[i] > 0;
      last = std::isnan(end.gone[i]) ? last : std::max(last, end.gone[i]);
    }
    seen.duration.add(last);
  }
  return seen;
}

const std::array<std::array<double, kSides>, kSides> kEachOther = {{{0, 1, 0}, {1, 0, 0}, {0, 0, 0}}};

Battle duel(double x, double y, double rate) {
  return {{x, y}, all_pairs(2, rate), even_shares(2)};
}

TEST(Leap, with_short_steps_winners_survivors_and_duration_are_those_of_the_chain) {
  const double rate = .03;
  const std::size_t runs = 8000;
  const ChainEnd chain = solve_chain({60, 50, 0}, aimed_fire({rate, rate, 0}, kEachOther));
  const Endings seen = observe(duel(60, 50, rate), SolverKind::leap, 8, 400, runs);
  expect_share(seen.wins[0], static_cast<double>(runs), chain.wins[0], "wins");
  for (const std::size_t i : {0, 1}) {
    expect_mean(seen.left[i], chain.survivors[i], "survivors");
    expect_distribution(seen.left_counts[i], chain.survivor_chance[i], static_cast<double>(runs), "survivors");
  }
  expect_mean(seen.duration, chain.duration, "duration");
}

TEST(Leap, with_short_steps_a_battle_of_three_ends_as_the_chain_has_it) {
  const std::array<double, kSides> rate = {.05, .04, .06};
  const std::array<std::array<double, kSides>, kSides> share = {{{0, .7, .3}, {.5, 0, .5}, {.2, .8, 0}}};
  const std::size_t runs = 8000;
  const ChainEnd chain = solve_chain({12, 11, 9}, aimed_fire(rate, share));
  Battle battle{{12, 11, 9}, all_pairs(3, 0), all_pairs(3, 0)};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      battle.rate[i][j] = rate[i];
      battle.share[i][j] = share[i][j];
    }
  }
  const Endings seen = observe(battle, SolverKind::leap, 16, 400, runs);
  const Endings exact = observe(battle, SolverKind::exact, 1, 400, runs);
  double somebody = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    somebody += seen.wins[i];
    EXPECT_NEAR(seen.left[i].mean(), exact.left[i].mean(),
                kStandardErrors * std::hypot(seen.left[i].se(), exact.left[i].se()));
    expect_share(seen.wins[i], static_cast<double>(runs), chain.wins[i], "wins");
    expect_mean(seen.left[i], chain.survivors[i], "survivors");
  }
  EXPECT_GT(somebody / static_cast<double>(runs), .99);  // two last fighters may shoot each other in one step
  EXPECT_NEAR(seen.duration.mean(), exact.duration.mean(),
              kStandardErrors * std::hypot(seen.duration.se(), exact.duration.se()));
}

TEST(Leap, its_bias_against_the_chain_is_halved_with_the_step) {
  const double rate = .1;
  const ChainEnd chain = solve_chain({60, 50, 0}, aimed_fire({rate, rate, 0}, kEachOther));
  std::map<int, double> bias, se;
  for (const int steps : {1, 2, 4}) {
    const Endings seen = observe(duel(60, 50, rate), SolverKind::leap, steps, 120, 20'000);
    bias[steps] = chain.survivors[0] - seen.left[0].mean();
    se[steps] = seen.left[0].se();
    expect_share(seen.wins[0], 20'000, chain.wins[0], "wins");
    RecordProperty("survivors_too_few_" + std::to_string(steps) + "_steps_a_day", std::to_string(bias[steps]));
  }
  EXPECT_GT(bias[1], 10 * se[1]);
  EXPECT_NEAR(bias[2], bias[1] / 2, kStandardErrors * std::hypot(se[2], se[1] / 2));
  EXPECT_NEAR(bias[4], bias[2] / 2, kStandardErrors * std::hypot(se[4], se[2] / 2));
}

// With large forces chance plays no part, and the order of the method shows without noise.
TEST(Leap, for_large_forces_it_is_the_mean_field_up_to_an_error_of_first_order) {
  const Battle battle = duel(6e6, 5e6, .1);
  const Ending exact = solve_battle(battle, 8);
  for (const std::size_t side : {0, 1}) {
    std::map<int, double> error;
    for (const int steps : {1, 2, 4, 8}) {
      error[steps] = observe(battle, SolverKind::leap, steps, 8, 64).left[side].mean() / exact.left[side] - 1;
      RecordProperty(
          "relative_error_of_side_" + std::to_string(side) + "_with_" + std::to_string(steps) + "_steps_a_day",
          std::to_string(error[steps]));
    }
    EXPECT_GT(std::abs(error[1]), .02);
    for (const int steps : {1, 2, 4}) {
      EXPECT_NEAR(error[steps] / error[2 * steps], 2, .2) << side << ' ' << steps;
    }
  }
}

// Immigration and death: R recruits a day, each fighter leaves at rate delta.
TEST(Leap, recruits_and_deserters_approach_the_moments_of_immigration_and_death) {
  const double stay = std::exp(-1);
  const double mean = 40 * stay + 30 * (1 - stay);
  const double variance = 40 * stay * (1 - stay) + 30 * (1 - stay);
  std::map<int, double> bias, se;
  for (const int steps : {1, 2, 32}) {
    WarBuilder war(10);
    war.ground("a").place("home", "a").place("town", "a").force("a", "home", 30).force("a", "town", 10);
    war.set("scenario.laws.recruitment.on", 1).set("scenario.laws.income.on", 1);
    war.set("actors.a.recruits_per_day", 3).set("actors.a.income", 0).set("actors.a.desertion_per_day", .1);
    Sample left;
    Sample squares;
    for (const solver::Run& run : solve_many(war.compile(), options_for(SolverKind::leap, steps, 10), 8000)) {
      const double n = run.of(0, ActorOutcome::final_fighters);
      left.add(n);
      squares.add((n - mean) * (n - mean));
    }
    bias[steps] = left.mean() - mean;
    se[steps] = left.se();
    if (steps == 32) {
      expect_mean(left, mean, "fighters");
      expect_mean(squares, variance, "variance");
    }
  }
  EXPECT_GT(std::abs(bias[1]), 10 * se[1]);
  EXPECT_NEAR(bias[2], bias[1] / 2, kStandardErrors * std::hypot(se[2], se[1] / 2));
}

TEST(Leap, a_tiring_battle_takes_the_rate_of_the_middle_of_each_step) {
  const int days = 12;
  const double t0 = .4;
  double mean = 0;
  for (int day = 0; day < days; ++day) {
    mean += 500 / std::log(std::exp(1) + (day + .5) / t0);
  }
  WarBuilder war(days);
  war.ground("a").ground("b").place("field", "a").force("a", "field", 100).force("b", "field", 5e6);
  war.set("actors.a.kill_rate", 5).set("scenario.laws.fire.fatigue_days", t0);
  Sample killed;
  for (const solver::Run& run : solve_many(war.compile(), options_for(SolverKind::leap, 1, days), 2000)) {
    killed.add(run.of(1, ActorOutcome::killed));
  }
  expect_mean(killed, mean, "killed");
}

/// Fire with hiding among people, recruits, deserters and an air arm at two places, no movement.
WarBuilder many_laws(double size, int days) {
  WarBuilder war(days);
  war.decide_every(7);
  war.ground("army").ground("rebels").ground("militia").air("jets");
  war.place("city", "army").place("hills", "rebels").place("camp", "militia");
  war.set("places.city.population", 40 * size).set("places.hills.population", 10 * size);
  war.force("army", "city", 4 * size).force("rebels", "city", 2 * size);
  war.force("rebels", "hills", 2 * size).force("militia", "hills", 1.5 * size).force("militia", "camp", size);
  war.support("rebels", "*", .5).support("army", "city", .3).support("militia", "*", .1);
  for (const char* law : {"recruitment", "income", "support", "strikes"}) {
    war.set(std::string("scenario.laws.") + law + ".on", 1);
  }
  war.set("scenario.laws.support.shift_per_harm", .2).set("scenario.laws.support.displaced_per_harm", .5);
  war.set("actors.army.kill_rate", .03).set("actors.rebels.kill_rate", .02).set("actors.militia.kill_rate", .025);
  war.set("actors.rebels.concealment", .8).set("actors.army.intelligence", .3);
  war.set("actors.rebels.recruitment_per_day", .002).set("actors.militia.recruits_per_day", .01 * size);
  war.set("actors.army.income", 3 * size).set("actors.army.desertion_per_day", .02);
  war.set("actors.jets.sorties_per_day", .01 * size).set("actors.jets.kills_per_sortie", .5);
  war.set("ties.jets.rebels.share", 1).align("army", "jets", 1).align("jets", "militia", 0);
  war.set("places.city.fortification", .3);
  return war;
}

TEST(Solvers, agree_on_large_forces_when_many_laws_act_at_once) {
  const double size = 20'000;
  const int days = 28;
  const CompiledModel model = many_laws(size, days).compile();
  const solver::Run expected = solve_one(model, options_for(SolverKind::mean_field, 1, 7));
  const std::vector<solver::Run> exact = solve_many(model, options_for(SolverKind::exact, 1, 7), 4);
  const std::vector<solver::Run> leap = solve_many(model, options_for(SolverKind::leap, 8, 7), 64);
  const auto mean = [](const std::vector<solver::Run>& runs, ActorIndex a, ActorOutcome o) {
    double sum = 0;
    for (const solver::Run& run : runs) {
      sum += run.of(a, o) / static_cast<double>(runs.size());
    }
    return sum;
  };
  for (const ActorIndex a : {0, 1, 2, 3}) {
    for (const ActorOutcome o :
         {ActorOutcome::final_fighters, ActorOutcome::killed, kRecruited, kDeserted, ActorOutcome::harm}) {
      const double value = expected.of(a, o);
      EXPECT_NEAR(mean(exact, a, o), value, .01 * value + 4 * std::sqrt(size / 4)) << "exact, actor " << a;
      EXPECT_NEAR(mean(leap, a, o), value, .01 * value + 4 * std::sqrt(size / 64)) << "leap, actor " << a;
    }
  }
  for (std::size_t d = 0; d < expected.losses.size(); ++d) {
    double sum = 0;
    for (const solver::Run& run : leap) {
      sum += run.losses[d] / 64;
    }
    EXPECT_NEAR(sum, expected.losses[d], .01 * expected.losses[d] + 4 * std::sqrt(size / 64)) << "pair " << d;
    EXPECT_NEAR(exact[0].losses[d], expected.losses[d], .01 * expected.losses[d] + 4 * std::sqrt(size)) << "pair " << d;
  }
  EXPECT_GT(expected.losses[1], size / 2);  // by the army, of the rebels: the war was worth comparing
}

// Nothing moves on the days that are left out: a battle fought to its end goes on as it was when a change revives it.
TEST(Leap, leaves_out_days_without_events_and_wakes_for_a_dated_change) {
  WarBuilder war(300);
  war.ground("a").ground("b").place("town", "a").force("a", "town", 50).force("b", "town", 1);
  war.set("actors.a.kill_rate", 1).set("actors.b.kill_rate", .1);
  war.arrive(200, "b", "town", 5);
  const solver::Run run = solve_one(war.compile(), {.every_days = 100});
  ASSERT_EQ(run.fighters.size(), 8U);
  EXPECT_EQ(run.fighters[5], 0);  // b on day 100
  EXPECT_EQ(run.fighters[6], 5);  // and 200
  EXPECT_EQ(run.fighters[7], 0);
  EXPECT_EQ(run.of(1, ActorOutcome::killed), 6);
  EXPECT_EQ(run.losses[1], 6);
}

}  // namespace
}  // namespace truel::test
