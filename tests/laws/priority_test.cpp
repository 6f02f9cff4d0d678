// Whom a command fights first: each feature alone, and the softmax.
#include <gtest/gtest.h>

#include <cmath>

#include "support/outcomes.hpp"
#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

/// c holds the capital and fights x and y, each of them with a town of its own on a road of 30 km to the capital and
/// 100 men. Only what a test changes tells them apart.
WarBuilder two_enemies() {
  WarBuilder war(60);
  war.decide_every(7).default_alignment(0).ground("c").ground("x").ground("y").doctrine("c", Doctrine::priority);
  war.place("capital", "c").place("x_town", "x").place("y_town", "y");
  war.road("capital", "x_town", 30).road("capital", "y_town", 30);
  war.align("c", "x", -1).align("c", "y", -1);
  war.force("c", "capital", 100).force("x", "x_town", 100).force("y", "y_town", 100);
  for (const char* place : {"capital", "x_town", "y_town"}) {
    war.set(std::string("places.") + place + ".population", 1000);
  }
  return war.set("commands.c.temperature", .5);
}

constexpr ActorIndex kOne = 0;
constexpr ActorIndex kX = 1;
constexpr ActorIndex kY = 2;

/// Share of c's effort on x, on the given day.
double share_on_x(const WarBuilder& war, int day = 0) {
  Scene scene(war.compile());
  scene.play(day);
  EXPECT_NEAR(scene.effort(kOne, kX) + scene.effort(kOne, kY), 1, 1e-12);
  return scene.effort(kOne, kX);
}

/// What a softmax of temperature 0.5 makes of a score higher by `more`.
double softmax(double more, double temperature = .5) {
  return 1 / (1 + std::exp(-more / temperature));
}

TEST(Priority, is_even_between_enemies_that_nothing_tells_apart) {
  WarBuilder war = two_enemies();
  for (const char* feature : {"vital", "backing", "horizon", "roots", "weakness", "bargain", "blowback"}) {
    war.set(std::string("commands.c.weight_") + feature, 1.5);
  }
  EXPECT_DOUBLE_EQ(share_on_x(war), .5);
}

TEST(Priority, leans_to_an_enemy_by_the_hidden_deviation_of_the_pair) {
  WarBuilder war = two_enemies();
  war.set("scenario.laws.hidden_lethality.on", 1).set("scenario.laws.hidden_lethality.effort_spread", 2);
  const CompiledModel model = war.compile();
  for (std::uint32_t run = 0; run < 3; ++run) {
    Scene scene(model, true, 1, run);
    scene.play(1);
    const auto& deviation = laws::own_state<laws::HiddenLethality>(scene.state).deviation;
    const double more = deviation[scene.state.pair(kOne, kX)] - deviation[scene.state.pair(kOne, kY)];
    EXPECT_NE(more, 0);
    EXPECT_NEAR(scene.effort(kOne, kX), softmax(2 * more, 1), 1e-12);
  }
}

TEST(Priority, prefers_the_enemy_close_to_what_it_values) {
  WarBuilder war = two_enemies();
  war.set("commands.c.weight_vital", 1).set("scenario.laws.priority.vital_km", 60);
  war.set("links.capital.y_town.road_km", 90);
  EXPECT_NEAR(share_on_x(war), softmax(std::exp(-.5) - std::exp(-1.5)), 1e-12);
  war.set("commands.c.weight_vital", -1);
  EXPECT_LT(share_on_x(war), .5);
}

TEST(Priority, prefers_the_enemy_inside_its_own_towns) {
  WarBuilder war = two_enemies();
  war.set("commands.c.weight_vital", 1).force("x", "capital", 5).set("scenario.laws.priority.vital_km", 60);
  EXPECT_NEAR(share_on_x(war), softmax(1 - std::exp(-.5)), 1e-12);  // it cannot be closer than inside
}

TEST(Priority, prefers_the_enemy_that_foreigners_back) {
  WarBuilder war = two_enemies();
  war.sponsor("x", "patron", 0, 20);
  war.set("sponsors.x.patron.finance", 30).set("sponsors.x.patron.arms", .2).set("sponsors.x.patron.training", .1);
  EXPECT_DOUBLE_EQ(share_on_x(war), .5);  // without a weight nothing is preferred
  war.set("commands.c.weight_backing", 1).set("scenario.laws.priority.max_backing", 2);
  EXPECT_NEAR(share_on_x(war), softmax((.3 + .2 + .1) / 2), 1e-12);
  EXPECT_NEAR(share_on_x(war, 14), softmax(.3), 1e-12);
  EXPECT_DOUBLE_EQ(share_on_x(war, 21), .5);  // the sponsor has left
}

TEST(Priority, prefers_the_enemy_that_counts_at_the_table) {
  WarBuilder war = two_enemies();
  war.set("commands.c.weight_horizon", 2).set("actors.x.horizon", .8).set("actors.y.horizon", .3);
  EXPECT_NEAR(share_on_x(war), softmax(2 * .5), 1e-12);
}

TEST(Priority, prefers_the_enemy_with_roots_among_its_people) {
  WarBuilder war = two_enemies();
  war.set("commands.c.weight_roots", 1).support("x", "*", .6).support("y", "*", .2).support("y", "capital", .4);
  EXPECT_NEAR(share_on_x(war), softmax(.4), 1e-12);  // what counts is where the enemy rules
}

TEST(Priority, prefers_the_enemy_that_grows) {
  WarBuilder war = two_enemies();
  war.set("commands.c.weight_growth", 1).set("scenario.laws.priority.max_growth", .5);
  war.set("scenario.laws.recruitment.on", 1).set("actors.x.recruits_per_day", 20);
  EXPECT_DOUBLE_EQ(share_on_x(war), .5);  // nobody has grown yet
  Scene scene(war.compile());
  scene.play(7);
  const double recruited = scene.state.tally(kRecruited, kX);
  EXPECT_NEAR(scene.effort(kOne, kX), softmax(recruited / 7 / (100 + recruited) / .5), 1e-12);
}

TEST(Priority, prefers_the_weaker_enemy) {
  WarBuilder war = two_enemies();
  war.set("commands.c.weight_weakness", 1).set("scenario.laws.operations.contest_exponent", 1);
  war.arrive(0, "y", "y_town", 200);
  EXPECT_NEAR(share_on_x(war), softmax(100 / 200. - 100 / 400.), 1e-12);
}

TEST(Priority, rides_free_on_others_who_fight_the_enemy) {
  WarBuilder war = two_enemies();
  // t spends three quarters of its effort on x.
  war.ground("t").place("t_town", "t").force("t", "t_town", 100).align("t", "x", -1).align("t", "y", -1);
  war.set("ties.t.x.share", .75).set("ties.t.y.share", .25);
  war.set("commands.c.weight_others", -1);
  EXPECT_DOUBLE_EQ(share_on_x(war), .5);  // on the first day it takes everybody to divide evenly
  EXPECT_NEAR(share_on_x(war, 7), softmax(-.5), 1e-12);
  war.set("commands.c.weight_others", 1);
  EXPECT_NEAR(share_on_x(war, 7), softmax(.5), 1e-12);
}

TEST(Priority, of_others_weighs_third_parties_by_their_strength) {
  WarBuilder war = two_enemies();
  war.ground("t").ground("u").place("t_town", "t").place("u_town", "u");
  war.force("t", "t_town", 300).force("u", "u_town", 100);
  for (const char* third : {"t", "u"}) {
    war.align(third, "x", -1).align(third, "y", -1);
  }
  war.set("ties.t.x.share", 1).set("ties.u.y.share", 1).set("commands.c.weight_others", 1);
  EXPECT_NEAR(share_on_x(war, 7), softmax(.75 - .25), 1e-12);
}

TEST(Priority, spares_the_enemy_it_bargains_with_and_seeks_the_one_its_own_nationals_join) {
  WarBuilder war = two_enemies();
  war.set("ties.c.x.bargain", .9).set("ties.c.y.bargain", .4).set("commands.c.weight_bargain", -1);
  EXPECT_NEAR(share_on_x(war), softmax(-.5), 1e-12);
  WarBuilder other = two_enemies();
  other.set("ties.c.x.blowback", .7).set("ties.x.c.blowback", 1).set("commands.c.weight_blowback", 1);
  EXPECT_NEAR(share_on_x(other), softmax(.7), 1e-12);
}

TEST(Priority, goes_by_what_those_who_side_with_it_think_of_an_enemy) {
  WarBuilder war = two_enemies();
  war.ground("patron").ground("guest").align("c", "patron", .9).align("c", "guest", .3).align("c", "x", -1);
  war.align("patron", "x", -1).align("patron", "y", .5).align("guest", "x", 1).align("guest", "y", 0);
  war.set("commands.c.weight_allies", 2);
  EXPECT_NEAR(share_on_x(war), softmax(2 * (.9 * (1 - .25) + .3 * (0 - .5)) / 1.2), 1e-12);
}

TEST(Priority, counts_a_feature_beyond_its_maximum_as_the_maximum) {
  WarBuilder war = two_enemies();
  war.set("commands.c.weight_horizon", 1).set("scenario.laws.priority.max_horizon", .25);
  war.set("actors.x.horizon", .8).set("actors.y.horizon", .125);
  EXPECT_NEAR(share_on_x(war), softmax(1 - .5), 1e-12);
}

TEST(Priority, at_a_low_temperature_knows_only_the_first_enemy_and_at_a_high_one_all) {
  WarBuilder war = two_enemies();
  war.set("commands.c.weight_horizon", 1).set("actors.x.horizon", .51).set("actors.y.horizon", .5);
  war.set("commands.c.temperature", 1e-5);
  EXPECT_DOUBLE_EQ(share_on_x(war), 1);
  war.set("commands.c.temperature", .02);
  EXPECT_NEAR(share_on_x(war), softmax(.01, .02), 1e-12);
  war.set("commands.c.temperature", 1e5);
  EXPECT_NEAR(share_on_x(war), .5, 1e-6);
}

TEST(Priority, gives_its_reasons) {
  WarBuilder war = two_enemies();
  war.set("commands.c.weight_horizon", 2).set("actors.x.horizon", .8).set("commands.c.weight_vital", -1);
  Scene scene(war.compile());
  scene.play(14);
  int records = 0;
  for (const PriorityRecord& record : scene.journal.priorities) {
    EXPECT_EQ(record.command, war.command("c"));  // the others keep fixed shares
    double score = 0;
    for (const double part : record.contribution) {
      score += part;
    }
    EXPECT_DOUBLE_EQ(record.score, score);
    EXPECT_DOUBLE_EQ(record.contribution[2], record.target == kX ? 1.6 : 0);  // horizon
    EXPECT_LT(record.contribution[0], 0);                                     // vital
    records += record.day % 7 == 0;
  }
  EXPECT_EQ(records, 3 * 2);
  EXPECT_DOUBLE_EQ(scene.journal.priorities[4].share, scene.effort(kOne, kX));
}

TEST(Priority, wastes_nothing_on_an_enemy_who_is_out_of_the_war) {
  WarBuilder war = two_enemies();
  war.ground("ghost").align("c", "ghost", -1);
  EXPECT_DOUBLE_EQ(share_on_x(war), .5);
  war.place("hut", "ghost");  // it holds a place: it is in the war
  Scene scene = decided(war.compile());
  EXPECT_NEAR(scene.effort(kOne, kX), 1 / 3., 1e-12);
}

TEST(Priority, of_a_command_is_that_of_all_its_members) {
  WarBuilder war(60);
  war.default_alignment(0).ground("c", "joint").ground("d", "joint").ground("x").ground("y");
  war.doctrine("joint", Doctrine::priority).place("x_town", "x").place("y_town", "y");
  war.align("c", "x", -1).align("d", "y", -1);
  war.set("commands.joint.weight_horizon", 1).set("actors.x.horizon", .5);
  Scene scene = decided(war.compile());
  const double expected = softmax(.5, .2);
  for (const char* member : {"c", "d"}) {
    EXPECT_NEAR(scene.effort(war.actor(member), war.actor("x")), expected, 1e-12);
    EXPECT_NEAR(scene.effort(war.actor(member), war.actor("y")), 1 - expected, 1e-12);
  }
}

TEST(FixedDoctrine, without_shares_for_any_enemy_in_the_war_divides_evenly) {
  WarBuilder war = two_enemies();
  war.doctrine("c", Doctrine::fixed);
  EXPECT_DOUBLE_EQ(share_on_x(war), .5);
  war.ground("ghost").align("c", "ghost", -1).set("ties.c.ghost.share", 1);  // it holds nothing and has nobody
  EXPECT_DOUBLE_EQ(share_on_x(war), .5);
}

TEST(FixedDoctrine, keeps_its_shares_whatever_happens) {
  WarBuilder war = two_enemies();
  war.doctrine("c", Doctrine::fixed).set("ties.c.x.share", .3).set("ties.c.y.share", .7);
  war.set("commands.c.weight_horizon", 10).set("actors.x.horizon", 1);
  EXPECT_DOUBLE_EQ(share_on_x(war), .3);
  EXPECT_DOUBLE_EQ(share_on_x(war, 21), .3);
}

TEST(FixedDoctrine, turns_to_another_enemy_on_the_day_on_which_its_shares_do) {
  WarBuilder war = two_enemies();
  war.doctrine("c", Doctrine::fixed).set("ties.c.x.share", .3).set("ties.c.y.share", .7);
  war.change(14, "ties.c.x.share", .6).change(14, "ties.c.y.share", .4);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_EQ(run.of(kOne, ActorOutcome::turn_day), 14);
  EXPECT_TRUE(std::isnan(run.of(kX, ActorOutcome::turn_day)));  // it has one enemy all along
}

TEST(FixedDoctrine, tells_since_when_each_enemy_was_the_first) {
  WarBuilder war = two_enemies();
  war.doctrine("c", Doctrine::fixed).set("ties.c.x.share", .5).set("ties.c.y.share", .5);
  war.change(14, "ties.c.x.share", .6).change(14, "ties.c.y.share", .4);
  const solver::Run run = solve_one(war.compile(), {});
  const auto since = [&](ActorIndex enemy) {
    constexpr int kActors = 3;
    return run.attacks[static_cast<std::size_t>(kOne * kActors + enemy) * kAttackTallyCount +
                       static_cast<std::size_t>(AttackTally::first_enemy_day)];
  };
  EXPECT_EQ(since(kX), 14);  // until then both have as much
  EXPECT_TRUE(std::isnan(since(kY)));
}

TEST(Doctrine, of_a_command_can_change_on_a_day) {
  WarBuilder war = two_enemies();
  war.doctrine("c", Doctrine::fixed).set("ties.c.x.share", .3).set("ties.c.y.share", .7);
  war.set("commands.c.weight_horizon", 1).set("actors.x.horizon", .5);
  war.change(14, "commands.c.doctrine", static_cast<double>(Doctrine::priority));
  EXPECT_DOUBLE_EQ(share_on_x(war, 7), .3);
  EXPECT_NEAR(share_on_x(war, 14), softmax(.5), 1e-12);
}

}  // namespace
}  // namespace truel::test
