#include "truel/laws/peacekeeping/peacekeeping.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

/// b's town beside a's base, which can be taken, and blue, who is at war with nobody, in the town with so many men.
WarBuilder guarded_town(double peacekeepers) {
  WarBuilder war(2000);
  war.decide_every(7).ground("a").ground("b").ground("blue").set("scenario.laws.fire.on", 0);
  war.align("a", "blue", 0).align("b", "blue", 0).set("scenario.laws.operations.on", 1);
  war.place("base", "a").place("town", "b").road("base", "town", 10);
  war.set("commands.a.hold_ratio", 0).set("commands.b.attack_ratio", 100);
  war.force("a", "base", 1000).force("b", "town", 100);
  if (peacekeepers > 0) {
    war.force("blue", "town", peacekeepers);
  }
  war.set("scenario.laws.peacekeeping.on", 1).set("scenario.laws.peacekeeping.deterrence_per_1000", 2);
  return war;
}

/// The day of the first attack on the town.
int day_of_attack(const CompiledModel& model, std::uint32_t run) {
  Scene scene(model, true, 1, run);
  int day = -1;
  scene.play(1999, solver::SolverKind::leap, [&] {
    if (day < 0 && scene.marching(kA, 1, MarchTask::offensive) > 0) {
      day = scene.state.day;
    }
  });
  return day;
}

// Each decision lets an attack through with the chance f = exp(-2 x 600 / 1000) (1 - .25), which would else begin on
// the first: the number of decisions before it is geometric.
TEST(Peacekeeping, makes_attacks_begin_at_a_lower_rate) {
  WarBuilder war = guarded_town(600);
  war.set("scenario.laws.peacekeeping.threat", .25);
  const CompiledModel model = war.compile();
  const double f = std::exp(-1.2) * .75;
  constexpr int kRuns = 200;
  double decisions = 0;
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    const int day = day_of_attack(model, run);
    ASSERT_GE(day, 0);
    decisions += day / 7;
  }
  EXPECT_NEAR(decisions / kRuns, (1 - f) / f, 4 * std::sqrt(1 - f) / f / std::sqrt(double{kRuns}));
}

TEST(Peacekeeping, is_nothing_without_peacekeepers_or_by_those_who_take_sides_or_where_it_is_off) {
  WarBuilder nobody = guarded_town(0);
  WarBuilder friends = guarded_town(600);
  friends.align("b", "blue", 1).set("commands.a.attack_ratio", 1);
  WarBuilder off = guarded_town(600);
  off.set("scenario.laws.peacekeeping.on", 0);
  for (WarBuilder* war : {&nobody, &friends, &off}) {
    war->set("scenario.laws.peacekeeping.deterrence_per_1000", 1000);
    const CompiledModel model = war->compile();
    EXPECT_EQ(day_of_attack(model, 0), 0);
  }
  const CompiledModel model = guarded_town(600).set("scenario.laws.peacekeeping.deterrence_per_1000", 1000).compile();
  EXPECT_EQ(day_of_attack(model, 0), -1);
}

// As siege_test's, with half of what the enclave lacks coming in: its mean time doubles.
TEST(Peacekeeping, feeds_a_place_under_siege) {
  WarBuilder war(4000);
  war.decide_every(7).ground("a").ground("b").ground("blue").align("a", "blue", 0).align("b", "blue", 0);
  war.set("scenario.laws.fire.on", 0).set("scenario.laws.operations.on", 1);
  war.place("base", "a").place("enclave", "b").place("home", "b").road("base", "enclave", 10).road("base", "home", 90);
  war.set("places.home.value", 5).set("commands.b.attack_ratio", 100).set("commands.a.hold_ratio", 0);
  war.force("a", "base", 1000).force("b", "enclave", 100).force("b", "home", 2000).force("blue", "enclave", 10);
  war.set("scenario.laws.siege.on", 1).set("scenario.laws.siege.days", 100);
  war.set("scenario.laws.peacekeeping.on", 1).set("scenario.laws.peacekeeping.aid", .5);
  const CompiledModel model = war.compile();
  double sum = 0;
  constexpr int kRuns = 100;
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    Scene scene(model, true, 1, run);
    int day = -1;
    scene.play(3999, solver::SolverKind::leap, [&] {
      if (day < 0 && scene.control(1) == kA) {
        day = scene.state.day;
      }
    });
    ASSERT_GE(day, 0);
    sum += day;
  }
  EXPECT_NEAR(sum / kRuns, 203.5, 4 * 200 / std::sqrt(double{kRuns}));
}

TEST(Peacekeeping, takes_no_place_and_stays_where_it_was_sent) {
  WarBuilder war = guarded_town(600);
  war.set("scenario.laws.fire.on", 1).set("actors.a.kill_rate", .1);
  war.set("scenario.laws.peacekeeping.deterrence_per_1000", 0);
  Scene scene(war.compile());
  scene.play(1999);
  EXPECT_EQ(scene.fighters(1, kC), 600);
  EXPECT_EQ(scene.control(1), kA);
}

}  // namespace
}  // namespace truel::test
