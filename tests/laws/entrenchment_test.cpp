#include "truel/laws/entrenchment/entrenchment.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/hidden_law.hpp"
#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/defence.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

using laws::Entrenchment;
using solver::SolverKind;

constexpr PlaceIndex kHeld = 0;
constexpr PlaceIndex kBehind = 2;

/// A town of b's between a town of a's and one of b's own; complete works make it three times as strong, after ten days
/// all but 1/e of them is built.
WarBuilder line_of_three(int days = 200) {
  WarBuilder war(days);
  war.decide_every(5).ground("a").ground("b");
  war.place("town", "b").place("front", "a").place("rear", "b").road("front", "town", 20).road("town", "rear", 20);
  war.force("a", "front", 1000).force("b", "town", 1000).force("b", "rear", 1000);
  war.set("scenario.laws.entrenchment.on", 1).set("scenario.laws.entrenchment.strength", 3);
  return war.set("scenario.laws.entrenchment.days", 10).set("scenario.laws.entrenchment.decay_days", 20);
}

double advantage(const CompiledModel& model, const Scene& scene, PlaceIndex p) {
  return 1 / laws::exposure_in_fights(model, scene.state, p);
}

TEST(Entrenchment, grows_beside_an_enemy_and_nowhere_else) {
  for (const SolverKind kind : kAllSolvers) {
    Scene scene(line_of_three().compile(), kind != SolverKind::mean_field);
    for (const int days : {1, 6, 11, 31}) {
      scene.play(days, kind);
      const double decided = 5 * ((scene.state.day - 1) / 5);
      EXPECT_NEAR(advantage(scene.model, scene, kHeld), 1 + 2 * (1 - std::exp(-decided / 10)), 1e-12)
          << scene.state.day;
      EXPECT_EQ(advantage(scene.model, scene, kBehind), 1);
    }
    EXPECT_EQ(laws::exposure(scene.model, scene.state, kHeld),
              laws::exposure_in_fights(scene.model, scene.state, kHeld))
        << "everybody sees works";
  }
}

TEST(Entrenchment, is_lost_with_the_place_and_decays_without_an_enemy_beside_it) {
  Scene scene(line_of_three().compile());
  scene.play(41, SolverKind::mean_field);
  const double built = (advantage(scene.model, scene, kHeld) - 1) / 2;
  scene.state.control[1] = kB;
  scene.state.day = 45;
  scene.decide(5);
  EXPECT_NEAR(advantage(scene.model, scene, kHeld), 1 + 2 * built * std::exp(-5. / 20), 1e-12);
  scene.state.control[kHeld] = kA;
  EXPECT_EQ(advantage(scene.model, scene, kHeld), 1) << "until the next decision";
  scene.state.day = 50;
  scene.decide(5);
  EXPECT_EQ(advantage(scene.model, scene, kHeld), 1) << "after it";
}

TEST(Entrenchment, of_the_first_day_is_what_both_holders_have_had_time_for) {
  WarBuilder war = line_of_three();
  war.set("scenario.laws.entrenchment.first_days", 30);
  for (const auto& [of_town, of_front, days] : {std::tuple{100, 100, 130.}, {100, 7, 7.}, {4, 100, 4.}, {0, 0, 30.}}) {
    War built = *war.build();
    for (ControlSpell& spell : built.control) {
      spell.from = built.start - (spell.place == kHeld ? of_town : spell.place == 1 ? of_front : 0);
    }
    auto compiled = compile(std::make_shared<const War>(built));
    ASSERT_TRUE(compiled.has_value());
    Scene scene(*compiled, false);
    scene.play(1, SolverKind::mean_field);
    EXPECT_NEAR(advantage(*compiled, scene, kHeld), 1 + 2 * (1 - std::exp(-days / 10)), 1e-12)
        << of_town << " " << of_front;
  }
}

TEST(Entrenchment, without_strength_changes_nothing) {
  for (const SolverKind kind : kAllSolvers) {
    WarBuilder with = line_of_three(60);
    with.set("scenario.laws.entrenchment.strength", 1);
    WarBuilder without = line_of_three(60);
    without.set("scenario.laws.entrenchment.on", 0);
    const solver::SolveOptions options{.solver = kind};
    EXPECT_EQ(bytes_of(solve_one(with.compile(), options)), bytes_of(solve_one(without.compile(), options)));
  }
}

TEST(Entrenchment, halves_the_fire_that_reaches_who_holds_the_place_and_no_other) {
  // A thousand who fell ten a day of each other; works were finished before the war and make the holder twice as
  // strong.
  WarBuilder war(40);
  war.decide_every(1000).ground("a").ground("b").place("town", "b").place("home", "a").road("home", "town", 20);
  war.force("a", "town", 1000).force("b", "town", 1000).set("actors.a.kill_rate", 0.01).set("actors.b.kill_rate", 0);
  war.set("scenario.laws.entrenchment.on", 1).set("scenario.laws.entrenchment.strength", 2);
  war.set("scenario.laws.entrenchment.first_days", 1e6);
  Scene scene(war.compile(), false);
  scene.play(20, SolverKind::mean_field);
  EXPECT_NEAR(scene.fighters(kHeld, kB), 1000 - 20 * 10 / 2., 1e-6);
  EXPECT_EQ(scene.fighters(kHeld, kA), 1000);
}

}  // namespace
}  // namespace truel::test
