#include "truel/laws/counterattack/counterattack.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/defence.hpp"
#include "truel/laws/fire/fire_rates.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/presence.hpp"

namespace truel::test {
namespace {

using solver::SolverKind;

/// A base of a's beside a gate that 100 men of b's hold against 800, and so many more of b's a day behind it. Nobody
/// decides twice.
WarBuilder gate(double reserve) {
  WarBuilder war(40);
  war.decide_every(50)
      .ground("a")
      .ground("b")
      .set("scenario.laws.fire.on", 1)
      .set("scenario.laws.operations.on", 1)
      .set("scenario.laws.operations.least_win_probability", 0.5)
      .set("scenario.laws.operations.retake_days", 30);
  war.set("actors.a.kill_rate", 1).set("actors.b.kill_rate", 1);
  war.set("actors.a.speed_km_per_day", 100).set("actors.b.speed_km_per_day", 100);
  war.set("commands.a.hold_ratio", 0).set("commands.a.attack_ratio", 1.5).set("commands.a.breaking_point", 0);
  war.set("commands.b.hold_ratio", 0).set("commands.b.attack_ratio", 100).set("commands.b.breaking_point", 0);
  war.place("base", "a").place("gate", "b").place("village", "b").road("base", "gate", 20).road("gate", "village", 20);
  war.set("places.gate.fortification", 0.8);
  war.force("a", "base", 800).force("b", "gate", 100).force("b", "village", reserve);
  war.set("scenario.laws.counterattack.on", 1).set("scenario.laws.counterattack.dig_in_days", 30);
  return war;
}

constexpr PlaceIndex kGate = 1;

/// How often b struck back at the gate, and who holds it in the end.
struct Outcome {
  double blows;
  int holder;
};

Outcome play(WarBuilder& war, SolverKind kind = SolverKind::leap, int until = 39) {
  Scene scene(war.compile(), kind != SolverKind::mean_field);
  scene.play(until, kind);
  using C = laws::Counterattack;
  return {scene.state.tally(laws::outcome_of<C>(C::counterattacks), kB), scene.control(kGate)};
}

TEST(Counterattack, retakes_what_has_just_been_lost_in_every_solver) {
  for (const SolverKind kind : kAllSolvers) {
    WarBuilder war = gate(1000);
    const Outcome on = play(war, kind);
    EXPECT_EQ(on.holder, kB);
    EXPECT_EQ(on.blows, 1);
    war.set("scenario.laws.counterattack.on", 0);
    const Outcome off = play(war, kind);
    EXPECT_EQ(off.holder, kA);
    EXPECT_EQ(off.blows, 0);
  }
}

TEST(Counterattack, meets_who_is_dug_in_at_once_or_comes_too_late_not_at_all) {
  WarBuilder war = gate(1000);
  war.set("scenario.laws.counterattack.dig_in_days", 0);
  EXPECT_EQ(play(war).blows, 0);
  war = gate(1000);
  war.set("actors.b.speed_km_per_day", 19);
  EXPECT_EQ(play(war).blows, 0) << "more than a day away";
  war.set("scenario.laws.counterattack.march_days", 2);
  EXPECT_EQ(play(war).blows, 1);
}

TEST(Counterattack, wants_odds_value_and_a_loss_that_is_felt) {
  WarBuilder war = gate(1000);
  war.set("scenario.laws.counterattack.least_win_probability", 0.9);
  EXPECT_EQ(play(war).blows, 0);
  war = gate(1000);
  war.set("scenario.laws.counterattack.least_value", 1.1);
  EXPECT_EQ(play(war).blows, 0);
  war = gate(1000);
  war.set("scenario.laws.operations.retake_days", 0);
  EXPECT_EQ(play(war).blows, 0);
}

// A fifth of what they need goes, and is lost: every 10 days of 30, from the second day on.
TEST(Counterattack, comes_again_after_so_many_days) {
  WarBuilder war = gate(4000);
  war.set("commands.b.attack_ratio", 0.2).set("scenario.laws.counterattack.again_days", 10);
  EXPECT_EQ(play(war).blows, 3);
}

TEST(Counterattack, leaves_those_behind_whom_others_tie) {
  WarBuilder war = gate(1000);
  war.place("camp", "a").road("camp", "village", 10).force("a", "camp", 1000).set("commands.b.hold_ratio", 0.5);
  war.set("commands.a.reach_km", 25);
  EXPECT_EQ(play(war, SolverKind::leap, 5).blows, 0) << "500 of 1000 stay, and the others are too few";
  war.set("commands.b.hold_ratio", 0.01);
  EXPECT_EQ(play(war, SolverKind::leap, 5).blows, 1);
}

// d(t) by hand, and the fire that follows from it.
TEST(Counterattack, fire_and_commands_see_the_same_defence_grow) {
  WarBuilder war = gate(0);
  war.set("scenario.laws.counterattack.dig_in_days", 4);
  const CompiledModel model = war.compile();
  Scene scene(model);
  scene.begin_day();
  State& s = scene.state;
  EXPECT_DOUBLE_EQ(laws::exposure(model, s, kGate), 0.2) << "held since before the war";
  s.fighters[s.slot(kGate, kA)] = 100;
  refresh_place(s, kGate);
  laws::FireRates rates(s);
  const auto fire_at = [&](ActorIndex target) {
    laws::fire_rates(model, s, kGate, s.day, rates);
    for (std::size_t k = 0; k < rates.pairs.size(); ++k) {
      if (rates.pairs[k].target == target) {
        return rates.rate[k];
      }
    }
    return kAbsent;
  };
  EXPECT_DOUBLE_EQ(fire_at(kB), 20);
  pass_control(s, kGate, kA, kNoCause);
  double before = 2;
  for (s.day = 0; s.day < 40; ++s.day) {
    const double advantage = 1 + 4 * (1 - std::exp(-s.day / 4.0));
    EXPECT_NEAR(laws::exposure(model, s, kGate), 1 / advantage, 1e-12);
    EXPECT_NEAR(fire_at(kA), 100 / advantage, 1e-9);
    EXPECT_DOUBLE_EQ(fire_at(kB), 100) << "who attacks is in the open";
    EXPECT_LT(laws::exposure(model, s, kGate), before);
    before = laws::exposure(model, s, kGate);
  }
}

TEST(Counterattack, counts_all_men_whoever_moves) {
  WarBuilder war = gate(1000);
  Scene scene(war.compile());
  scene.play(39);
  const State& s = scene.state;
  EXPECT_EQ(scene.total(kA) + s.tally(ActorOutcome::killed, kA), 800);
  EXPECT_EQ(scene.total(kB) + s.tally(ActorOutcome::killed, kB), 1100);
}

// The same war with its places and actors in the opposite order: as often, whatever their names.
TEST(Counterattack, does_not_ask_for_names) {
  WarBuilder war = gate(1000);
  const WarBuilder other = war.renumbered();
  Scene scene(other.compile());
  scene.play(39);
  EXPECT_EQ(scene.control(other.at_place("gate")), other.actor("b"));
}

}  // namespace
}  // namespace truel::test
