// The taste of a command for places that an enemy has just taken from somebody else.
#include <gtest/gtest.h>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/world/presence.hpp"

namespace truel::test {
namespace {

constexpr ActorIndex kPredator = 0;
constexpr ActorIndex kRival = 1;
constexpr PlaceIndex kOld = 1;
constexpr PlaceIndex kTaken = 2;

/// 200 men can take one of two places of a rival, each held by 100: the old one, worth 3, or the other, worth 1.
WarBuilder two_prizes() {
  WarBuilder war(60);
  war.ground("predator").ground("rival").ground("owner").set("scenario.laws.fire.on", 0);
  war.set("scenario.laws.operations.on", 1).set("commands.rival.attack_ratio", 100);
  war.place("camp", "predator").place("old", "rival").place("taken", "rival");
  war.road("camp", "old", 30).road("camp", "taken", 30).set("places.old.value", 3);
  war.force("predator", "camp", 200).force("rival", "old", 100).force("rival", "taken", 100);
  return war.set("commands.predator.hold_ratio", 0).set("scenario.laws.operations.consolidation_days", 20);
}

/// Fighters sent to the place that was taken `days` ago from this actor (kNone: never).
double sent(const WarBuilder& war, ActorIndex from, int days) {
  Scene scene(war.compile());
  scene.state.day = 40;
  scene.state.taken_from[at(kTaken)] = from;
  scene.state.held_since[at(kTaken)] = 40 - days;
  scene.decide(7);
  EXPECT_EQ(scene.marching(kPredator, kOld, MarchTask::offensive) > 0,
            scene.marching(kPredator, kTaken, MarchTask::offensive) == 0);
  return scene.marching(kPredator, kTaken, MarchTask::offensive);
}

// With c = exp(-30/60) for the camp it threatens, the old place is worth 3 + c and the other (1 + c)(1 + taste), which
// is more if the taste, falling over 20 days, is still above 2 / (1 + c) = 1.24: at 4, for 13 days.
TEST(Predation, goes_for_what_another_has_just_lost_until_it_is_consolidated) {
  WarBuilder war = two_prizes();
  EXPECT_EQ(sent(war, 2, 0), 0);
  war.set("commands.predator.predation", 4);
  EXPECT_EQ(sent(war, 2, 0), 150);
  EXPECT_EQ(sent(war, 2, 13), 150);
  EXPECT_EQ(sent(war, 2, 14), 0);
  EXPECT_EQ(sent(war, 2, 30), 0);
}

TEST(Predation, does_not_see_what_nobody_or_its_own_side_has_lost) {
  WarBuilder war = two_prizes();
  war.set("commands.predator.predation", 4);
  EXPECT_EQ(sent(war, kNone, 0), 0);
  EXPECT_EQ(sent(war, kPredator, 0), 0);
}

TEST(Predation, remembers_from_whom_a_place_was_taken) {
  WarBuilder war(30);
  war.ground("predator").ground("rival").ground("owner").place("town", "owner").force("rival", "town", 50);
  Scene scene(war.compile());
  EXPECT_EQ(scene.state.taken_from[0], kNone);
  settle_control(scene.state, 0);
  EXPECT_EQ(scene.control(0), kRival);
  EXPECT_EQ(scene.state.taken_from[0], 2);
}

}  // namespace
}  // namespace truel::test
