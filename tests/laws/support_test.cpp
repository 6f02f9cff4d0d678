// Support among the people: moved by harm and by government.
#include "truel/laws/support/support.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "support/solve.hpp"
#include "support/statistics.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

/// 1000 people in a's town; a, b and c are supported by 0.4, 0.2 and 0.1 of them.
WarBuilder town() {
  WarBuilder war(60);
  war.ground("a").ground("b").ground("c").place("town", "a").place("base", "c");
  war.set("places.town.population", 1000).set("scenario.laws.support.on", 1);
  war.support("a", "town", .4).support("b", "town", .2).support("c", "town", .1);
  return war.force("a", "town", 10).force("b", "town", 10);
}

/// The town after a has harmed `harmed` of its people and `days` have passed.
Scene after(CompiledModel model, double harmed, double days, ActorIndex by = kA) {
  Scene scene(std::move(model));
  scene.state.tallies.recent_harm[scene.state.slot(0, by)] = harmed;
  laws::move_support(scene.model, scene.state, days);
  return scene;
}

TEST(Support, moves_from_who_does_harm_to_its_enemies_who_are_there) {
  WarBuilder war = town();
  war.set("scenario.laws.support.shift_per_harm", 2);
  const Scene scene = after(war.compile(), 50, 7);
  EXPECT_DOUBLE_EQ(scene.support(0, kA), .4 - 2 * 50 / 1000.);
  EXPECT_DOUBLE_EQ(scene.support(0, kB), .2 + 2 * 50 / 1000.);
  EXPECT_DOUBLE_EQ(scene.support(0, kC), .1);                              // an enemy too, but not there
  EXPECT_EQ(scene.state.tallies.recent_harm[scene.state.slot(0, kA)], 0);  // counted once
}

TEST(Support, is_shared_by_all_the_enemies_who_are_there) {
  WarBuilder war = town();
  war.set("scenario.laws.support.shift_per_harm", 2).force("c", "town", 1);
  const Scene scene = after(war.compile(), 50, 7);
  EXPECT_DOUBLE_EQ(scene.support(0, kB), .25);
  EXPECT_DOUBLE_EQ(scene.support(0, kC), .15);
}

TEST(Support, cannot_fall_below_nothing) {
  WarBuilder war = town();
  war.set("scenario.laws.support.shift_per_harm", 100);
  const Scene scene = after(war.compile(), 50, 7);
  EXPECT_EQ(scene.support(0, kA), 0);
  EXPECT_DOUBLE_EQ(scene.support(0, kB), .6);
}

TEST(Support, harm_makes_people_leave_but_no_more_than_live_there) {
  WarBuilder war = town();
  war.set("scenario.laws.support.displaced_per_harm", 4);
  const CompiledModel model = war.compile();
  EXPECT_DOUBLE_EQ(after(model, 50, 7).state.population[0], 800);
  EXPECT_EQ(after(model, 5000, 7).state.population[0], 0);
}

TEST(Support, of_the_ruler_grows_with_legitimacy_and_falls_under_a_tyranny) {
  for (const double legitimacy : {.01, -.02, 0.}) {
    WarBuilder war = town();
    war.set("actors.a.legitimacy_per_day", legitimacy).set("actors.b.legitimacy_per_day", .05);
    const Scene scene = after(war.compile(), 0, 7);
    EXPECT_DOUBLE_EQ(scene.support(0, kA), .4 + 7 * legitimacy * .4 * .6);
    EXPECT_DOUBLE_EQ(scene.support(0, kB), .2);  // b does not rule there
  }
}

TEST(Support, of_all_together_never_exceeds_the_people) {
  WarBuilder war = town();
  war.set("actors.a.legitimacy_per_day", 5);
  EXPECT_DOUBLE_EQ(after(war.compile(), 0, 7).support(0, kA), .7);
}

TEST(Support, stays_as_it_is_where_the_law_is_off) {
  WarBuilder war = town();
  war.set("scenario.laws.support.on", 0).set("scenario.laws.support.shift_per_harm", 2);
  war.set("actors.a.legitimacy_per_day", .05).set("scenario.laws.support.displaced_per_harm", 4);
  const Scene scene = after(war.compile(), 50, 7);
  EXPECT_EQ(scene.support(0, kA), .4);
  EXPECT_EQ(scene.state.population[0], 1000);
}

// Blind fire of the ruler drives its own people to the rebels, who hide the better for it: law on against law off.
TEST(Support, lost_by_blind_fire_makes_rebels_harder_to_find) {
  const auto rebels_killed = [](double shift) {
    WarBuilder war = town();
    war.decide_every(7).set("scenario.laws.support.shift_per_harm", shift);
    war.set("actors.b.concealment", 1).set("actors.a.kill_rate", .002);
    war.arrive(0, "b", "town", 300).arrive(0, "a", "town", 500);
    Sample killed;
    for (const solver::Run& run : solve_many(war.compile(), {}, 200)) {
      killed.add(run.of(kB, ActorOutcome::killed));
    }
    return killed;
  };
  const Sample with = rebels_killed(100);
  const Sample without = rebels_killed(0);
  EXPECT_LT(with.mean(), without.mean() - kStandardErrors * std::hypot(with.se(), without.se()) - 3);
}

}  // namespace
}  // namespace truel::test
