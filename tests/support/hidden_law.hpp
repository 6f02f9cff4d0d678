// What the tests of laws that draw what nobody sees have in common.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/law.hpp"

namespace truel::test {

template <class L>
std::string hidden_path(const char* number) {
  return "scenario.laws." + std::string(L::kName) + "." + number;
}

/// A thousand of a's, who fell ten enemies a day, against a thousand of b's who hold a town, under a law
/// whose factor has a spread of 0.5 and lasts.
template <class L>
WarBuilder town_under() {
  WarBuilder war(2000);
  war.decide_every(7).ground("a").ground("b").place("town", "b").force("a", "town", 1000).force("b", "town", 1000);
  war.set("actors.a.kill_rate", 0.01);
  war.set(hidden_path<L>("on"), 1).set(hidden_path<L>("spread"), 0.5);
  return war.set(hidden_path<L>("decay_days"), 1e6);
}

/// The event that notes the factor drawn on the first day.
template <class L>
const Event* drawn_factor(const Scene& scene) {
  const auto& events = scene.journal.events;
  const auto found =
      std::find_if(events.begin(), events.end(), [](const Event& e) { return e.kind == L::kDrawn.kind; });
  return found == events.end() ? nullptr : &*found;
}

/// Runs without a spread are those without the law, to the byte.
template <class L>
void expect_nothing_without_a_spread(const WarBuilder& war) {
  for (const solver::SolverKind kind : kAllSolvers) {
    WarBuilder with = war;
    with.set(hidden_path<L>("spread"), 0);
    WarBuilder without = war;
    without.set(hidden_path<L>("on"), 0);
    const solver::SolveOptions options{.solver = kind};
    EXPECT_EQ(bytes_of(solve_one(with.compile(), options)), bytes_of(solve_one(without.compile(), options)));
  }
}

/// Deviations of a law whose time of decay is 28 days: after four weeks standard normal still, with a correlation of
/// 1/e. deviation(state): of one place or pair.
template <class Deviation>
void expect_standard_normal_that_forgets(const CompiledModel& model, Deviation deviation) {
  constexpr int kRealizations = 4000;
  double squares = 0;
  double products = 0;
  for (std::uint32_t run = 0; run < kRealizations; ++run) {
    Scene scene(model, true, 1, run);
    scene.begin_day();
    const double first = deviation(scene.state);
    for (int week = 1; week <= 4; ++week) {
      scene.state.day = 7 * week;
      scene.decide(7);
    }
    const double last = deviation(scene.state);
    squares += last * last;
    products += first * last;
  }
  const double correlation = std::exp(-1);
  EXPECT_NEAR(squares / kRealizations, 1, 5 * std::sqrt(2. / kRealizations));
  EXPECT_NEAR(products / kRealizations, correlation, 5 * std::sqrt((1 + correlation * correlation) / kRealizations));
}

/// What an analysis lays in holds from its day on: 2, -1 or, where it knows nothing, what it would have been.
/// laid_in: where the war has it; value: what it lays in of one deviation; deviation(state): that one.
template <class LaidIn, class Value, class Deviation>
void expect_what_an_analysis_lays_in(const WarBuilder& builder, std::vector<LaidIn> War::*laid_in, Value value,
                                     Deviation deviation) {
  War war = *builder.build();
  const float unknown = std::numeric_limits<float>::quiet_NaN();
  (war.*laid_in).push_back({war.start + 10, {value(2), value(-1), value(unknown)}});
  const auto model = compile(std::make_shared<const War>(std::move(war)));
  ASSERT_TRUE(model);
  const CompiledModel as_it_was = builder.compile();
  for (std::uint32_t run = 0; run < 4; ++run) {
    Scene scene(*model, false, 1, run);
    Scene before(as_it_was, false, 1, run);
    scene.play(13, solver::SolverKind::mean_field);
    before.play(13, solver::SolverKind::mean_field);
    EXPECT_EQ(deviation(scene.state), deviation(before.state));
    scene.play(15, solver::SolverKind::mean_field);
    before.play(15, solver::SolverKind::mean_field);
    const std::vector<double> expected = {2, -1, deviation(before.state)};
    EXPECT_EQ(deviation(scene.state), expected[run % 3]);
  }
}

}  // namespace truel::test
