// Effort as a budget of man-days: what a command begins, and against whom. Nobody is killed here unless a test says so.
#include <gtest/gtest.h>

#include <cmath>
#include <tuple>

#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

/// a has one base with 1,000 men, and enemies b and c each have a town beside it with 100, who never attack. Attacks
/// want 150 men; fire kills nobody, so that an attack under way goes on. A cycle is the fight alone, 10 days.
WarBuilder two_fronts(double share_of_b, int days = 400) {
  WarBuilder war(days);
  war.decide_every(5).ground("a").ground("b").ground("c").align("b", "c", 0);
  war.set("scenario.laws.fire.on", 0).set("scenario.laws.operations.on", 1).set("scenario.laws.operations.ledger", 1);
  war.set("scenario.laws.operations.planned_days", 10);
  war.doctrine("a", Doctrine::fixed).set("ties.a.b.share", share_of_b).set("ties.a.c.share", 1 - share_of_b);
  for (const char* command : {"a", "b", "c"}) {
    const std::string path = std::string("commands.") + command + ".";
    war.set(path + "hold_ratio", 0).set(path + "breaking_point", 0).set(path + "attack_ratio", 1.5);
  }
  war.set("commands.b.attack_ratio", 100).set("commands.c.attack_ratio", 100);
  war.place("base", "a").place("east", "b").place("west", "c").road("base", "east", 20).road("base", "west", 20);
  war.force("a", "base", 1000).force("b", "east", 100).force("c", "west", 100);
  return war;
}

double tally(const Scene& scene, ActorIndex a, ActorIndex b, AttackTally which) {
  State state = scene.state;
  return state.attack(a, b, which);
}

TEST(Ledger, changes_nothing_where_it_is_off) {
  WarBuilder war = two_fronts(1);
  war.set("scenario.laws.operations.ledger", 0)
      .set("commands.a.preparation_days", 50)
      .set("commands.a.recovery_days", 9);
  Scene scene = decided(war.compile());
  EXPECT_EQ(scene.marching(kA, 1, MarchTask::offensive), 150);
  EXPECT_EQ(scene.marching(kA, 2, MarchTask::offensive), 150);  // although its share is 0
}

TEST(Ledger, begins_nothing_against_an_enemy_without_a_share) {
  Scene scene(two_fronts(1).compile());
  scene.play(100);
  EXPECT_EQ(tally(scene, 0, 1, AttackTally::offensives), 1);
  EXPECT_EQ(tally(scene, 0, 2, AttackTally::offensives), 0);
}

TEST(Ledger, waits_until_a_small_share_has_paid_for_a_whole_attack) {
  // An attack costs 150 men x 10 days; 1 in 100 of 1,000 men saves 10 man-days a day: 0 to 150 days, as credit begins
  // anywhere between nothing and the whole.
  double sum = 0;
  constexpr int kRuns = 60;
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    Scene scene(two_fronts(.99).compile(), true, 1, run);
    scene.play(200);
    EXPECT_EQ(tally(scene, 0, 2, AttackTally::offensives), 1);
    const double day = tally(scene, 0, 2, AttackTally::first_day);
    EXPECT_LE(day, 155);
    EXPECT_GE(tally(scene, 0, 2, AttackTally::man_days), 150 * 5);  // all of it, not a hundredth
    sum += day;
  }
  EXPECT_NEAR(sum / kRuns, 75, 4 * 150 / std::sqrt(12. * kRuns));
}

TEST(Ledger, pays_for_an_attack_in_the_same_time_however_often_it_decides) {
  for (const int days : {1, 5, 20}) {
    double sum = 0;
    constexpr int kRuns = 200;
    const CompiledModel model = two_fronts(.99).decide_every(days).compile();
    for (std::uint32_t run = 0; run < kRuns; ++run) {
      Scene scene(model, true, 1, run);
      scene.play(200);
      EXPECT_EQ(tally(scene, 0, 2, AttackTally::offensives), 1);
      sum += tally(scene, 0, 2, AttackTally::first_day);
    }
    // Half of 150 days; a decision credits the days until the next.
    EXPECT_NEAR(sum / kRuns, 75 - days / 2., 4 * 150 / std::sqrt(12. * kRuns)) << days;
  }
}

TEST(Ledger, lets_no_unspent_effort_pass_to_an_enemy_who_is_only_screened) {
  for (const auto& [below, attacks] : {std::pair{0., 1.}, std::pair{.1, 0.}}) {
    WarBuilder war = two_fronts(.9999, 40);
    war.set("scenario.laws.operations.screen_below", below);
    Scene scene(war.compile(), true, 1, 3);  // a realization in which the west has little credit at the start
    scene.play(40);
    EXPECT_EQ(tally(scene, 0, 2, AttackTally::offensives), attacks) << below;
  }
}

TEST(Ledger, lets_exceptions_attack_and_counts_them_apart) {
  WarBuilder war = two_fronts(1, 40);
  war.set("commands.a.exception_vital", .5);  // both towns lie at the only place that a holds
  Scene scene(war.compile());
  scene.play(20);
  EXPECT_EQ(tally(scene, 0, 2, AttackTally::offensives), 1);
  EXPECT_EQ(tally(scene, 0, 2, AttackTally::exceptions), 1);
  EXPECT_EQ(tally(scene, 0, 1, AttackTally::exceptions), 0);
}

TEST(Preparation, comes_before_the_march) {
  WarBuilder war = two_fronts(1, 100);
  war.set("commands.a.preparation_days", 20).set("commands.a.men_per_staff", 1);
  const CompiledModel model = war.compile();
  double sum = 0;
  constexpr int kRuns = 60;
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    Scene scene(model, true, 1, run);
    scene.play(60);
    const double day = tally(scene, 0, 1, AttackTally::first_day);
    EXPECT_GE(day, 1);  // a part of the twenty days is done on the first, drawn evenly
    EXPECT_LE(day, 20);
    sum += day;
  }
  EXPECT_NEAR(sum / kRuns, 12.5, 4 * 20 / std::sqrt(12. * kRuns));  // seen every fifth day
}

TEST(Staff, bounds_how_many_attacks_run_at_once) {
  for (const auto& [men_each, attacks] : {std::pair{500., 2.}, std::pair{501., 1.}, std::pair{5000., 1.}}) {
    WarBuilder war = two_fronts(.5, 60);
    war.set("commands.a.men_per_staff", men_each);
    Scene scene(war.compile());
    scene.play(60);
    EXPECT_EQ(tally(scene, 0, 1, AttackTally::offensives) + tally(scene, 0, 2, AttackTally::offensives), attacks);
  }
}

TEST(Attack, that_has_had_its_days_goes_on_only_while_it_is_as_likely_to_win_as_one_that_is_begun) {
  // On day 5 men come to a town with a hundred that 150 attack, and no more may be added. Against 120 they are still
  // more, though 180 would be wanted to begin; against 300 they are not, and 450 are wanted.
  for (const auto& [is_on, come, attacks, men] :
       {std::tuple{0, 200, 1., 150.}, std::tuple{1, 20, 1., 150.}, std::tuple{1, 200, 2., 450.}}) {
    WarBuilder war = two_fronts(1, 60);
    war.set("scenario.laws.operations.culmination", is_on).set("scenario.laws.operations.commit_ratio", 1);
    war.set("commands.a.men_per_staff", 5000).arrive(5, "b", "east", come);
    Scene scene(war.compile());
    scene.play(60);
    EXPECT_EQ(tally(scene, 0, 1, AttackTally::offensives), attacks);
    EXPECT_EQ(scene.state.fighters[scene.state.slot(1, kA)], men);
  }
}

TEST(Attack, that_has_won_goes_on_within_so_many_km) {
  // What is prepared anew marches twenty days after its order; orders come every five days.
  for (const auto& [km, days] : {std::pair{0., 25.}, {15., 25.}, {20., 5.}}) {
    WarBuilder war = two_fronts(1, 60);
    war.place("behind", "b").road("east", "behind", 20).force("b", "behind", 100);
    war.set("scenario.laws.fire.on", 1).set("actors.a.kill_rate", 100).set("scenario.laws.operations.advance_km", km);
    war.set("commands.a.preparation_days", 20).set("commands.a.men_per_staff", 5000);
    Scene scene(war.compile());
    scene.play(60);
    const auto day = [&](AttackTally which) { return tally(scene, 0, 1, which); };
    EXPECT_EQ(day(AttackTally::last_day) - day(AttackTally::first_day), days) << km;
  }
}

TEST(Staff, leads_another_attack_when_its_last_one_has_had_its_days) {
  // One staff; the first town, once reached, holds out. Its attack is planned for ten days.
  for (const auto& [is_on, attacks] : {std::pair{0, 1.}, std::pair{1, 2.}}) {
    WarBuilder war = two_fronts(.5, 60);
    war.set("scenario.laws.operations.handover", is_on).set("commands.a.men_per_staff", 5000);
    Scene scene(war.compile());
    const auto n_attacks = [&] {
      return tally(scene, 0, 1, AttackTally::offensives) + tally(scene, 0, 2, AttackTally::offensives);
    };
    scene.play(8);
    EXPECT_EQ(n_attacks(), 1);
    scene.play(52);
    EXPECT_EQ(n_attacks(), attacks);
    const auto fights_at = [&](PlaceIndex town) { return scene.state.fighters[scene.state.slot(town, kA)] > 0; };
    EXPECT_EQ(fights_at(1) + fights_at(2), attacks) << "those who attacked first fight on";
  }
}

TEST(Target, of_most_worth_comes_first_where_staffs_are_scarce_and_not_the_cheapest) {
  // A town worth ten that wants 150 men, a hamlet worth one that wants two; one attack at a time.
  for (const auto& [is_on, chosen] : {std::pair{0, 3}, std::pair{1, 1}}) {
    WarBuilder war = two_fronts(1, 20);
    war.place("hamlet", "b").road("base", "hamlet", 20).force("b", "hamlet", 1);
    war.set("places.east.value", 10).set("places.hamlet.value", 1).set("places.base.value", 0.001);
    war.set("scenario.laws.operations.scarce_staffs", is_on).set("commands.a.men_per_staff", 5000);
    Scene scene(war.compile());
    scene.play(10);
    EXPECT_EQ(tally(scene, 0, 1, AttackTally::offensives), 1);
    EXPECT_GT(scene.state.fighters[scene.state.slot(chosen, kA)], 0) << chosen;
    EXPECT_EQ(scene.state.fighters[scene.state.slot(4 - chosen, kA)], 0) << chosen;
  }
}

TEST(Operation, grows_no_larger_than_its_plan_and_a_reserve) {
  for (const auto& [ratio, men] : {std::pair{0., 1000.}, std::pair{1.5, 225.}, std::pair{1., 150.}}) {
    WarBuilder war = two_fronts(1);
    war.set("scenario.laws.operations.commit_ratio", ratio);
    Scene scene(war.compile());
    scene.play(10);
    const double sent = 1000 - scene.state.fighters[scene.state.slot(0, ActorIndex(0))];
    EXPECT_EQ(sent, 150);
    scene.state.fighters[scene.state.slot(1, ActorIndex(1))] = 600;  // the defence is reinforced: 900 are wanted
    scene.play(20);
    EXPECT_EQ(1000 - scene.state.fighters[scene.state.slot(0, ActorIndex(0))], std::min(men, 900.)) << ratio;
  }
}

TEST(Home, ties_a_share_of_the_men_of_the_first_day) {
  WarBuilder war = two_fronts(1);
  war.set("scenario.laws.operations.ledger", 0).set("commands.a.home_share", .9);
  Scene scene = decided(war.compile());
  EXPECT_EQ(scene.marching(kA), 0);  // 100 are free, and 150 wanted at odds of a half
}

}  // namespace
}  // namespace truel::test
