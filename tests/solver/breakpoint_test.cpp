// Breakpoints: whose dead reach a number leaves the war with those who are left.
#include <gtest/gtest.h>

#include <cmath>

#include "support/battle.hpp"
#include "support/statistics.hpp"

namespace truel::test {
namespace {

using solver::SolverKind;

/// Red, 100 men, breaks at 20 dead; blue, 80, at 40; unit rates of a hundredth a day.
WarBuilder battle() {
  return battle_war({{100, 80}, all_pairs(2, 0.01), all_pairs(2, 1)}, 400)
      .set("actors.a.breakpoint", 20)
      .set("actors.b.breakpoint", 40);
}

solver::Run solved_to_the_end(const WarBuilder& war, SolverKind kind) {
  return solve_many(war.compile(), {.solver = kind, .seed = 5, .every_days = 400}, 1).at(0);
}

TEST(Breakpoint, the_equations_end_where_a_side_has_borne_enough) {
  const solver::Run run = solved_to_the_end(battle(), SolverKind::mean_field);
  // 100^2 - 80^2 stays as it is: red is at 80 when blue is at sqrt(2800), 27 dead.
  EXPECT_NEAR(run.of(0, ActorOutcome::killed), 20, 1e-6);
  EXPECT_NEAR(run.of(1, ActorOutcome::killed), 80 - std::sqrt(2800), 1e-6);
  EXPECT_EQ(run.of(0, ActorOutcome::final_fighters), 0);
  EXPECT_NEAR(run.of(1, ActorOutcome::final_fighters), std::sqrt(2800), 1e-6);
  EXPECT_NEAR(run.of(0, ActorOutcome::left), 80, 1e-6);
}

TEST(Breakpoint, whole_men_break_at_the_first_death_that_is_enough) {
  for (const SolverKind kind : {SolverKind::exact, SolverKind::leap}) {
    const solver::Run run = solved_to_the_end(battle(), kind);
    const bool red_breaks = run.of(0, ActorOutcome::final_fighters) == 0;
    const ActorIndex broken = red_breaks ? 0 : 1;
    const double losses = red_breaks ? 20 : 40;
    if (kind == SolverKind::exact) {
      EXPECT_EQ(run.of(broken, ActorOutcome::killed), losses);
    } else {
      EXPECT_GE(run.of(broken, ActorOutcome::killed), losses);  // all who fall in a step
      EXPECT_LE(run.of(broken, ActorOutcome::killed), losses + 10);
    }
    EXPECT_EQ(run.of(broken, ActorOutcome::left) + run.of(broken, ActorOutcome::killed), red_breaks ? 100 : 80);
    EXPECT_LT(run.of(1 - broken, ActorOutcome::killed), red_breaks ? 40 : 20);
    EXPECT_GT(run.of(1 - broken, ActorOutcome::final_fighters), 0);
  }
}

TEST(Breakpoint, a_salvo_falls_before_anybody_leaves) {
  // Two salvos of 1/10 a man: 8 and 10 dead, then 7 and 9.2; red has 15 then, blue 19.2. Blue breaks at 12.
  WarBuilder war = battle_war({{100, 80}, all_pairs(2, 0.1), all_pairs(2, 1)}, 20);
  war.set("scenario.laws.fire.timing", 1).set("actors.b.breakpoint", 12);
  const solver::Run run = solved_to_the_end(war, SolverKind::mean_field);
  EXPECT_NEAR(run.of(0, ActorOutcome::killed), 15, 1e-9);
  EXPECT_NEAR(run.of(1, ActorOutcome::killed), 19.2, 1e-9);
  EXPECT_NEAR(run.of(1, ActorOutcome::left), 80 - 19.2, 1e-9);
}

TEST(Breakpoint, without_one_a_side_fights_to_the_last_man) {
  const solver::Run run =
      solved_to_the_end(battle_war({{100, 80}, all_pairs(2, 0.01), all_pairs(2, 1)}, 400), SolverKind::exact);
  EXPECT_EQ(run.of(0, ActorOutcome::left) + run.of(1, ActorOutcome::left), 0);
  EXPECT_EQ(std::min(run.of(0, ActorOutcome::final_fighters), run.of(1, ActorOutcome::final_fighters)), 0);
}

}  // namespace
}  // namespace truel::test
