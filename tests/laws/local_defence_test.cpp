#include "truel/laws/local_defence/local_defence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

constexpr PlaceIndex kLost = 0;
constexpr ActorOutcome kRisen = laws::outcome_of<laws::Recruitment>(laws::Recruitment::recruited);

/// A town with 10,000 people, half of them a's supporters, of whom 200 in all have arms; b holds it.
WarBuilder lost_town(double garrison) {
  WarBuilder war(4000);
  war.decide_every(7).ground("a").ground("b").place("town", "b").set("scenario.laws.fire.on", 0);
  war.set("places.town.population", 10'000).support("a", "town", .5);
  war.set("scenario.laws.local_defence.on", 1).set("scenario.laws.local_defence.men_per_1000", 40);
  war.set("scenario.laws.local_defence.disarm_days", 1e6);
  if (garrison > 0) {
    war.force("b", "town", garrison);
  }
  return war;
}

/// The day on which a first has men in the town, -1 for never.
int day_of_rising(const CompiledModel& model, std::uint32_t run, int until) {
  Scene scene(model, true, 1, run);
  int day = -1;
  scene.play(until, solver::SolverKind::leap, [&] {
    if (day < 0 && scene.fighters(kLost, kA) > 0) {
      day = scene.state.day;
    }
  });
  return day;
}

// Exponential with mean days / exp(-k G / H), seen every 7 days: the number of whole weeks is geometric.
TEST(LocalDefence, rises_the_more_rarely_the_stronger_the_garrison) {
  for (const double garrison : {0., 100.}) {
    WarBuilder war = lost_town(garrison);
    war.set("scenario.laws.local_defence.days", 40).set("scenario.laws.local_defence.deterrence", 2.3);
    const CompiledModel model = war.compile();
    constexpr int kRuns = 200;
    const double chance = -std::expm1(-7 * std::exp(-2.3 * garrison / 200) / 40);
    const double mean = 7 / chance;
    double sum = 0;
    for (std::uint32_t run = 0; run < kRuns; ++run) {
      const int day = day_of_rising(model, run, 3999);
      ASSERT_GT(day, 0);
      sum += day;
    }
    EXPECT_NEAR(sum / kRuns, mean, 4 * mean / std::sqrt(double{kRuns}));
  }
}

TEST(LocalDefence, takes_a_place_with_nobody_in_it_and_battles_where_an_enemy_is) {
  for (const double garrison : {0., 100.}) {
    WarBuilder war = lost_town(garrison);
    war.set("scenario.laws.local_defence.days", 1).set("scenario.laws.local_defence.deterrence", 0);
    Scene scene(war.compile());
    scene.play(8);
    EXPECT_EQ(scene.fighters(kLost, kA), 200);
    EXPECT_EQ(scene.state.tally(kRisen, kA), 200);
    EXPECT_EQ(scene.control(kLost), garrison > 0 ? kB : kA);
    EXPECT_EQ(scene.state.contested[kLost], garrison > 0);
    scene.play(100);
    EXPECT_EQ(scene.fighters(kLost, kA), 200);  // nobody rises twice
  }
}

TEST(LocalDefence, is_for_places_without_an_army_of_their_own_side_and_not_under_a_third) {
  WarBuilder army = lost_town(100);
  army.force("a", "town", 1);
  WarBuilder third = lost_town(100);
  third.align("a", "b", 0);
  WarBuilder off = lost_town(0);
  off.set("scenario.laws.local_defence.on", 0);
  for (WarBuilder* war : {&army, &third, &off}) {
    war->set("scenario.laws.local_defence.days", 1).set("scenario.laws.local_defence.deterrence", 0);
    const CompiledModel model = war->compile();
    Scene scene(model);
    scene.play(100);
    EXPECT_EQ(scene.state.tally(kRisen, kA), 0);
  }
}

TEST(LocalDefence, calls_nobody_who_was_disarmed) {
  WarBuilder war = lost_town(100);
  war.set("scenario.laws.local_defence.days", 10).set("scenario.laws.local_defence.deterrence", 0);
  war.set("scenario.laws.local_defence.disarm_days", 30);
  const CompiledModel model = war.compile();
  for (std::uint32_t run = 0; run < 20; ++run) {
    Scene scene(model, true, 1, run);
    double first = 0;
    scene.play(200, solver::SolverKind::leap, [&] { first = first > 0 ? first : scene.fighters(kLost, kA); });
    EXPECT_GT(first, 0);
    EXPECT_EQ(scene.fighters(kLost, kA), first);
  }
}

// H falls to H exp(-t / disarm_days), step by step of 7 days: the product of the chances of all decisions.
TEST(LocalDefence, ends_where_those_who_may_rise_are_disarmed) {
  WarBuilder war = lost_town(100);
  war.set("scenario.laws.local_defence.days", 20).set("scenario.laws.local_defence.deterrence", 2.3);
  war.set("scenario.laws.local_defence.disarm_days", 30);
  double quiet = 1;
  for (int week = 0; week < 60; ++week) {
    const double men = std::floor(200 * std::exp(-7. * week / 30));
    quiet *= men > 0 ? std::exp(-7 * std::exp(-2.3 * 100 / men) / 20) : 1;
  }
  const CompiledModel model = war.compile();
  constexpr int kRuns = 400;
  double risen = 0;
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    risen += day_of_rising(model, run, 420) >= 0;
  }
  EXPECT_GT(quiet, .1);
  EXPECT_LT(quiet, .9);
  EXPECT_NEAR(risen / kRuns, 1 - quiet, 4 * std::sqrt(quiet * (1 - quiet) / kRuns));
}

// Without a garrison the share who have risen by day 7 n is 1 - exp(-7 n / days) in the mean.
TEST(LocalDefence, rises_in_the_mean_field_as_in_the_mean) {
  WarBuilder war = lost_town(0);
  war.set("scenario.laws.local_defence.days", 50);
  Scene scene(war.compile(), false);
  scene.play(71, solver::SolverKind::mean_field);
  EXPECT_NEAR(scene.fighters(kLost, kA), 200 * -std::expm1(-70. / 50), 1e-9);
}

// exp(-2.3 * 63,500 / 200) is 1e-317: as a force, so little would be fired at every day and never be gone.
TEST(LocalDefence, raises_nobody_in_the_mean_field_where_the_chance_is_next_to_none) {
  WarBuilder war = lost_town(63'500);
  war.set("scenario.laws.fire.on", 1).set("scenario.laws.local_defence.days", 1);
  Scene scene(war.compile(), false);
  scene.play(71, solver::SolverKind::mean_field, [&] { ASSERT_EQ(scene.fighters(kLost, kA), 0); });
  EXPECT_EQ(scene.state.tally(kRisen, kA), 0);
  EXPECT_EQ(scene.state.tally(ActorOutcome::killed, kA), 0);
}

// An attack on the goal wants 150 men: 50 who come to the 200 of the town cannot begin it, 300 can.
TEST(LocalDefence, stays_where_it_rose) {
  for (const double army : {50., 300.}) {
    WarBuilder war = lost_town(0);
    war.place("goal", "b").road("town", "goal", 10).force("b", "goal", 100).set("scenario.laws.operations.on", 1);
    war.set("scenario.laws.local_defence.days", 1).arrive(14, "a", "town", army);
    war.set("commands.a.hold_ratio", 0).set("commands.a.attack_ratio", 1.5).set("commands.b.attack_ratio", 100);
    Scene scene(war.compile());
    double marched = 0;
    scene.play(29, solver::SolverKind::leap, [&] { marched = std::max(marched, scene.marching(kA)); });
    EXPECT_EQ(marched, army > 50 ? 150 : 0);
    EXPECT_EQ(scene.fighters(kLost, kA), 200 + army - marched);
  }
}

}  // namespace
}  // namespace truel::test
