#include "truel/laws/hidden_lethality/hidden_lethality.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
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

}  // namespace
}  // namespace truel::test
