#include "truel/laws/front_fire/front_fire.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

using laws::FrontFire;
using solver::SolverKind;

constexpr PlaceIndex kOurSide = 0, kTheirSide = 1;

/// A thousand of a's in their home, 100 of b's in a town beside it; across the line each kills half of one in a hundred
/// a day.
WarBuilder line(double ours = 1000) {
  WarBuilder war(60);
  war.decide_every(1000).ground("a").ground("b").place("home", "a").place("town", "b").road("home", "town", 20);
  war.force("a", "home", ours).force("b", "town", 100);
  war.set("actors.a.kill_rate", 0.01).set("actors.b.kill_rate", 0.01);
  return war.set("scenario.laws.front_fire.on", 1).set("scenario.laws.front_fire.intensity", 0.5);
}

TEST(FrontFire, kills_as_many_as_the_weaker_side_has_on_both_sides_in_every_solver) {
  // n of b's face as many of a's, who kill each other alike: n' = -0.005 n, and a loses what b loses.
  const double lost = 100 * (1 - std::exp(-0.005 * 40));
  for (const SolverKind kind : kAllSolvers) {
    double of_a = 0;
    double of_b = 0;
    const int runs = kind == SolverKind::mean_field ? 1 : 400;
    const CompiledModel model = line().compile();
    for (int run = 0; run < runs; ++run) {
      Scene scene(model, kind != SolverKind::mean_field, 1, static_cast<std::uint32_t>(run));
      scene.play(40, kind);
      of_a += (1000 - scene.fighters(kOurSide, kA)) / runs;
      of_b += (100 - scene.fighters(kTheirSide, kB)) / runs;
    }
    const double tolerance = kind == SolverKind::mean_field ? 1e-4 : 5 * std::sqrt(lost / runs);
    EXPECT_NEAR(of_a, lost, tolerance) << static_cast<int>(kind);
    EXPECT_NEAR(of_b, lost, tolerance) << static_cast<int>(kind);
  }
}

TEST(FrontFire, goes_through_what_cover_lets_through) {
  WarBuilder war = line();
  war.set("places.town.fortification", 0.5);
  const CompiledModel model = war.compile();
  Scene scene(model, false);
  scene.play(40, SolverKind::mean_field);
  EXPECT_NEAR(scene.fighters(kTheirSide, kB), 100 * std::exp(-0.0025 * 40), 1e-4);
}

TEST(FrontFire, ends_where_the_line_moves_until_the_next_decision) {
  const CompiledModel model = line().compile();
  Scene scene(model, false);
  scene.begin_day();
  FrontFire::Cell cell(scene.state);
  const auto kills = [&](int side) {
    FrontFire::update_rates(model, scene.state, side, 0, cell);
    return FrontFire::rate(cell, 0);
  };
  ASSERT_EQ(FrontFire::groups(scene.state), 2);
  EXPECT_DOUBLE_EQ(kills(0), 0.5);
  EXPECT_DOUBLE_EQ(kills(1), 0.5);
  scene.state.control[kTheirSide] = kA;
  EXPECT_EQ(kills(0), 0);
  EXPECT_EQ(kills(1), 0);
}

TEST(FrontFire, is_silent_between_sides_that_hold_their_fire) {
  WarBuilder war = line();
  war.set("ties.a.b.alignment", 0).set("ties.b.a.alignment", 0);
  const CompiledModel model = war.compile();
  Scene scene(model, false);
  scene.play(40, SolverKind::mean_field);
  EXPECT_EQ(scene.fighters(kTheirSide, kB), 100);
  EXPECT_TRUE(laws::own_state<FrontFire>(scene.state).sides.empty());
}

TEST(FrontFire, divides_men_among_the_lines_they_hold) {
  // b stands with as many in a second town: 1000 are enough for both, 100 are not.
  for (const double men : {1000., 100.}) {
    WarBuilder war = line(men);
    war.place("ford", "b").road("home", "ford", 20).force("b", "ford", 100).set("actors.b.kill_rate", 0);
    const CompiledModel model = war.compile();
    Scene scene(model, false);
    scene.play(20, SolverKind::mean_field);
    const double left = men > 500 ? 100 * std::exp(-0.005 * 20) : 100 - 50 * 0.005 * 20;
    EXPECT_NEAR(scene.fighters(kTheirSide, kB), left, 1e-4);
    EXPECT_NEAR(scene.fighters(2, kB), left, 1e-4);
  }
}

TEST(FrontFire, without_intensity_changes_nothing) {
  for (const SolverKind kind : kAllSolvers) {
    WarBuilder with = line();
    with.set("scenario.laws.front_fire.intensity", 0);
    WarBuilder without = line();
    without.set("scenario.laws.front_fire.on", 0);
    solver::SolveOptions options;
    options.solver = kind;
    EXPECT_EQ(bytes_of(solve_one(with.compile(), options)), bytes_of(solve_one(without.compile(), options)));
  }
}

}  // namespace
}  // namespace truel::test
