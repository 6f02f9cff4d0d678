#include "truel/laws/hidden_defence/hidden_defence.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "support/hidden_law.hpp"
#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/defence.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

using laws::HiddenDefence;
using solver::SolverKind;

constexpr PlaceIndex kTown = 0;

/// Of a's nobody falls.
WarBuilder town_of_b() {
  return town_under<HiddenDefence>().set("actors.b.kill_rate", 0);
}

double kept(const State& s, HiddenDefence::OwnState what) {
  return s.laws.lists[laws::state_of<HiddenDefence>(what)][at(kTown)];
}

TEST(HiddenDefence, multiplies_the_strength_of_who_holds_a_place_in_every_solver) {
  for (const SolverKind kind : kAllSolvers) {
    for (std::uint32_t run = 0; run < 3; ++run) {
      WarBuilder war = town_of_b();
      war.decide_every(2000);
      Scene scene(war.compile(), kind != SolverKind::mean_field, 1, run);
      scene.play(20, kind);
      const Event* drawn = drawn_factor<HiddenDefence>(scene);
      ASSERT_NE(drawn, nullptr);
      EXPECT_NE(drawn->fighters, 1);
      EXPECT_EQ(drawn->actor, kB);
      const double fallen = 200 / drawn->fighters;
      const double tolerance = kind == SolverKind::mean_field ? 1e-6 : 5 * std::sqrt(fallen);
      EXPECT_NEAR(scene.fighters(kTown, kB), 1000 - fallen, tolerance) << "run " << run;
    }
  }
}

TEST(HiddenDefence, does_nothing_without_a_spread) {
  expect_nothing_without_a_spread<HiddenDefence>(town_of_b());
}

TEST(HiddenDefence, stays_standard_normal_and_forgets_in_its_time_of_decay) {
  WarBuilder war = town_of_b();
  war.set(hidden_path<HiddenDefence>("decay_days"), 28).set("actors.a.kill_rate", 0);
  expect_standard_normal_that_forgets(war.compile(), [](const State& s) { return kept(s, HiddenDefence::deviation); });
}

TEST(HiddenDefence, is_believed_by_commands_as_battles_show_it) {
  WarBuilder war = town_of_b();
  war.set("scenario.laws.hidden_defence.learn_days", 20).set("actors.a.kill_rate", 0);
  Scene scene(war.compile(), false);
  scene.play(1, SolverKind::mean_field);
  EXPECT_EQ(laws::exposure(scene.model, scene.state, kTown), 1) << "nobody has seen it fight";
  scene.play(29, SolverKind::mean_field);
  const double learned = 1 - std::exp(-28. / 20);
  const double deviation = kept(scene.state, HiddenDefence::deviation);
  EXPECT_NEAR(laws::exposure(scene.model, scene.state, kTown), std::exp(-0.5 * deviation * learned), 1e-12);
  EXPECT_NEAR(laws::exposure_in_fights(scene.model, scene.state, kTown), std::exp(-0.5 * deviation), 1e-12);
}

TEST(HiddenDefence, is_drawn_anew_for_a_new_holder_at_the_next_decision) {
  Scene scene(town_of_b().compile(), false);
  scene.play(8, SolverKind::mean_field);
  const double of_b = kept(scene.state, HiddenDefence::deviation);
  scene.state.control[at(kTown)] = kA;
  EXPECT_EQ(laws::exposure_in_fights(scene.model, scene.state, kTown), 1);
  EXPECT_EQ(laws::exposure(scene.model, scene.state, kTown), 1);
  scene.state.day = 14;
  scene.decide(7);
  EXPECT_GT(std::abs(kept(scene.state, HiddenDefence::deviation) - of_b), 1e-3);
  EXPECT_EQ(kept(scene.state, HiddenDefence::learned), 0);
  EXPECT_NE(laws::exposure_in_fights(scene.model, scene.state, kTown), 1);
}

TEST(HiddenDefence, is_what_an_analysis_lays_in_from_its_day_on) {
  expect_what_an_analysis_lays_in(
      town_of_b(), &War::laid_in_defence, [](float value) { return std::vector{value}; },
      [](const State& s) { return kept(s, HiddenDefence::deviation); });
}

}  // namespace
}  // namespace truel::test
