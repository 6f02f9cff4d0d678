// Loyalties: support drifts by who frees and who subdues whose people.
#include "truel/laws/support/loyalty.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

WarBuilder revolt(double first_a, double first_b) {
  WarBuilder war(400);
  war.ground("a").ground("b").place("land");
  war.set("scenario.laws.fire.on", 0).set("scenario.laws.loyalty.on", 1);
  for (const std::string side : {"a", "b"}) {
    war.set("actors." + side + ".freeing_per_day", 1).set("actors." + side + ".subduing_per_day", .2);
  }
  war.set("actors.a.loyal_share", .7).set("actors.b.loyal_share", .3);
  war.support("a", "land", first_a).support("b", "land", first_b);
  return war.force("a", "land", 10).force("b", "land", 10);
}

TEST(Loyalty, a_side_without_an_enemy_grows_along_the_logistic_curve) {
  WarBuilder war = revolt(.1, 0);
  war.set("actors.a.freeing_per_day", .5);
  Scene scene(war.compile());
  laws::move_loyalties(scene.model, scene.state, 6);
  EXPECT_NEAR(scene.support(0, kA), .7 / (1 + (.7 / .1 - 1) * std::exp(-.5 * .7 * 6)), 1e-8);
  EXPECT_EQ(scene.support(0, kB), 0);  // who rules nobody has no strength to free anybody
}

TEST(Loyalty, two_steps_are_one_long_one) {
  Scene once(revolt(.1, .2).compile());
  Scene twice(once.model);
  laws::move_loyalties(once.model, once.state, 10);
  laws::move_loyalties(once.model, twice.state, 3);
  laws::move_loyalties(once.model, twice.state, 7);
  EXPECT_NEAR(once.support(0, kA), twice.support(0, kA), 1e-8);
  EXPECT_NEAR(once.support(0, kB), twice.support(0, kB), 1e-8);
}

TEST(Loyalty, every_start_leads_to_the_same_end_in_every_solver) {
  const double u = (.7 - .2 * .3) / .96;
  const double v = (.3 - .2 * .7) / .96;
  for (const auto& [first_a, first_b] : {std::pair{.01, .29}, std::pair{.69, .01}, std::pair{.3, .3}}) {
    const CompiledModel model = revolt(first_a, first_b).compile();
    for (const auto kind : kAllSolvers) {
      const solver::Run run = solve_one(model, {.solver = kind});
      EXPECT_NEAR(run.support[kA], u, 1e-6);
      EXPECT_NEAR(run.support[kB], v, 1e-6);
    }
  }
}

TEST(Loyalty, only_enemies_subdue_each_other) {
  WarBuilder war = revolt(.1, .1);
  war.align("a", "b", 1);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_NEAR(run.support[kA], .7, 1e-6);
  EXPECT_NEAR(run.support[kB], .3, 1e-6);
}

TEST(Loyalty, the_law_that_is_off_moves_nothing) {
  WarBuilder war = revolt(.1, .2);
  war.set("scenario.laws.loyalty.on", 0);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_EQ(run.support[kA], .1);
  EXPECT_EQ(run.support[kB], .2);
}

}  // namespace
}  // namespace truel::test
