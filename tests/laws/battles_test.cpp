#include "truel/laws/battles/battles.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

using solver::SolverKind;

/// A thousand of a's before a town that 1000 men of b's hold; who fires kills 0.001 a day and man, one man a day.
/// Behind either lies a place of its own.
WarBuilder siege_of_a_town(double kills_a, double kills_b) {
  WarBuilder war(2000);
  war.ground("a").ground("b").place("base", "a").place("town", "b").place("refuge", "b");
  war.road("base", "town", 10).road("town", "refuge", 10).force("a", "town", 1000).force("b", "town", 1000);
  war.set("actors.a.kill_rate", kills_a).set("actors.b.kill_rate", kills_b);
  war.set("actors.a.speed_km_per_day", 10).set("actors.b.speed_km_per_day", 10);
  return war.set("scenario.laws.battles.on", 1).set("scenario.laws.battles.spread", 0);
}

constexpr PlaceIndex kAttackersBase = 0, kContested = 1, kRefuge = 2;

double left_battles(const Scene& scene, ActorIndex a) {
  return scene.state.tally(laws::outcome_of<laws::Battles>(laws::Battles::broken_off), a);
}

TEST(Battles, defenders_leave_when_they_have_lost_enough) {
  for (const SolverKind kind : kAllSolvers) {
    WarBuilder war = siege_of_a_town(0.01, 0);
    war.set("scenario.laws.battles.defender_loss", 0.195);
    Scene scene(war.compile(), kind != SolverKind::mean_field);
    scene.play(30, kind);
    EXPECT_EQ(scene.control(kContested), kA);
    EXPECT_NEAR(scene.fighters(kRefuge, kB), 800, kind == SolverKind::mean_field ? 1e-6 : 15) << "ten fall a day";
    EXPECT_EQ(scene.fighters(kContested, kA), 1000);
    EXPECT_EQ(left_battles(scene, kB), 1);
    EXPECT_EQ(left_battles(scene, kA), 0);
  }
}

TEST(Battles, attackers_leave_when_they_have_lost_enough) {
  for (const SolverKind kind : kAllSolvers) {
    WarBuilder war = siege_of_a_town(0, 0.01);
    war.set("scenario.laws.battles.attacker_loss", 0.195);
    Scene scene(war.compile(), kind != SolverKind::mean_field);
    scene.play(30, kind);
    EXPECT_EQ(scene.control(kContested), kB);
    EXPECT_NEAR(scene.fighters(kAttackersBase, kA), 800, kind == SolverKind::mean_field ? 1e-6 : 15);
    EXPECT_EQ(left_battles(scene, kA), 1);
  }
}

TEST(Battles, of_two_who_have_had_enough_the_worse_off_leaves) {
  WarBuilder war = siege_of_a_town(0.3, 0.2);
  war.set("scenario.laws.battles.attacker_loss", 0.01).set("scenario.laws.battles.defender_loss", 0.01);
  Scene scene(war.compile());
  scene.play(1);
  EXPECT_EQ(scene.control(kContested), kA);
  EXPECT_EQ(left_battles(scene, kA), 0);
  EXPECT_EQ(left_battles(scene, kB), 1);
}

TEST(Battles, without_a_road_out_they_fight_on) {
  WarBuilder war = siege_of_a_town(0.01, 0);
  war.set("scenario.laws.battles.defender_loss", 0.195).force("a", "refuge", 1);
  Scene scene(war.compile());
  scene.play(90);
  EXPECT_EQ(scene.control(kContested), kB);
  EXPECT_LT(scene.fighters(kContested, kB), 200);
  scene.play(120);
  EXPECT_EQ(scene.control(kContested), kA);
  EXPECT_EQ(left_battles(scene, kB), 0);
}

/// Defenders of a town whose refuge the enemy holds leave at a loss of a fifth, or give in at two fifths.
WarBuilder encircled_town() {
  WarBuilder war = siege_of_a_town(0.01, 0);
  war.place("home", "b").road("base", "home", 10);
  war.set("scenario.laws.battles.defender_loss", 0.195).set("scenario.laws.battles.encircled", 2);
  return war.set("scenario.laws.battles.prisoners", 0.5).force("a", "refuge", 1);
}
constexpr PlaceIndex kHome = 3;

TEST(Battles, whom_no_road_leads_out_give_in_later) {
  for (const SolverKind kind : kAllSolvers) {
    const bool is_whole = kind != SolverKind::mean_field;
    Scene scene(encircled_town().compile(), is_whole);
    scene.play(90, kind);
    EXPECT_EQ(scene.control(kContested), kA);
    const double taken = scene.state.tally(laws::outcome_of<laws::Battles>(laws::Battles::taken_prisoner), kB);
    EXPECT_NEAR(taken, 300, is_whole ? 15 : 1e-6) << "ten fall a day until 600 are left";
    EXPECT_NEAR(scene.fighters(kHome, kB), 300, is_whole ? 15 : 1e-6) << "the others get away through enemies";
    EXPECT_TRUE(!is_whole || taken == std::floor(taken)) << "whole men are taken";
    EXPECT_EQ(left_battles(scene, kB), 0);
  }
}

TEST(Battles, where_supplies_come_in_nobody_gives_in_unless_entries_close) {
  for (const bool close : {false, true}) {
    WarBuilder war = encircled_town();
    Scene scene(war.entry("town").set("scenario.laws.recruitment.entries_close", close).compile());
    scene.play(90);
    EXPECT_EQ(scene.control(kContested), close ? kA : kB);
  }
}

TEST(Battles, who_comes_later_counts_in_the_share_that_is_lost) {
  WarBuilder war = siege_of_a_town(0.01, 0);
  war.set("scenario.laws.battles.defender_loss", 0.195).arrive(10, "b", "town", 1000);
  Scene scene(war.compile(), false);
  scene.play(39, SolverKind::mean_field);
  EXPECT_EQ(scene.control(kContested), kB) << "390 of 2000 have to fall";
  scene.play(41, SolverKind::mean_field);
  EXPECT_EQ(scene.control(kContested), kA);
}

TEST(Battles, are_noted_with_what_they_cost) {
  WarBuilder war = siege_of_a_town(0.01, 0);
  war.set("scenario.laws.battles.defender_loss", 0.195);
  Scene scene(war.compile(), false);
  scene.play(30, SolverKind::mean_field);
  const auto battle = std::find_if(scene.journal.events.begin(), scene.journal.events.end(),
                                   [](const Event& e) { return e.kind == "battle"; });
  ASSERT_NE(battle, scene.journal.events.end());
  EXPECT_EQ(battle->cause, &laws::Battles::kDefendersBrokeOff);
  EXPECT_EQ(battle->numbers.brought, 1000);
  EXPECT_NEAR(battle->numbers.other_brought, 1000, 1e-6);
  EXPECT_EQ(battle->numbers.lost, 0);
  EXPECT_NEAR(battle->numbers.other_lost, 200, 1e-6);
  EXPECT_EQ(battle->numbers.days, 20);
  EXPECT_EQ(battle->actor, kA);
  EXPECT_EQ(battle->other, kB);
  EXPECT_EQ(battle->fighters, 1000);
  EXPECT_EQ(battle->place, kContested);
}

/// Days that battles last, of so many realizations: one man of a thousand falls a day.
std::vector<double> lengths(WarBuilder& war, int runs) {
  const CompiledModel model = war.compile();
  std::vector<double> days;
  for (int run = 0; run < runs; ++run) {
    Scene scene(model, true, 1, static_cast<std::uint32_t>(run));
    while (scene.control(kContested) != kA && scene.state.day < 1900) {
      scene.play(scene.state.day + 1);
    }
    days.push_back(scene.state.day);
  }
  return days;
}

// The share that is lost at the end is a day's loss and the scatter of a Poisson number from the share that was drawn:
// 0.001 and 0.001 sqrt(200) / 2, which move the distribution by less than 0.02 where it is steepest.
TEST(Battles, the_losses_at_which_sides_leave_are_log_normal) {
  WarBuilder war = siege_of_a_town(0.001, 0);
  war.set("scenario.laws.battles.defender_loss", 0.2).set("scenario.laws.battles.spread", 0.7);
  constexpr int kRuns = 600;
  std::vector<double> days = lengths(war, kRuns);
  std::sort(days.begin(), days.end());
  double distance = 0;
  for (int k = 0; k < kRuns; ++k) {
    if (days[at(k)] < 900) {  // above, all have the limit of 0.95
      const double p = std::erfc(-std::log(days[at(k)] / 1000 / 0.2) / 0.7 / std::sqrt(2)) / 2;
      distance = std::max({distance, std::abs(p - k / double{kRuns}), std::abs(p - (k + 1) / double{kRuns})});
    }
  }
  EXPECT_LT(distance, 1.63 / std::sqrt(kRuns) + 0.02) << "Kolmogorov's distance at 1 percent";
}

TEST(Battles, last_longer_without_the_law) {
  WarBuilder war = siege_of_a_town(0.01, 0);
  war.set("scenario.laws.battles.defender_loss", 0.2).set("scenario.laws.battles.spread", 0.7);
  const std::vector<double> with = lengths(war, 20);
  war.set("scenario.laws.battles.on", 0);
  const std::vector<double> without = lengths(war, 20);
  for (std::size_t k = 0; k < with.size(); ++k) {
    EXPECT_LE(with[k], 97) << "at most 95 percent are lost";
    EXPECT_GE(without[k], 85);
    EXPECT_LT(with[k], without[k] + 1);
  }
}

TEST(Battles, alone_noting_them_changes_nothing) {
  for (const SolverKind kind : kAllSolvers) {
    WarBuilder war = siege_of_a_town(0.01, 0.005);
    const solver::SolveOptions options{.solver = kind};
    const solver::Run noted = solve_one(war.compile(), options);
    war.set("scenario.laws.battles.on", 0);
    EXPECT_TRUE(bytes_of(noted) == bytes_of(solve_one(war.compile(), options)));
  }
}

}  // namespace
}  // namespace truel::test
