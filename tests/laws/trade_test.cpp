// Income from trade with an enemy, and land that lets others through.
#include <gtest/gtest.h>

#include <cmath>

#include "support/solve.hpp"
#include "support/statistics.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

using solver::SolverKind;

/// Two enemies on one road, each with 100 fighters and an income for 20; a earns 50 by trade with b, b 30.
WarBuilder market() {
  WarBuilder war(28);
  war.ground("a").ground("b").place("field", "a").place("town", "b").road("field", "town", 40);
  war.set("scenario.laws.income.on", 1).force("a", "field", 100).force("b", "town", 100);
  for (const char* id : {"a", "b"}) {
    war.set(std::string("actors.") + id + ".income", 20).set(std::string("actors.") + id + ".desertion_per_day", .01);
  }
  war.set("ties.a.b.trade", 50).set("ties.b.a.trade", 30);
  return war.set("ties.a.b.bargain", .5).set("ties.b.a.bargain", .5);
}

double share_unpaid(const WarBuilder& war, ActorIndex a) {
  Scene scene = decided(war.compile());
  const auto& list = laws::own_state<laws::Income>(scene.state).unpaid[at(a)];
  return list.empty() ? 0 : list[0].share;
}

TEST(Trade, pays_both_sides_of_a_bargain) {
  EXPECT_DOUBLE_EQ(share_unpaid(market(), 0), .3);
  EXPECT_DOUBLE_EQ(share_unpaid(market(), 1), .5);
}

TEST(Trade, takes_two_and_a_road_without_a_battle) {
  WarBuilder one_sided = market();
  one_sided.set("ties.b.a.bargain", 0);
  EXPECT_DOUBLE_EQ(share_unpaid(one_sided, 0), .8);
  EXPECT_DOUBLE_EQ(share_unpaid(one_sided, 1), .8);
  WarBuilder fought_over = market();
  fought_over.force("b", "field", 10);
  EXPECT_DOUBLE_EQ(share_unpaid(fought_over, 0), .8);
  WarBuilder apart = market();
  apart.ground("c").place("between", "c").place("far", "b");
  EXPECT_DOUBLE_EQ(share_unpaid(apart, 0), .3);
  apart.change(0, "ties.a.b.trade", 0);
  EXPECT_DOUBLE_EQ(share_unpaid(apart, 0), .8);
}

// Deserters leave at delta y a man, y fixed at the only decision: n e^(-delta y t).
TEST(Trade, keeps_men_as_the_closed_form_says_in_every_solver) {
  const double left = 100 * std::exp(-.01 * .3 * 28);
  const CompiledModel model = market().compile();
  for (const SolverKind kind : kAllSolvers) {
    Sample men;
    for (const solver::Run& run : solve_many(model, {.solver = kind}, kind == SolverKind::mean_field ? 1 : kRuns / 8)) {
      men.add(run.of(0, ActorOutcome::final_fighters));
    }
    if (kind == SolverKind::mean_field) {
      EXPECT_NEAR(men.mean(), left, 1e-6);
    } else {
      expect_mean(men, left, "men");
    }
  }
}

/// a's home is cut off from its outpost by a pass that belongs to a host.
WarBuilder cut_off() {
  WarBuilder war(60);
  war.ground("a").ground("host").ground("b").align("a", "host", 0).align("b", "host", 0);
  war.place("home", "a").place("pass", "host").place("outpost", "a").place("goal", "b");
  war.road("home", "pass", 20).road("pass", "outpost", 20).road("outpost", "goal", 20).set("places.home.value", 5);
  war.set("scenario.laws.fire.on", 0).set("scenario.laws.income.on", 1).set("actors.a.income", 300);
  war.force("a", "home", 200).force("a", "outpost", 50).force("b", "goal", 60);
  return war.set("commands.b.attack_ratio", 100).set("commands.a.hold_ratio", 0);
}

TEST(Passage, joins_pockets_for_pay_and_for_marches) {
  for (const bool may_pass : {false, true}) {
    WarBuilder war = cut_off();
    war.set("scenario.laws.operations.on", 1).set("ties.host.a.passage", may_pass ? 1 : 0);
    EXPECT_DOUBLE_EQ(share_unpaid(war, 0), may_pass ? 0 : 1);
    Scene scene = decided(war.compile());
    EXPECT_EQ(scene.marching(0, 3, MarchTask::offensive), may_pass ? 90 : 0);
    EXPECT_EQ(scene.view.pockets(scene.model, 1, 0).of[1], kNone);
  }
}

TEST(Passage, ends_when_the_host_turns_enemy_or_loses_the_pass) {
  WarBuilder war = cut_off();
  war.set("ties.host.a.passage", 1).align("a", "host", -1);
  EXPECT_DOUBLE_EQ(share_unpaid(war, 0), 1);
  war.align("a", "host", 0).force("b", "pass", 10).align("b", "host", -1);
  EXPECT_DOUBLE_EQ(share_unpaid(war, 0), 0);  // the host still holds it
  Scene scene(war.compile());
  scene.state.control[1] = 2;
  scene.begin_day();
  EXPECT_FALSE(laws::own_state<laws::Income>(scene.state).unpaid[0].empty());
}

}  // namespace
}  // namespace truel::test
