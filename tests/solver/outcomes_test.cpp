// What is kept of a realization: who survived, who collapsed and when, who held what.
#include "support/outcomes.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

using solver::SolveOptions;
using solver::SolverKind;

/// a holds the town with 100 men; b stands beside with more. Only dated changes move anything.
WarBuilder quiet(int days = 30) {
  WarBuilder war(days);
  war.default_alignment(0).ground("a").ground("b").place("town", "a").place("camp", "b");
  return war.force("a", "town", 100).force("b", "camp", 500);
}

TEST(StoredDays, are_the_multiples_of_the_interval_and_the_last_day) {
  SolveOptions options{.every_days = 7};
  EXPECT_EQ(solver::stored_days(quiet(30).compile(), options), (std::vector<int>{0, 7, 14, 21, 28, 30}));
  EXPECT_EQ(solver::stored_days(quiet(28).compile(), options), (std::vector<int>{0, 7, 14, 21, 28}));
  options.every_days = 100;
  EXPECT_EQ(solver::stored_days(quiet(30).compile(), options), (std::vector<int>{0, 30}));
}

TEST(Collapse, needs_both_the_loss_of_all_places_and_of_nearly_all_men) {
  struct Row {
    double left;
    bool keeps_a_place, survives;
  };
  for (const Row& row : {Row{100, true, true}, Row{1, true, true}, Row{0, true, true}, Row{6, false, true},
                         Row{5, false, true}, Row{4, false, false}, Row{0, false, false}}) {
    WarBuilder war = quiet();
    war.leave(3, "a", "town", 100 - row.left);
    if (!row.keeps_a_place) {
      // b takes the town when the last of a's men there are gone; those who are left stand at b's camp.
      war = WarBuilder(30);
      war.default_alignment(0).ground("a").ground("b").place("town", "a").place("camp", "b");
      war.force("a", "town", 100 - row.left).force("b", "town", 10).force("b", "camp", 10);
      if (row.left > 0) {
        war.force("a", "camp", row.left);
      }
      war.change(2, "ties.a.b.alignment", -1).leave(3, "a", "town", 1000).set("scenario.laws.fire.on", 0);
    }
    const solver::Run run = solve_one(war.compile(), {});
    EXPECT_EQ(run.of(kA, ActorOutcome::first_fighters), 100);
    EXPECT_EQ(run.of(kA, ActorOutcome::final_fighters), row.left);
    EXPECT_EQ(run.of(kA, ActorOutcome::survives), row.survives ? 1 : 0) << row.left << ' ' << row.keeps_a_place;
    if (row.survives) {
      EXPECT_TRUE(std::isnan(run.of(kA, ActorOutcome::collapse_day)));
    } else {
      EXPECT_EQ(run.of(kA, ActorOutcome::collapse_day), 3);
    }
  }
}

WarBuilder guest_without_land(int days = 30) {
  WarBuilder war(days);
  return war.default_alignment(0).ground("a").ground("b").place("camp", "b").force("b", "camp", 10);
}

TEST(Collapse, is_undone_by_a_return) {
  WarBuilder war = guest_without_land();
  war.force("a", "camp", 100).leave(3, "a", "*", 100).arrive(10, "a", "camp", 50);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_EQ(run.of(kA, ActorOutcome::survives), 1);
  EXPECT_TRUE(std::isnan(run.of(kA, ActorOutcome::collapse_day)));
  war.leave(20, "a", "*", 49);
  const solver::Run again = solve_one(war.compile(), {});
  EXPECT_EQ(again.of(kA, ActorOutcome::survives), 0);
  EXPECT_EQ(again.of(kA, ActorOutcome::collapse_day), 20);
}

TEST(Collapse, of_one_who_came_late_is_measured_by_what_came) {
  WarBuilder war = guest_without_land();
  EXPECT_TRUE(std::isnan(solve_one(war.compile(), {}).of(kA, ActorOutcome::survives)));  // it is never in the war
  war.arrive(5, "a", "camp", 200).leave(8, "a", "*", 191);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_EQ(run.of(kA, ActorOutcome::survives), 0);  // 9 of 200
  EXPECT_EQ(run.of(kA, ActorOutcome::collapse_day), 8);
}

TEST(Collapse, of_one_who_held_land_without_men_comes_with_its_last_place) {
  WarBuilder war(30);
  war.default_alignment(0).ground("a").ground("b").place("town", "a").force("b", "town", 5);
  EXPECT_EQ(solve_one(war.compile(), {}).of(kA, ActorOutcome::survives), 1);
  war.change(4, "ties.a.b.alignment", -1);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_EQ(run.of(kA, ActorOutcome::survives), 0);
  EXPECT_EQ(run.of(kA, ActorOutcome::collapse_day), 4);
}

TEST(Collapse, of_one_who_began_with_recruits_alone_is_measured_by_them) {
  WarBuilder war = guest_without_land(40);
  war.place("border", "a").set("scenario.laws.recruitment.on", 1).set("actors.a.recruits_per_day", 10);
  war.arrive(20, "b", "border", 500).change(20, "ties.a.b.alignment", -1);
  war.set("actors.b.kill_rate", 1).decide_every(5);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_GT(run.of(kA, kRecruited), 100);
  EXPECT_EQ(run.of(kA, ActorOutcome::survives), 0);
}

TEST(Collapse, follows_the_fraction_of_the_scenario) {
  for (const auto& [fraction, survives] : {std::pair{.4, 0.}, std::pair{.3, 1.}}) {
    WarBuilder war = guest_without_land();
    war.force("a", "camp", 100).leave(3, "a", "*", 65).set("scenario.thresholds.collapse_fraction", fraction);
    EXPECT_EQ(solve_one(war.compile(), {}).of(kA, ActorOutcome::survives), survives);
  }
}

TEST(Outcome, counts_men_on_the_road_as_alive) {
  WarBuilder war(30);
  war.decide_every(7).ground("a").ground("b").place("home", "a").place("town", "b").road("home", "town", 300);
  war.force("a", "home", 100).set("scenario.laws.operations.on", 1).set("actors.a.speed_km_per_day", 10);
  war.set("commands.a.reach_km", 400).set("commands.b.attack_ratio", 100);
  const solver::Run run = solve_one(war.compile(), {.every_days = 1});
  for (std::size_t day = 0; day <= 30; ++day) {
    EXPECT_EQ(run.fighters[day], 100.F);
  }
}

TEST(Outcome, shares_of_people_and_value_are_of_the_whole_map) {
  WarBuilder war = quiet();
  war.place("nobodys").set("places.nobodys.population", 500).set("places.nobodys.value", 5);
  war.set("places.town.population", 1000).set("places.town.value", 2).set("places.camp.population", 500);
  war.set("places.camp.value", 3);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_DOUBLE_EQ(run.of(kA, ActorOutcome::population_share), .5);
  EXPECT_DOUBLE_EQ(run.of(kA, ActorOutcome::value_share), .2);
  EXPECT_DOUBLE_EQ(run.of(1, ActorOutcome::population_share), .25);
  EXPECT_FLOAT_EQ(run.value_share[0], .2F);
}

TEST(Outcome, mean_effort_is_weighted_by_days) {
  WarBuilder war(10);
  war.decide_every(7).ground("a").ground("b").ground("c").place("b_town", "b").place("c_town", "c");
  war.set("ties.a.b.share", .2)
      .set("ties.a.c.share", .8)
      .change(7, "ties.a.b.share", .9)
      .change(7, "ties.a.c.share", .1);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_DOUBLE_EQ(run.effort[1], (7 * .2 + 3 * .9) / 10);
  EXPECT_DOUBLE_EQ(run.effort[2], (7 * .8 + 3 * .1) / 10);
}

TEST(Outcome, of_an_air_actor_says_nothing_of_survival) {
  WarBuilder war = quiet();
  war.air("z");
  EXPECT_TRUE(std::isnan(solve_one(war.compile(), {}).of(2, ActorOutcome::survives)));
}

TEST(Extinction, is_the_day_of_the_last_fighter_and_none_while_one_is_left) {
  for (const SolverKind kind : kAllSolvers) {
    WarBuilder war(30);
    war.ground("a").ground("b").place("town", "a").force("a", "town", 20).force("b", "town", 100);
    war.set("actors.b.kill_rate", .02);
    const solver::Run run = solve_one(war.compile(), {.solver = kind});
    const double day = run.of(kA, ActorOutcome::extinction_day);
    EXPECT_NEAR(day, 10, kind == SolverKind::mean_field ? 1e-6 : 9);
    EXPECT_EQ(day == std::floor(day), kind == SolverKind::leap);  // the leap knows whole steps only
    EXPECT_TRUE(std::isnan(run.of(1, ActorOutcome::extinction_day)));
  }
}

}  // namespace
}  // namespace truel::test
