// Fire in salvos and in turns: duels and truels with their closed forms, and battles in whole steps against the
// difference equations.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <map>

#include "support/battle.hpp"
#include "support/outcomes.hpp"
#include "support/statistics.hpp"

namespace truel::test {
namespace {

using solver::SolverKind;

enum Timing { salvo = 1, turns = 2 };

constexpr int kDays = 400;

/// One man a side; everybody aims at the best other shot, who has the lowest index.
WarBuilder marksmen(const std::vector<double>& hit_chance, Timing timing) {
  const std::size_t n = hit_chance.size();
  Battle battle{std::vector<double>(n, 1), all_pairs(n, 0), all_pairs(n, 0)};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      battle.rate[i][j] = hit_chance[i];
    }
    battle.share[i][i == 0 ? 1 : 0] = 1;
  }
  return battle_war(battle, kDays).set("scenario.laws.fire.timing", timing);
}

WarBuilder& in_order(WarBuilder& war, const std::string& order) {
  for (std::size_t k = 0; k < order.size(); ++k) {
    war.set(std::string("actors.") + order[k] + ".turn", static_cast<double>(k));
  }
  return war;
}

struct Count {
  std::map<std::string, double> left;  ///< runs by who is left, such as "a" or ""
  Sample rounds;                       ///< until the last death
};

Count count(const WarBuilder& war, std::size_t sides, SolverKind kind = SolverKind::exact, std::size_t runs = kRuns) {
  Count seen;
  for (const solver::Run& run : solve_many(war.compile(), {.solver = kind, .seed = 33, .every_days = kDays}, runs)) {
    const Ending end = ending(run, sides);
    std::string left;
    double last = 0;
    for (std::size_t i = 0; i < sides; ++i) {
      if (end.left[i] > 0) {
        left += static_cast<char>('a' + i);
      } else {
        last = std::max(last, end.gone[i]);
      }
    }
    seen.left[left] += 1;
    seen.rounds.add(last);
  }
  return seen;
}

void expect_shares(Count seen, const std::map<std::string, double>& chances, const std::string& what) {
  double all = 0;
  for (const auto& [left, chance] : chances) {
    expect_share(seen.left[left], seen.rounds.n(), chance, what + ": left is '" + left + "'");
    all += seen.left[left];
  }
  EXPECT_EQ(all, seen.rounds.n()) << what;
}

TEST(Turns, the_first_shooter_of_a_duel_wins_with_the_geometric_chance) {
  for (const auto& [p, q] : {std::pair{.8, .5}, std::pair{.3, .9}, std::pair{1., .2}, std::pair{.05, .1}}) {
    const double first = p / (p + q - p * q);
    WarBuilder war = marksmen({p, q}, turns);
    expect_shares(count(in_order(war, "ab"), 2), {{"a", first}, {"b", 1 - first}}, "a first");
    const double second = q / (p + q - p * q);
    expect_shares(count(in_order(war, "ba"), 2), {{"a", 1 - second}, {"b", second}}, "b first");
  }
}

// Kilgour (1975): with these hit chances the worst shot does best to fire into the air while all three live.
TEST(Turns, a_truel_in_equilibrium_has_the_chances_of_its_chain) {
  WarBuilder war = marksmen({1, .8, .5}, turns);
  war.set("commands.c.abstention", 1);
  for (const char* order : {"abc", "acb", "cab"}) {
    expect_shares(count(in_order(war, order), 3), {{"a", .5}, {"b", 0}, {"c", .5}}, order);
  }
  for (const char* order : {"bac", "bca", "cba"}) {
    expect_shares(count(in_order(war, order), 3), {{"a", .1}, {"b", 16. / 45}, {"c", 49. / 90}}, order);
  }
}

TEST(Turns, equals_are_ordered_by_a_lot_of_the_realization) {
  WarBuilder war = marksmen({1, .8, .5}, turns);
  war.set("commands.c.abstention", 1);
  expect_shares(count(war, 3), {{"a", .3}, {"b", 8. / 45}, {"c", 47. / 90}}, "order by lot");
}

TEST(Turns, a_worst_shot_who_must_fire_does_worse) {
  WarBuilder war = marksmen({1, 2. / 3, 1. / 3}, turns);
  in_order(war, "cba");
  expect_share(count(war, 3).left["c"], kRuns, 59. / 189, "c is left");
  war.set("ties.c.a.share", 0).set("ties.c.b.share", 1);
  expect_share(count(war, 3).left["c"], kRuns, 50. / 189, "c is left");
  war.set("commands.c.abstention", 1);
  expect_share(count(war, 3).left["c"], kRuns, 25. / 63, "c is left");
}

TEST(Turns, pass_over_the_dead_and_end_with_the_last_enemy) {
  WarBuilder war = marksmen({1, 1, 1}, turns);
  in_order(war, "abc");  // a kills b; c, whose turn is next, kills a
  const Count seen = count(war, 3, SolverKind::exact, 50);
  EXPECT_EQ(seen.left.at("c"), 50);
  EXPECT_EQ(seen.rounds.mean(), 2);
}

TEST(Salvo, a_simultaneous_truel_has_the_chances_of_its_chain) {
  const Count seen = count(marksmen({.6, .5, .3}, salvo), 3);
  expect_shares(seen, {{"a", 49. / 344}, {"b", 7. / 43}, {"c", 97. / 172}, {"", 45. / 344}}, ".6 .5 .3");
  expect_mean(seen.rounds, 1015. / 516, "rounds");
  const Count sure = count(marksmen({1, .8, .5}, salvo), 3);
  expect_shares(sure, {{"a", 1. / 20}, {"b", 0}, {"c", .9}, {"", 1. / 20}}, "1 .8 .5");
  expect_mean(sure.rounds, 1.1, "rounds");
}

TEST(Salvo, two_sure_shots_kill_each_other) {
  const Count seen = count(marksmen({1, 1}, salvo), 2, SolverKind::leap, 50);
  EXPECT_EQ(seen.left.at(""), 50);
}

TEST(Rounds, are_the_same_in_the_leap_and_the_exact_solver) {
  for (const Timing timing : {salvo, turns}) {
    for (const double step : {1., .3, 2.5}) {
      WarBuilder war = battle_war({{40, 30, 20}, all_pairs(3, .07), even_shares(3)}, 60);
      war.set("scenario.laws.fire.timing", timing).set("scenario.laws.fire.step_days", step);
      const CompiledModel model = war.compile();
      for (const std::uint32_t number : {0, 1, 2, 3}) {
        solver::SolveOptions options;
        const solver::Run leap = solve_one(model, options, number);
        options.solver = SolverKind::exact;
        const solver::Run exact = solve_one(model, options, number);
        EXPECT_TRUE(leap.fighters == exact.fighters && leap.dyad_losses == exact.dyad_losses &&
                    leap.control == exact.control && leap.losses == exact.losses)
            << timing << " " << step;
        for (ActorIndex a = 0; a < 3; ++a) {
          const auto gone = [&](const solver::Run& run) { return run.of(a, ActorOutcome::extinction_day); };
          EXPECT_TRUE(gone(leap) == gone(exact) || (std::isnan(gone(leap)) && std::isnan(gone(exact))));
        }
      }
    }
  }
}

TEST(Rounds, come_every_step_whatever_the_days_between_stored_states) {
  // Each round a sure shot kills one of many.
  for (const auto& [step, rounds] : {std::pair{.3, 66.}, std::pair{1., 20.}, std::pair{7., 2.}, std::pair{.25, 80.}}) {
    Battle battle{{1, 100}, {{0, 1 / step}, {0, 0}}, even_shares(2)};
    WarBuilder war = battle_war(battle, 20);
    war.set("scenario.laws.fire.timing", salvo).set("scenario.laws.fire.step_days", step);
    for (const SolverKind kind : kAllSolvers) {
      for (const int every : {1, 3, 20}) {
        const solver::SolveOptions options{.solver = kind, .every_days = every};
        EXPECT_NEAR(ending(solve_one(war.compile(), options), 2).left[1], 100 - rounds, 1e-9) << step << " " << every;
      }
    }
  }
}

TEST(Rounds, of_the_mean_field_are_difference_equations) {
  double x = 1000;
  double y = 700;
  const int days = 12;
  for (int day = 0; day < days; ++day) {
    const double fire = .02 * x;
    x -= .05 * y;
    y -= fire;
  }
  WarBuilder war = battle_war({{1000, 700}, {{0, .02}, {.05, 0}}, even_shares(2)}, days);
  war.set("scenario.laws.fire.timing", salvo);
  const Ending end = ending(solve_one(war.compile(), {.solver = SolverKind::mean_field}), 2);
  EXPECT_NEAR(end.left[0], x, 1e-9 * x);
  EXPECT_NEAR(end.left[1], y, 1e-9 * y);
}

// A hidden b among 1000 people: of a's shots b's share hits, the rest are harm, which makes recruits for b.
TEST(Rounds, bring_the_recruits_that_their_harm_makes) {
  double x = 100;
  double y = 50;
  double harm = 0;
  for (int day = 0; day < 10; ++day) {
    const double shots = .1 * x;
    const double missed = shots * (1 - y / 1000);
    x -= .02 * y;
    y += .3 * missed - (shots - missed);
    harm += missed;
  }
  Battle battle{{100, 50}, {{0, .1}, {.02, 0}}, even_shares(2), {{0, 0}, {1, 0}}, 1000};
  WarBuilder war = battle_war(battle, 10);
  war.set("scenario.laws.fire.timing", salvo).set("scenario.laws.recruitment.on", 1);
  war.set("actors.b.recruits_per_harm", .3);
  const CompiledModel model = war.compile();
  solver::SolveOptions options{.solver = SolverKind::mean_field};
  const solver::Run run = solve_one(model, options);
  EXPECT_NEAR(run.of(0, ActorOutcome::final_fighters), x, 1e-9);
  EXPECT_NEAR(run.of(1, ActorOutcome::final_fighters), y, 1e-9);
  EXPECT_NEAR(run.of(0, ActorOutcome::harm), harm, 1e-9);
  EXPECT_NEAR(run.of(1, kRecruited), .3 * harm, 1e-9);
  options.solver = SolverKind::exact;
  Sample recruited;
  for (const solver::Run& one : solve_many(model, options, kRuns / 4)) {
    recruited.add(one.of(1, kRecruited) - .3 * one.of(0, ActorOutcome::harm));
  }
  expect_mean(recruited, 0, "recruits less their share of the harm");
}

TEST(Rounds, of_the_mean_field_tend_to_the_differential_equations_with_the_first_power_of_the_step) {
  const auto error = [](double step) {
    WarBuilder war = battle_war({{1000, 800}, {{0, .01}, {.02, 0}}, even_shares(2)}, 30);
    war.set("scenario.laws.fire.timing", salvo).set("scenario.laws.fire.step_days", step);
    return ending(solve_one(war.compile(), {.solver = SolverKind::mean_field}), 2).left[0] - 596.827969;
  };
  EXPECT_NEAR(error(1) / error(.5), 2, .05);
  EXPECT_NEAR(error(.5) / error(.25), 2, .05);
}

TEST(Rounds, end_a_force_at_the_threshold_and_share_its_dead_among_the_shooters) {
  Battle battle{{3, 6, 10}, all_pairs(3, 0), even_shares(3)};
  battle.rate[0][2] = 2;  // a hits 3 of c, b hits 6, one is left, below the threshold
  battle.rate[1][2] = 2;
  WarBuilder war = battle_war(battle, 5);
  war.set("scenario.laws.fire.timing", salvo).set("scenario.thresholds.extinction", 1.5);
  war.set("ties.a.b.share", 0).set("ties.a.c.share", .5).set("ties.b.a.share", 0).set("ties.b.c.share", .5);
  const solver::Run run = solve_one(war.compile(), {.solver = SolverKind::mean_field});
  EXPECT_EQ(run.of(2, ActorOutcome::final_fighters), 0);
  EXPECT_EQ(run.of(2, ActorOutcome::extinction_day), 1);
  EXPECT_NEAR(run.losses[2], 10. / 3, 1e-12);
  EXPECT_NEAR(run.losses[5], 20. / 3, 1e-12);
}

TEST(Rounds, of_the_stochastic_solvers_have_the_mean_and_the_spread_of_independent_shots) {
  // 50 men, three shots each where the kill rate is 2.4: chance .8 a shot.
  Battle battle{{50, 100'000}, {{0, 2.4}, {0, 0}}, even_shares(2)};
  WarBuilder war = battle_war(battle, 1);
  war.set("scenario.laws.fire.timing", salvo);
  Sample dead;
  for (const solver::Run& run : solve_many(war.compile(), {}, kRuns)) {
    dead.add(run.of(1, ActorOutcome::killed));
  }
  expect_mean(dead, 120, "killed");
  EXPECT_NEAR(dead.variance(), 150 * .8 * .2, 4 * 24 * std::sqrt(2. / kRuns));
}

TEST(Rounds, share_overkill_among_the_shooters_by_their_hits) {
  Battle battle{{2, 1, 1}, all_pairs(3, 0), even_shares(3)};
  battle.rate[0][2] = battle.rate[1][2] = 1;
  WarBuilder war = battle_war(battle, 1);
  war.set("scenario.laws.fire.timing", salvo);
  war.set("ties.a.b.share", 0).set("ties.a.c.share", 1).set("ties.b.a.share", 0).set("ties.b.c.share", 1);
  double by_a = 0;
  for (const solver::Run& run : solve_many(war.compile(), {}, kRuns)) {
    EXPECT_EQ(run.of(2, ActorOutcome::killed), 1);
    EXPECT_EQ(run.losses[2] + run.losses[5], 1);
    by_a += run.losses[2];
  }
  expect_share(by_a, kRuns, 2. / 3, "killed by the two of a");
}

TEST(Abstention, lets_others_fight_it_out_and_ends_with_the_last_enemy) {
  // a and b fight at once; c, who abstains, fires when one is left.
  Battle battle{{50, 100, 10}, all_pairs(3, .01), even_shares(3)};
  WarBuilder war = battle_war(battle, 2000);
  war.set("commands.c.abstention", 1).set("ties.a.b.share", 1).set("ties.a.c.share", 0);
  war.set("ties.b.a.share", 1).set("ties.b.c.share", 0);
  const solver::Run run = solve_one(war.compile(), {.solver = SolverKind::mean_field});
  EXPECT_EQ(run.losses[6], 0);  // of a by c
  // b is left with sqrt(100^2 - 50^2), then has c's ten against it.
  const double b = std::sqrt(7500.);
  EXPECT_NEAR(run.of(1, ActorOutcome::final_fighters), std::sqrt(b * b - 100), 1e-4);
  EXPECT_NEAR(run.losses[7], b - std::sqrt(b * b - 100), 1e-4);
}

RC_GTEST_PROP(Rounds, do_not_depend_on_the_names_of_the_actors, ()) {
  std::array<std::size_t, 3> to{0, 1, 2};
  for (std::size_t k = 2; k > 0; --k) {
    std::swap(to.at(k), to.at(*rc::gen::inRange<std::size_t>(0, k + 1)));
  }
  const auto percent = [](int least, int most) { return .01 * *rc::gen::inRange(least, most); };
  Battle one{std::vector<double>(3), all_pairs(3, 0), all_pairs(3, 0)};
  Battle other = one;
  for (std::size_t i = 0; i < 3; ++i) {
    one.strength[i] = other.strength[to.at(i)] = *rc::gen::inRange(1, 60);
    for (std::size_t j = 0; j < 3; ++j) {
      one.rate[i][j] = other.rate[to.at(i)][to.at(j)] = percent(0, 30);
      one.share[i][j] = other.share[to.at(i)][to.at(j)] = percent(1, 50);
    }
  }
  const int timing = *rc::gen::inRange(1, 3);
  const auto end = [&](const Battle& battle, bool is_other) {
    WarBuilder war = battle_war(battle, 30);
    war.set("scenario.laws.fire.timing", timing);
    for (std::size_t i = 0; i < 3; ++i) {
      const char name = static_cast<char>('a' + (is_other ? to.at(i) : i));
      war.set(std::string("actors.") + name + ".turn", static_cast<double>(i));
    }
    return ending(solve_one(war.compile(), {.solver = SolverKind::mean_field}), 3).left;
  };
  const std::vector<double> left = end(one, false);
  const std::vector<double> left_other = end(other, true);
  for (std::size_t i = 0; i < 3; ++i) {
    RC_ASSERT(std::abs(left[i] - left_other[to.at(i)]) <= 1e-9 * one.strength[i]);
  }
}

}  // namespace
}  // namespace truel::test
