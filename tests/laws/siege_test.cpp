#include <gtest/gtest.h>

#include <cmath>

#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

/// An enclave of b without supply beside a's base; b's home is elsewhere.
WarBuilder enclave(double besiegers = 1000) {
  WarBuilder war(4000);
  war.decide_every(7).ground("a").ground("b");
  war.set("scenario.laws.fire.on", 0).set("scenario.laws.operations.on", 1);
  war.place("base", "a").place("enclave", "b").place("home", "b").road("base", "enclave", 10).road("base", "home", 90);
  war.set("places.home.value", 5).set("commands.b.attack_ratio", 100).set("commands.a.hold_ratio", 0);
  war.force("a", "base", besiegers).force("b", "enclave", 100).force("b", "home", 2000);
  return war;
}

TEST(Siege, of_an_enclave_takes_the_place_of_a_storm_until_it_gives_up_on_terms) {
  WarBuilder war = enclave();
  {
    Scene stormed = decided(war.compile());
    EXPECT_EQ(stormed.marching(kA, 1, MarchTask::offensive), 150);
  }
  war.set("scenario.laws.siege.on", 1).set("scenario.laws.siege.days", 200);
  const CompiledModel model = war.compile();
  double sum = 0;
  constexpr int kRuns = 60;
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    Scene scene(model, true, 1, run);
    int day = -1;
    scene.play(3000, solver::SolverKind::leap, [&] {
      EXPECT_EQ(scene.marching(kA, 1, MarchTask::offensive), 0);
      if (day < 0 && scene.control(1) == kA) {
        day = scene.state.day;
        EXPECT_EQ(scene.marching(1, 2, MarchTask::retreat), 100);  // with their arms, to their friends
      }
    });
    ASSERT_GE(day, 0);
    sum += day;
  }
  // Exponential, seen every 7 days.
  EXPECT_NEAR(sum / kRuns, 203.5, 4 * 200 / std::sqrt(double{kRuns}));
}

TEST(Siege, by_too_few_does_not_end) {
  for (const double ratio : {0., .5, 2.}) {
    WarBuilder war = enclave(150);
    war.set("scenario.laws.siege.on", 1).set("scenario.laws.siege.days", 20);
    war.set("scenario.laws.siege.surrender_ratio", ratio);  // there are one and a half for each man
    Scene scene(war.compile(), true, 1, 0);
    scene.play(700, solver::SolverKind::leap, [] {});
    EXPECT_EQ(scene.control(1), ratio > 1.5 ? kB : kA) << ratio;
  }
}

TEST(Siege, that_ends_an_actor_s_last_force_is_the_end_of_the_actor) {
  WarBuilder war(4000);
  war.decide_every(7).ground("a").ground("b").place("base", "a").place("enclave", "b").road("base", "enclave", 10);
  war.place("home", "b").set("places.home.value", 5);  // without a road to it
  war.set("scenario.laws.fire.on", 0).set("scenario.laws.operations.on", 1).set("commands.a.hold_ratio", 0);
  war.set("commands.b.attack_ratio", 100).set("scenario.laws.siege.on", 1).set("scenario.laws.siege.days", 20);
  war.force("a", "base", 1000).force("b", "enclave", 100);
  for (const solver::Run& run : solve_many(war.compile(), {.every_days = 4000}, 20)) {
    ASSERT_EQ(run.of(kB, ActorOutcome::final_fighters), 0);
    EXPECT_GT(run.of(kB, ActorOutcome::extinction_day), 0);
    EXPECT_EQ(std::fmod(run.of(kB, ActorOutcome::extinction_day), 7), 0);  // the day of the decision
  }
}

}  // namespace
}  // namespace truel::test
