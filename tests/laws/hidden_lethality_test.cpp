#include "truel/laws/hidden_lethality/hidden_lethality.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
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
      const CompiledModel model = war.compile();
      Scene scene(model, kind != SolverKind::mean_field, 1, run);
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
  War war = *field_of_b().build();
  const float unknown = std::numeric_limits<float>::quiet_NaN();
  const auto of_pair = [&](float value) { return std::vector<float>{unknown, value, unknown, unknown}; };
  war.laid_in_lethality.push_back({war.start + 10, {of_pair(2), of_pair(-1), of_pair(unknown)}});
  const auto model = compile(std::make_shared<const War>(std::move(war)));
  ASSERT_TRUE(model);
  const CompiledModel as_it_was = field_of_b().compile();
  for (std::uint32_t run = 0; run < 4; ++run) {
    Scene scene(*model, false, 1, run);
    Scene before(as_it_was, false, 1, run);
    scene.play(13, SolverKind::mean_field);
    before.play(13, SolverKind::mean_field);
    EXPECT_EQ(deviation_of_pair(scene.state), deviation_of_pair(before.state));
    scene.play(15, SolverKind::mean_field);
    before.play(15, SolverKind::mean_field);
    const std::vector<double> laid_in = {2, -1, deviation_of_pair(before.state)};
    EXPECT_EQ(deviation_of_pair(scene.state), laid_in[run % 3]);
    EXPECT_EQ(laws::hidden_lethality(scene.state, kB, kA), laws::hidden_lethality(scene.state, kA, kB));
  }
}

}  // namespace
}  // namespace truel::test
