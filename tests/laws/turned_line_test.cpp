#include "truel/laws/turned_line/turned_line.hpp"

#include <gtest/gtest.h>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

using solver::SolverKind;
using T = laws::TurnedLine;

/// A gate of b's that falls to 800 men of a's on the first day; beside it a town of b's with 100 men, and so many in
/// the rear behind both, with a home behind it. Nobody decides twice.
WarBuilder line(double rear, double town = 100) {
  WarBuilder war(40);
  war.decide_every(50)
      .ground("a")
      .ground("b")
      .set("scenario.laws.fire.on", 1)
      .set("scenario.laws.operations.on", 1)
      .set("scenario.laws.operations.least_win_probability", 0.5);
  war.set("actors.a.kill_rate", 1).set("actors.b.kill_rate", 0);
  war.set("actors.a.speed_km_per_day", 100).set("actors.b.speed_km_per_day", 100);
  war.set("commands.a.hold_ratio", 0).set("commands.a.attack_ratio", 8).set("commands.a.breaking_point", 0);
  war.set("commands.b.hold_ratio", 0).set("commands.b.attack_ratio", 100).set("commands.b.breaking_point", 0.2);
  war.place("base", "a").place("gate", "b").place("town", "b").place("rear", "b").place("home", "b");
  war.road("base", "gate", 20)
      .road("gate", "town", 20)
      .road("town", "rear", 30)
      .road("gate", "rear", 36)
      .road("rear", "home", 20);
  war.force("a", "base", 800).force("b", "gate", 100).force("b", "town", town).force("b", "rear", rear);
  war.set("scenario.laws.turned_line.on", 1).set("scenario.laws.turned_line.walk_in_days", 0);
  return war;
}

constexpr PlaceIndex kTurnedTown = 2;
constexpr PlaceIndex kRear = 3;
constexpr PlaceIndex kHome = 4;
constexpr PlaceIndex kField = 5;

struct Outcome {
  double withdrawals, in_town, in_rear;
  int holder;  ///< of the town
};

Outcome play(WarBuilder& war, SolverKind kind = SolverKind::leap) {
  Scene scene(war.compile(), kind != SolverKind::mean_field);
  scene.play(39, kind);
  return {scene.state.tally(laws::outcome_of<T>(T::withdrawals), kB), scene.fighters(kTurnedTown, kB),
          scene.fighters(kRear, kB), scene.control(kTurnedTown)};
}

TEST(TurnedLine, shortens_itself_in_every_solver) {
  for (const SolverKind kind : kAllSolvers) {
    WarBuilder war = line(2000);
    const Outcome on = play(war, kind);
    EXPECT_EQ(on.withdrawals, 1);
    EXPECT_EQ(on.in_town, 0);
    EXPECT_EQ(on.in_rear, 2100) << "all of them arrive";
    EXPECT_EQ(on.holder, kB) << "until somebody comes";
    war.set("scenario.laws.turned_line.on", 0);
    const Outcome off = play(war, kind);
    EXPECT_EQ(off.withdrawals, 0);
    EXPECT_EQ(off.in_town, 100);
  }
}

TEST(TurnedLine, stays_where_the_odds_are_good_or_no_place_is_better) {
  WarBuilder war = line(2000, 1000);
  EXPECT_EQ(play(war).withdrawals, 0);
  war = line(2000);
  war.set("scenario.laws.turned_line.margin", 0.9);
  EXPECT_EQ(play(war).withdrawals, 0) << "no odds are above 1";
}

TEST(TurnedLine, goes_no_farther_than_to_where_it_can_stay) {
  for (const double rear : {0., 1000.}) {
    WarBuilder war = line(rear);
    Scene scene(war.compile());
    scene.play(39);
    EXPECT_EQ(scene.fighters(kTurnedTown, kB), 0);
    EXPECT_EQ(scene.fighters(kRear, kB), rear > 0 ? 1100 : 0);
    EXPECT_EQ(scene.fighters(kHome, kB), rear > 0 ? 0 : 100) << "100 men in the rear have bad odds against 800";
  }
}

TEST(TurnedLine, leaves_before_its_last_way_out_is_cut) {
  WarBuilder war = line(300);
  war.set("commands.b.breaking_point", 0);
  EXPECT_EQ(play(war).withdrawals, 0) << "a day and a third, where the enemy needs three";
  war.set("actors.b.speed_km_per_day", 10);
  EXPECT_EQ(play(war).withdrawals, 1) << "four days";
  war.set("scenario.laws.exploitation.km_per_day", 9);
  EXPECT_EQ(play(war).withdrawals, 0) << "the enemy needs four as well";
  war = line(900);
  war.set("commands.b.breaking_point", 0).set("actors.b.speed_km_per_day", 10);
  EXPECT_EQ(play(war).withdrawals, 0) << "900 guard the way out";
}

TEST(TurnedLine, lets_who_is_next_door_walk_in) {
  for (const SolverKind kind : kAllSolvers) {
    WarBuilder war = line(2000);
    war.set("scenario.laws.turned_line.walk_in_days", 10).set("scenario.laws.turned_line.party", 0.1);
    EXPECT_EQ(play(war, kind).holder, kA);
    war.country("town", "There").set("commands.a.keeps_to_country", 1);
    EXPECT_EQ(play(war, kind).holder, kB) << "across the border";
  }
  WarBuilder war = line(2000);
  war.set("scenario.laws.turned_line.walk_in_days", 38);
  EXPECT_EQ(play(war).holder, kB) << "not within 39 days";
}

TEST(TurnedLine, walks_into_land_that_nobody_holds) {
  WarBuilder war = line(2000);
  war.place("field").road("field", "rear", 10).set("scenario.laws.turned_line.walk_in_days", 10);
  war.set("scenario.laws.operations.least_win_probability", 1);  // nobody goes by order
  Scene scene(war.compile());
  scene.play(10);
  EXPECT_EQ(scene.control(kField), kNone);
  scene.play(13);
  EXPECT_EQ(scene.control(kField), kB);
  EXPECT_EQ(scene.fighters(kField, kB), 200) << "a tenth of those in the rear";
  EXPECT_EQ(scene.total(kB), 2200);
}

TEST(TurnedLine, does_not_ask_for_names) {
  const WarBuilder other = line(2000).renumbered();
  Scene scene(other.compile());
  scene.play(39);
  EXPECT_EQ(scene.fighters(other.at_place("rear"), other.actor("b")), 2100);
}

}  // namespace
}  // namespace truel::test
