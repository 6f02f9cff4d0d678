#include "truel/laws/hidden_lethality/hidden_lethality.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

using laws::HiddenLethality;
using solver::SolverKind;

constexpr PlaceIndex kField = 0;

/// A thousand of a's against a thousand of b's who hold a town; ten fall a day on either side.
WarBuilder field_of_b() {
  WarBuilder war(2000);
  war.decide_every(7).ground("a").ground("b").place("town", "b").force("a", "town", 1000).force("b", "town", 1000);
  war.set("actors.a.kill_rate", 0.01).set("actors.b.kill_rate", 0.01);
  war.set("scenario.laws.hidden_lethality.on", 1).set("scenario.laws.hidden_lethality.spread", 0.5);
  return war.set("scenario.laws.hidden_lethality.decay_days", 1e6);
}

double deviation_of_pair(const State& s) {
  return laws::own_state<HiddenLethality>(s).deviation[s.pair(kA, kB)];
}

TEST(HiddenLethality, multiplies_what_two_kill_of_each_other_in_every_solver) {
  for (const SolverKind kind : {SolverKind::leap, SolverKind::exact, SolverKind::mean_field}) {
    for (std::uint32_t run = 0; run < 3; ++run) {
      WarBuilder war = field_of_b();
      war.decide_every(2000);
      const CompiledModel model = war.compile();
      Scene scene(model, kind != SolverKind::mean_field, 1, run);
      scene.play(20, kind);
      const auto drawn = std::find_if(scene.journal.events.begin(), scene.journal.events.end(),
                                      [](const Event& e) { return e.kind == HiddenLethality::kDrawn.kind; });
      ASSERT_NE(drawn, scene.journal.events.end());
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
  for (const SolverKind kind : {SolverKind::leap, SolverKind::exact, SolverKind::mean_field}) {
    WarBuilder with = field_of_b();
    with.set("scenario.laws.hidden_lethality.spread", 0);
    WarBuilder without = field_of_b();
    without.set("scenario.laws.hidden_lethality.on", 0);
    solver::SolveOptions options;
    options.solver = kind;
    EXPECT_EQ(bytes_of(solve_one(with.compile(), options)), bytes_of(solve_one(without.compile(), options)));
  }
}

TEST(HiddenLethality, stays_standard_normal_and_forgets_in_its_time_of_decay) {
  WarBuilder war = field_of_b();
  war.set("scenario.laws.hidden_lethality.decay_days", 28);
  const CompiledModel model = war.compile();
  constexpr int kRuns = 4000;
  double squares = 0;
  double products = 0;
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    Scene scene(model, true, 1, run);
    scene.begin_day();
    const double first = deviation_of_pair(scene.state);
    for (int week = 1; week <= 4; ++week) {
      scene.state.day = 7 * week;
      scene.decide(7);
    }
    squares += deviation_of_pair(scene.state) * deviation_of_pair(scene.state);
    products += first * deviation_of_pair(scene.state);
  }
  const double correlation = std::exp(-1);
  EXPECT_NEAR(squares / kRuns, 1, 5 * std::sqrt(2. / kRuns));
  EXPECT_NEAR(products / kRuns, correlation, 5 * std::sqrt((1 + correlation * correlation) / kRuns));
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
