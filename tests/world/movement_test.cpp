// Marches on the road, and the passing of control.

#include <gtest/gtest.h>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/world/marches.hpp"
#include "truel/world/presence.hpp"

namespace truel::test {
namespace {

TEST(March, takes_the_days_that_its_speed_and_the_ground_make) {
  struct Row {
    double km, speed, terrain_speed;
    int days;
  };
  for (const Row& row :
       {Row{100, 50, 1, 2}, Row{101, 50, 1, 3}, Row{10, 50, 1, 1}, Row{100, 50, .5, 4}, Row{100, 50, 2, 1}}) {
    WarBuilder war(30);
    war.ground("a").place("from", "a").place("to", "a").road("from", "to", row.km, "ground").force("a", "from", 100);
    war.set("actors.a.speed_km_per_day", row.speed).set("scenario.terrain.ground.speed", row.terrain_speed);
    Scene scene(war.compile());
    const double km = scene.model.near(0)[0].km;
    scene.begin_day();
    send_march(scene.model, scene.state, kA, 0, 1, km, 60, MarchTask::reinforce);
    EXPECT_EQ(scene.fighters(0, kA), 40);
    EXPECT_EQ(scene.total(kA), 100);  // on the road they still count
    scene.play(row.days - 1);
    EXPECT_EQ(scene.fighters(1, kA), 0);
    scene.play(row.days);
    EXPECT_EQ(scene.fighters(1, kA), 60);
    EXPECT_TRUE(scene.state.marches.empty());
  }
}

TEST(March, of_the_same_order_marches_together) {
  WarBuilder war(30);
  war.ground("a").place("from", "a").place("to", "a").road("from", "to", 100).force("a", "from", 100);
  const CompiledModel model = war.compile();
  Scene scene(model);
  send_march(model, scene.state, kA, 0, 1, 100, 10, MarchTask::reinforce);
  send_march(model, scene.state, kA, 0, 1, 100, 20, MarchTask::reinforce);
  send_march(model, scene.state, kA, 0, 1, 100, 5, MarchTask::offensive);
  send_march(model, scene.state, kA, 0, 1, 100, 500, MarchTask::retreat);
  ASSERT_EQ(scene.state.marches.size(), 3);
  EXPECT_EQ(scene.state.marches[0].fighters, 30);
  EXPECT_EQ(scene.state.marches[2].fighters, 65);  // no more than are left
  send_march(model, scene.state, kA, 0, 1, 100, 1, MarchTask::retreat);
  EXPECT_EQ(scene.state.marches.size(), 3);
}

TEST(March, that_arrives_on_the_day_of_an_enemy_takes_nothing_before_him) {
  for (const bool is_x_first : {true, false}) {
    WarBuilder war(30);
    war.ground("x").ground("y").place("left", "x").place("right", "y").place("waste").set("scenario.laws.fire.on", 0);
    war.road("left", "waste", 50).road("right", "waste", 50).force("x", "left", 100).force("y", "right", 100);
    Scene scene = decided(war.compile());
    const PlaceIndex waste = war.at_place("waste");
    for (const bool is_x : {is_x_first, !is_x_first}) {
      const ActorIndex actor = war.actor(is_x ? "x" : "y");
      const PlaceIndex from = war.at_place(is_x ? "left" : "right");
      send_march(scene.model, scene.state, actor, from, waste, 50, 60, MarchTask::offensive);
    }
    scene.state.day = scene.state.marches[0].arrival_day;
    arrive_marches(scene.state);
    EXPECT_TRUE(scene.state.marches.empty());
    EXPECT_EQ(scene.control(waste), kNone);
  }
}

/// x holds the town; how many men each side has there is up to the test.
WarBuilder town() {
  WarBuilder war(30);
  return war.ground("x")
      .ground("y")
      .ground("z")
      .ground("friend")
      .align("x", "friend", 1)
      .place("town", "x")
      .set("scenario.laws.fire.on", 0);
}

int settled(const WarBuilder& war) {
  Scene scene(war.compile());
  settle_control(scene.state, 0);
  return scene.control(0);
}

TEST(Control, stays_with_the_holder_while_one_defender_is_left) {
  WarBuilder war = town();
  EXPECT_EQ(settled(war), war.actor("x"));  // nobody there at all
  war.force("y", "town", 100).force("x", "town", 1);
  EXPECT_EQ(settled(war), war.actor("x"));
}

TEST(Control, stays_while_a_friend_defends) {
  WarBuilder war = town();
  war.force("y", "town", 100).force("friend", "town", 1);
  EXPECT_EQ(settled(war), war.actor("x"));
}

TEST(Control, passes_to_the_enemy_with_most_fighters) {
  WarBuilder war = town();
  war.force("y", "town", 40).force("z", "town", 60);
  EXPECT_EQ(settled(war), war.actor("z"));
}

TEST(Control, passes_to_either_of_equally_strong_enemies_as_often) {
  WarBuilder war = town();
  war.force("y", "town", 50).force("z", "town", 50);
  const CompiledModel model = war.compile();
  int of_y = 0;
  constexpr int kRuns = 1000;
  for (std::uint32_t number = 0; number < kRuns; ++number) {
    Scene scene(model, true, 1, number);
    settle_control(scene.state, 0);
    of_y += scene.control(0) == war.actor("y") ? 1 : 0;
  }
  EXPECT_NEAR(of_y, kRuns / 2, 80);  // five standard deviations
}

TEST(Control, does_not_pass_to_the_neutral) {
  WarBuilder war = town();
  war.align("x", "z", 0).force("y", "town", 40).force("z", "town", 60);
  EXPECT_EQ(settled(war), war.actor("y"));
}

TEST(Control, of_land_that_nobody_holds_passes_to_whoever_stands_there_unopposed) {
  WarBuilder war(30);
  war.ground("x").ground("y").place("waste").force("x", "waste", 5);
  EXPECT_EQ(settled(war), war.actor("x"));
  war.force("y", "waste", 50);
  EXPECT_EQ(settled(war), kNone);
  war.align("x", "y", 1);
  EXPECT_EQ(settled(war), war.actor("y"));
}

TEST(Control, passes_in_battle_when_the_last_defender_falls) {
  for (const solver::SolverKind kind : kAllSolvers) {
    WarBuilder war = town();
    war.set("scenario.laws.fire.on", 1).force("x", "town", 10).force("y", "town", 100).set("actors.y.kill_rate", .02);
    const solver::Run run = solve_one(war.compile(), {.solver = kind, .every_days = 1});
    const double gone = run.of(war.actor("x"), ActorOutcome::extinction_day);
    ASSERT_LT(gone, 25);
    EXPECT_EQ(run.control[static_cast<std::size_t>(gone) - 1], war.actor("x"));
    EXPECT_EQ(run.control[static_cast<std::size_t>(gone) + 1], war.actor("y"));
    EXPECT_EQ(run.of(war.actor("x"), ActorOutcome::survives), 0);
    EXPECT_EQ(run.of(war.actor("y"), ActorOutcome::value_share), 1);
  }
}

TEST(Control, passes_to_neither_of_two_who_fall_at_one_moment_of_the_mean_field) {
  WarBuilder war(60);
  war.ground("x").ground("y").place("waste").force("x", "waste", 100).force("y", "waste", 100);
  war.set("actors.x.kill_rate", .5).set("actors.y.kill_rate", .5).set("scenario.thresholds.extinction", 1);
  const solver::Run run = solve_one(war.compile(), {.solver = solver::SolverKind::mean_field});
  for (const char* side : {"x", "y"}) {
    EXPECT_EQ(run.of(war.actor(side), ActorOutcome::survives), 0) << side;
    EXPECT_NEAR(run.of(war.actor(side), ActorOutcome::killed), 100, 1e-9) << side;
  }
  EXPECT_EQ(run.control.back(), kNone);
}

}  // namespace
}  // namespace truel::test
