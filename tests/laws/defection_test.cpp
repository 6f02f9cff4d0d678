// Fighters who change sides: who may, where to, how fast, and that as many join as leave.
#include <gtest/gtest.h>

#include "support/outcomes.hpp"
#include "support/solve.hpp"
#include "support/statistics.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/defection/defection_rates.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

using solver::SolveOptions;
using solver::SolverKind;

/// a and b, at peace, in one town of a's.
WarBuilder town(int days, double a_to_b, double b_to_a = 0) {
  WarBuilder war(days);
  war.default_alignment(0).ground("a").ground("b").place("town", "a");
  war.force("a", "town", 10'000).force("b", "town", 2'000).set("scenario.laws.defection.on", 1);
  return war.set("ties.a.b.defection_per_day", a_to_b).set("ties.b.a.defection_per_day", b_to_a);
}

std::vector<laws::DefectionRate> defection_rates(const WarBuilder& war) {
  Scene scene = decided(war.compile());
  return laws::own_state<laws::Defection>(scene.state).rates[kA];
}

// Two rates of change, phi and psi, and a conserved sum N: n_a relaxes to N psi / (phi + psi) at the rate phi + psi.
TEST(Defection, follows_the_two_state_chain_in_every_solver) {
  constexpr double kPhi = .03;
  constexpr double kPsi = .01;
  constexpr int kDays = 40;
  const double rest = 12'000 * kPsi / (kPhi + kPsi);
  const double expected = rest + (10'000 - rest) * std::exp(-(kPhi + kPsi) * kDays);
  const CompiledModel model = town(kDays, kPhi, kPsi).compile();
  SolveOptions options{.solver = SolverKind::mean_field};
  EXPECT_NEAR(solve_one(model, options).of(kA, ActorOutcome::final_fighters), expected, 1e-6 * expected);
  options.steps_per_day = 32;  // the step's own error, (phi + psi) / 64 of the exponent, is then far below the bound
  for (const SolverKind kind : {SolverKind::exact, SolverKind::leap}) {
    options.solver = kind;
    Sample left;
    for (const solver::Run& run : solve_many(model, options, 60)) {
      left.add(run.of(kA, ActorOutcome::final_fighters));
      EXPECT_EQ(run.of(kA, kDefected), run.of(kB, kJoined));
      EXPECT_EQ(run.of(kB, kDefected), run.of(kA, kJoined));
      EXPECT_EQ(run.of(kA, ActorOutcome::final_fighters) + run.of(kB, ActorOutcome::final_fighters), 12'000);
    }
    expect_mean(left, expected, std::string(solver::to_string(kind)));
  }
}

// Of a hundred men of a one in ten days goes to b and one a day to c, who shoot at those of b where both come: of b
// there is never a whole man, so no moment is found at which they are gone.
TEST(Defection, into_fire_kills_no_more_than_come_over) {
  for (const double extinction : {.5, 0.}) {  // with 0 each moment would be one at which they are gone
    WarBuilder war(10);
    war.default_alignment(0).ground("a").ground("b", "east").ground("c", "east").align("b", "c", -1);
    war.place("town", "a").place("near", "c").road("town", "near", 20).force("a", "town", 100);
    war.set("scenario.laws.defection.on", 1).set("actors.c.kill_rate", .5);
    war.set("ties.a.b.defection_per_day", .001).set("ties.a.c.defection_per_day", .01);
    war.set("scenario.thresholds.extinction", extinction);
    const solver::Run run = solve_one(war.compile(), {.solver = SolverKind::mean_field});
    const double joined = run.of(kB, kJoined);
    EXPECT_GT(joined, 0);
    EXPECT_NEAR(run.of(kB, ActorOutcome::killed), joined, 1e-9);
    EXPECT_EQ(run.of(kB, ActorOutcome::final_fighters), 0);
  }
}

TEST(Defection, does_nothing_while_the_law_is_off) {
  WarBuilder war = town(40, .5);
  war.set("scenario.laws.defection.on", 0);
  EXPECT_TRUE(defection_rates(war).empty());
  EXPECT_EQ(solve_one(war.compile(), {}).of(kA, ActorOutcome::final_fighters), 10'000);
  war.decide_every(10).change(15, "scenario.laws.defection.on", 1);  // a switch counts from the next decision on
  Scene scene(war.compile());
  scene.play(20);
  EXPECT_EQ(scene.total(kA), 10'000);
  scene.play(21);
  EXPECT_LT(scene.total(kA), 6'000);
}

TEST(Defection, leads_to_where_the_other_is_at_hand) {
  WarBuilder war(10);
  war.default_alignment(0).ground("a").ground("b", "east").ground("c", "east");
  war.place("town", "a").place("near", "c").place("far", "b").place("beyond", "b");
  war.force("a", "town", 100).set("scenario.laws.defection.on", 1).set("ties.a.b.defection_per_day", .1);
  EXPECT_TRUE(defection_rates(war).empty());  // no road
  war.road("near", "beyond", 1);
  EXPECT_TRUE(defection_rates(war).empty());  // two roads away
  war.road("town", "far", 50).road("town", "near", 20);
  ASSERT_EQ(defection_rates(war).size(), 1);
  EXPECT_EQ(defection_rates(war)[0].to, war.at_place("near"));  // the nearest that its command holds
  EXPECT_EQ(defection_rates(war)[0].whom, kB);
  war.force("b", "town", 1);
  EXPECT_EQ(defection_rates(war)[0].to, war.at_place("town"));
}

TEST(Defection, grows_with_the_share_that_income_cannot_sustain) {
  WarBuilder war = town(10, .02);
  war.set("scenario.laws.defection.unpaid_gain", 4).set("scenario.laws.income.on", 1).set("actors.a.income", 2'500);
  EXPECT_DOUBLE_EQ(defection_rates(war)[0].per_day, .02 * (1 + 4 * .75));
  war.set("actors.a.income", 10'000);
  EXPECT_DOUBLE_EQ(defection_rates(war)[0].per_day, .02);
}

// Nobody goes over to b in a's own town once b's men there are dead, however many wish to.
TEST(Defection, is_barred_where_the_others_are_gone_and_their_enemies_stand) {
  WarBuilder war = town(10, .1);
  war.align("a", "b", -1).set("actors.a.kill_rate", 1e3).set("scenario.laws.fire.on", 1);
  for (const SolverKind kind : kAllSolvers) {
    const solver::Run run = solve_one(war.compile(), {.solver = kind});
    EXPECT_EQ(run.status, solver::RunStatus::complete);
    EXPECT_EQ(run.of(kB, ActorOutcome::final_fighters), 0) << solver::to_string(kind);
    EXPECT_LT(run.of(kA, kDefected), 1'500) << solver::to_string(kind);  // one day's at most
  }
}

TEST(Defection, of_the_last_man_is_the_end_of_an_actor_s_fighters) {
  WarBuilder war(100);
  war.default_alignment(0).ground("a").ground("b").place("town", "b").force("a", "town", 5).force("b", "town", 5);
  war.set("scenario.laws.defection.on", 1).set("ties.a.b.defection_per_day", 1);
  for (const SolverKind kind : {SolverKind::leap, SolverKind::exact}) {
    const solver::Run run = solve_one(war.compile(), {.solver = kind});
    EXPECT_EQ(run.of(kA, kDefected), 5);
    EXPECT_LT(run.of(kA, ActorOutcome::extinction_day), 100);
    EXPECT_EQ(run.of(kA, ActorOutcome::survives), 0);
    EXPECT_EQ(run.of(kB, ActorOutcome::final_fighters), 10);
  }
}

}  // namespace
}  // namespace truel::test
