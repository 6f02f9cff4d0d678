#include "truel/laws/agreement/agreement.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

// Worked by hand: even odds, both lose alike and so all by the end, each has half of the land: 1/2 - cost - 1/2. Who
// loses at a third of the other's rate loses a third until the other is gone.
TEST(Agreement, weighs_the_chance_to_win_and_what_it_costs_against_what_is_held) {
  EXPECT_DOUBLE_EQ(laws::gain_of_fighting_on(.5, .8, .001, .001, .5), -.8);
  EXPECT_DOUBLE_EQ(laws::gain_of_fighting_on(.75, .3, .001, .003, .25), .75 - .1 - .25);
  EXPECT_DOUBLE_EQ(laws::gain_of_fighting_on(.75, .3, 0, 0, .25), .5);
}

/// Two armies in battle for b's town; a holds as much elsewhere.
WarBuilder battle(double a, double b) {
  WarBuilder war(3000);
  war.decide_every(7).ground("a").ground("b").place("town", "b").place("land", "a");
  war.set("actors.a.kill_rate", 1e-6).set("actors.b.kill_rate", 1e-6);
  war.force("a", "town", a).force("b", "town", b);
  war.set("scenario.laws.agreement.on", 1).set("scenario.laws.agreement.days", 100);
  war.set("scenario.laws.agreement.cost", .5);
  return war;
}

/// The first day of peace, -1 for none.
int day_of_peace(const CompiledModel& model, std::uint32_t run) {
  Scene scene(model, true, 1, run);
  int day = -1;
  scene.play(2999, solver::SolverKind::leap, [&] {
    if (day < 0 && (scene.state.derived.hostile[kA] & bit(kB)) == 0) {
      day = scene.state.day;
    }
  });
  return day;
}

// In an even war both would rather agree from the first decision after somebody has fallen on: exponential, seen every
// 7 days. A million men a side, so that somebody falls in the first week.
TEST(Agreement, ends_an_even_war_in_time) {
  const CompiledModel model = battle(1e6, 1e6).compile();
  constexpr int kRuns = 200;
  const double mean = 7 / -std::expm1(-.07);
  double sum = 0;
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    const int day = day_of_peace(model, run);
    ASSERT_GT(day, 0);
    sum += day;
  }
  EXPECT_NEAR(sum / kRuns, mean, 4 * mean / std::sqrt(double{kRuns}));
}

// Without chance their alignment, -1 at first, goes to 0 by that share at every decision after somebody has fallen:
// they are enemies until it is above the threshold.
TEST(Agreement, draws_nothing_in_the_mean_field) {
  Scene scene(battle(1e6, 1e6).compile(), false);
  int day = -1;
  scene.play(200, solver::SolverKind::mean_field, [&] {
    if (day < 0 && (scene.state.derived.hostile[kA] & bit(kB)) == 0) {
      day = scene.state.day;
    }
  });
  const double enemy = scene.state.value(scene.model.war().law(LawParameter::enemy_threshold));
  EXPECT_EQ(day, 7 * static_cast<int>(std::ceil(-std::log(-enemy) / .07)));
}

// With nine in ten of the men and half of the land a loses next to nothing: .9 - .5 x 1/9 - .5 > 0.
TEST(Agreement, is_nothing_to_the_stronger_who_holds_less_than_it_can_win) {
  EXPECT_EQ(day_of_peace(battle(9e6, 1e6).compile(), 0), -1);
}

TEST(Agreement, is_nothing_where_nobody_has_fallen_or_the_law_is_off) {
  WarBuilder bloodless = battle(1e6, 1e6);
  bloodless.set("scenario.laws.fire.on", 0);
  EXPECT_EQ(day_of_peace(bloodless.compile(), 0), -1);
  WarBuilder off = battle(1e6, 1e6);
  off.set("scenario.laws.agreement.on", 0);
  EXPECT_EQ(day_of_peace(off.compile(), 0), -1);
}

TEST(Agreement, leaves_everything_as_it_stands) {
  Scene scene(battle(1e6, 1e6).set("scenario.laws.agreement.days", 1).compile());
  scene.play(15);
  const double left = scene.total(kA);
  EXPECT_FALSE(scene.state.contested[0]);
  scene.play(2999);
  EXPECT_EQ(scene.total(kA), left);
  EXPECT_EQ(scene.control(0), kB);
}

// A friend of b's who is an enemy of a's, too, is on its side: then a, with even odds against b alone, is the weaker.
TEST(Agreement, counts_the_friends_of_a_side_who_are_at_war_as_well) {
  for (const bool is_ally_at_war : {false, true}) {
    WarBuilder war = battle(1e6, 1e6);
    war.ground("c").align("b", "c", 1).align("a", "c", is_ally_at_war ? -1 : 0).place("camp", "c");
    war.force("c", "camp", 18e6).set("places.camp.value", 0).set("scenario.laws.agreement.days", 1);
    EXPECT_EQ(day_of_peace(war.compile(), 0), is_ally_at_war ? -1 : 7);
  }
}

}  // namespace
}  // namespace truel::test
