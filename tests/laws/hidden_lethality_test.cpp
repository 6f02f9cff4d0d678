#include "truel/laws/hidden_lethality/hidden_lethality.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "support/hidden_law.hpp"
#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

using laws::HiddenLethality;
using solver::SolverKind;

constexpr PlaceIndex kField = 0;

/// Ten fall a day on either side.
WarBuilder field_of_b() {
  return town_under<HiddenLethality>().set("actors.b.kill_rate", 0.01);
}

double deviation_of_pair(const State& s) {
  return laws::own_state<HiddenLethality>(s).deviation[s.pair(kA, kB)];
}

TEST(HiddenLethality, multiplies_what_two_kill_of_each_other_in_every_solver) {
  for (const SolverKind kind : kAllSolvers) {
    for (std::uint32_t run = 0; run < 3; ++run) {
      WarBuilder war = field_of_b();
      war.decide_every(2000);
      Scene scene(war.compile(), kind != SolverKind::mean_field, 1, run);
      scene.play(20, kind);
      const Event* drawn = drawn_factor<HiddenLethality>(scene);
      ASSERT_NE(drawn, nullptr);
      EXPECT_NE(drawn->fighters, 1);
      // Both shrink alike: n' = -0.01 f n.
      const double left = 1000 * std::exp(-0.2 * drawn->fighters);
      const double tolerance = kind == SolverKind::mean_field ? 1e-3 : kind == SolverKind::exact ? 80 : 90;
      EXPECT_NEAR(scene.fighters(kField, kA), left, tolerance) << "run " << run;
      EXPECT_NEAR(scene.fighters(kField, kB), left, tolerance) << "run " << run;
    }
  }
}

TEST(HiddenLethality, does_nothing_without_a_spread) {
  expect_nothing_without_a_spread<HiddenLethality>(field_of_b());
}

TEST(HiddenLethality, stays_standard_normal_and_forgets_in_its_time_of_decay) {
  WarBuilder war = field_of_b();
  war.set(hidden_path<HiddenLethality>("decay_days"), 28);
  expect_standard_normal_that_forgets(war.compile(), deviation_of_pair);
}

TEST(HiddenLethality, is_what_an_analysis_lays_in_from_its_day_on) {
  const float unknown = std::numeric_limits<float>::quiet_NaN();
  expect_what_an_analysis_lays_in(
      field_of_b(), &War::laid_in_lethality,
      [&](float value) {
        return std::vector{unknown, value, unknown, unknown};
      },
      [](const State& s) {
        EXPECT_EQ(laws::hidden_lethality(s, kB, kA), laws::hidden_lethality(s, kA, kB));
        return deviation_of_pair(s);
      });
}

// With ten dead a day on either side a lull of every run stops all of them, until it ends: after an exponential time.
TEST(HiddenLethality, sides_that_have_stopped_fighting_hold_their_fire_until_they_go_back_to_war) {
  constexpr int kRuns = 400;
  constexpr int kDecayDays = 20;
  WarBuilder builder = field_of_b();
  builder.set(hidden_path<HiddenLethality>("decay_days"), kDecayDays);
  for (const double share : {0.0, 0.5, 1.0}) {
    War war = *builder.build();
    war.laid_in_lulls.push_back({war.start, share, {{kA, kB}}});
    const auto model = compile(std::make_shared<const War>(std::move(war)));
    ASSERT_TRUE(model);
    int quiet = 0;
    int quiet_for_long = 0;
    for (std::uint32_t run = 0; run < kRuns; ++run) {
      Scene scene(*model, true, 1, run);
      scene.play(1, SolverKind::leap);
      quiet += scene.fighters(kField, kA) == 1000 && scene.fighters(kField, kB) == 1000 ? 1 : 0;
      scene.play(kDecayDays, SolverKind::leap);
      quiet_for_long += scene.fighters(kField, kA) == 1000 ? 1 : 0;
      scene.play(20 * kDecayDays, SolverKind::leap);
      EXPECT_LT(scene.fighters(kField, kA), 1000) << "war is back";
    }
    const double error = 5 * std::sqrt(0.25 / kRuns);
    EXPECT_NEAR(quiet, share * kRuns, error * kRuns);
    EXPECT_NEAR(quiet_for_long, share * std::exp(-1) * kRuns, error * kRuns);
  }
}

}  // namespace
}  // namespace truel::test
