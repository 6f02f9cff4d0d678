// Leaders change their line, pledge themselves or merge, and not all of their men follow.
#include <gtest/gtest.h>

#include <utility>

#include "support/outcomes.hpp"
#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/world/marches.hpp"

namespace truel::test {
namespace {

using solver::SolverKind;

constexpr ActorIndex kD = 3;

/// Four actors at peace with each other; a's men are at two places and on a road.
WarBuilder four() {
  WarBuilder war(20);
  war.default_alignment(0).ground("a").ground("b").ground("c").ground("d");
  war.place("east", "a").place("west", "a").place("south", "b").place("north", "c");
  war.force("a", "east", 70).force("a", "west", 30).force("b", "south", 50).force("c", "north", 10);
  return war;
}

/// Plays to day 12 with 33 of a's men on the road from the first day to the last.
Scene play_with_a_march(CompiledModel model) {
  Scene scene = decided(std::move(model));
  send_march(scene.model, scene.state, kA, 0, 1, 50 * 60, 33, MarchTask::reinforce);
  scene.play(12);
  return scene;
}

TEST(Allegiance, a_new_line_sets_the_alignment_and_a_share_does_not_follow) {
  WarBuilder war = four();
  war.turn(10, InterventionAction::realign, "a", "b", .8, "c", -1);
  const Scene scene = play_with_a_march(war.compile());
  const State& s = scene.state;
  EXPECT_EQ(s.alignment[s.pair(kA, kB)], -1);
  EXPECT_EQ(s.alignment[s.pair(kB, kA)], -1);
  EXPECT_EQ(s.alignment[s.pair(kA, kC)], 0);
  EXPECT_NE(s.derived.hostile[kA] & bit(kB), 0U);
  EXPECT_EQ(scene.total(kA), 80);  // 37 and 30 at the places, 33 on the road: one in five of each goes over
  EXPECT_EQ(scene.fighters(0, kC), 7);
  EXPECT_EQ(scene.fighters(1, kC), 6);
  EXPECT_EQ(scene.marching(kC), 7);
  EXPECT_EQ(s.tally(kDefected, kA), 20);
  EXPECT_EQ(s.tally(kJoined, kC), 20);
  EXPECT_EQ(scene.control(0), kA);
}

TEST(Allegiance, who_does_not_follow_goes_home_where_nobody_is_named) {
  WarBuilder war = four();
  war.turn(10, InterventionAction::realign, "a", "b", .75, "", -1);
  for (const SolverKind kind : kAllSolvers) {
    const solver::Run run = solve_one(war.compile(), {.solver = kind});
    EXPECT_DOUBLE_EQ(run.of(kA, kDeserted), 25);
    EXPECT_DOUBLE_EQ(run.of(kA, ActorOutcome::final_fighters), 75);
    EXPECT_EQ(run.of(kA, kDefected), 0);
  }
}

// A split: half of a's men break away under c, and the two are enemies from then on, in the same towns.
TEST(Allegiance, a_split_leaves_two_enemies_in_one_town) {
  WarBuilder war = four();
  war.turn(10, InterventionAction::realign, "a", "c", .5, "c", -1);
  war.set("actors.a.kill_rate", .01).set("actors.c.kill_rate", .01);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_EQ(run.of(kC, kJoined), 50);
  EXPECT_GT(run.of(kA, ActorOutcome::killed), 0);
  EXPECT_GT(run.of(kC, ActorOutcome::killed), 0);
}

TEST(Allegiance, a_pledge_takes_over_friends_and_enemies_and_keeps_the_men) {
  WarBuilder war = four();
  war.align("b", "c", -1).align("b", "d", .7).align("a", "c", .9).turn(10, InterventionAction::pledge, "a", "b");
  Scene scene(war.compile());
  scene.play(9);
  EXPECT_EQ(scene.state.alignment[scene.state.pair(kA, kC)], .9);
  scene.play(10);
  const State& s = scene.state;
  EXPECT_EQ(s.alignment[s.pair(kA, kB)], 1);
  EXPECT_EQ(s.alignment[s.pair(kA, kC)], -1);
  EXPECT_EQ(s.alignment[s.pair(kD, kA)], .7);
  EXPECT_EQ(s.alignment[s.pair(kB, kD)], .7);
  EXPECT_EQ(scene.total(kA), 100);
  EXPECT_EQ(s.tally(kDefected, kA) + s.tally(kDeserted, kA), 0);
}

TEST(Allegiance, a_merger_hands_over_men_roads_places_and_supporters) {
  WarBuilder war = four();
  war.support("a", "east", .5).support("b", "east", .2);
  war.turn(10, InterventionAction::merge, "a", "b", .9, "d");
  const CompiledModel model = war.compile();
  const Scene scene = play_with_a_march(model);
  EXPECT_EQ(scene.total(kA), 0);
  EXPECT_EQ(scene.total(kB), 50 + 90);
  EXPECT_EQ(scene.total(kD), 10);
  EXPECT_EQ(scene.marching(kB) + scene.marching(kD), 33);
  EXPECT_EQ(scene.control(0), kB);
  EXPECT_EQ(scene.control(1), kB);
  EXPECT_DOUBLE_EQ(scene.support(0, kB), .2 + .9 * .5);
  EXPECT_DOUBLE_EQ(scene.support(0, kD), .1 * .5);
  EXPECT_EQ(scene.support(0, kA), 0);
  for (const SolverKind kind : kAllSolvers) {
    const solver::Run run = solve_one(model, {.solver = kind});
    EXPECT_EQ(run.of(kA, ActorOutcome::final_fighters), 0);
    EXPECT_EQ(run.of(kA, ActorOutcome::extinction_day), 10);
    EXPECT_EQ(run.of(kA, ActorOutcome::collapse_day), 10);
    EXPECT_DOUBLE_EQ(run.of(kA, kDefected), 100);
    EXPECT_DOUBLE_EQ(run.of(kB, kJoined), 90);
    EXPECT_DOUBLE_EQ(run.of(kD, kJoined), 10);
  }
}

TEST(Allegiance, a_pledge_or_a_merger_of_value_0_does_not_happen) {
  WarBuilder war = four();
  war.align("b", "c", -1).turn(10, InterventionAction::pledge, "a", "b", .5, "", 0);
  war.turn(10, InterventionAction::merge, "a", "b", .5, "d", 0);
  Scene scene(war.compile());
  scene.play(12);
  EXPECT_EQ(scene.total(kA), 100);
  EXPECT_EQ(scene.state.alignment[scene.state.pair(kA, kC)], 0);
}

// Before the first day strengths and places have long followed; only the alignments have not.
TEST(Allegiance, changed_before_the_first_day_shows_in_the_alignments_alone) {
  WarBuilder war = four();
  war.align("b", "c", -1).change(-3, "ties.b.d.alignment", .6);
  war.turn(-2, InterventionAction::pledge, "a", "b", .5, "c")
      .turn(-1, InterventionAction::realign, "a", "d", .5, "", -.7);
  war.turn(-1, InterventionAction::merge, "c", "d");
  Scene scene = decided(war.compile());
  const State& s = scene.state;
  EXPECT_EQ(s.alignment[s.pair(kA, kB)], 1);
  EXPECT_EQ(s.alignment[s.pair(kA, kC)], -1);
  EXPECT_EQ(s.alignment[s.pair(kD, kA)], -.7);
  EXPECT_EQ(scene.total(kA), 100);
  EXPECT_EQ(scene.total(kC), 10);
  EXPECT_EQ(s.tally(kDeserted, kA) + s.tally(kDefected, kA) + s.tally(kDefected, kC), 0);
}

}  // namespace
}  // namespace truel::test
