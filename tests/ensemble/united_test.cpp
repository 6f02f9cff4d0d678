// What becomes of an actor if its enemies stand together.
#include "truel/ensemble/compare/united.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

/// Three who are all each other's enemies, in one place, and somebody who takes no side.
WarBuilder truel_of_three() {
  WarBuilder war(30);
  war.decide_every(10).default_alignment(-1).ground("weak").ground("one").ground("two").ground("aside");
  for (const char* other : {"weak", "one", "two"}) {
    war.align("aside", other, 0);
  }
  war.place("town", "weak").force("weak", "town", 60).force("one", "town", 100).force("two", "town", 100);
  for (const char* actor : {"weak", "one", "two"}) {
    war.set(std::string("actors.") + actor + ".kill_rate", 0.01);
  }
  return war;
}

std::array<double, 4> fighters_left(const CompiledModel& model) {
  const std::array<ActorIndex, 1> weak{ActorIndex{0}};
  const auto fates = ensemble::united_fates(model, weak, {.runs = 60});
  std::array<double, 4> left{};
  for (std::size_t u = 0; u < left.size(); ++u) {
    left[u] = fates->rows.front().of[u].fighters.level.value;
  }
  return left;
}

TEST(United, enemies_are_those_who_are_enemies_on_the_first_day) {
  const CompiledModel model = truel_of_three().compile();
  EXPECT_EQ(ensemble::enemies_of(model, 0), (std::vector<ActorIndex>{1, 2}));
  EXPECT_TRUE(ensemble::enemies_of(model, 3).empty());
}

TEST(United, the_weak_lives_by_the_quarrel_of_the_strong) {
  const std::array<double, 4> left = fighters_left(truel_of_three().compile());
  EXPECT_GT(left[0], left[1] + 5) << "under a truce all fire of the strong goes at the weak";
  EXPECT_LE(left[2], left[1] + 5);
  EXPECT_LE(left[3], left[1] + 5);
}

TEST(United, a_dated_quarrel_does_not_end_the_truce) {
  WarBuilder war = truel_of_three();
  war.align("one", "two", 0).change(5, "ties.one.two.alignment", -1);
  const std::array<double, 4> left = fighters_left(war.compile());
  EXPECT_GT(left[0], left[1] + 2);
  const War together = ensemble::united(war.compile(), 0, ensemble::Unity::truce);
  EXPECT_EQ(together.parameters[at(together.alignment(1, 2))].distribution.a, 0);
  EXPECT_EQ(together.parameters[at(together.intervention(0))].distribution.a, 0);
}

/// What ten runs hold, day by day.
std::vector<solver::Run> followed(const CompiledModel& model, solver::SolverKind kind) {
  const ensemble::EnsembleOptions options{.solve = {.solver = kind, .every_days = 1}, .runs = 10};
  std::vector<solver::Run> runs(options.runs);
  ensemble::visit(model, options, {}, [&](const solver::Run& run) { runs[run.number] = run; });
  return runs;
}

/// Until which day the two are the same in every number kept, by fighters.
int same_until(const CompiledModel& model, const std::vector<solver::Run>& one, const std::vector<solver::Run>& other) {
  const auto days = static_cast<std::size_t>(model.n_days()) + 1;
  std::size_t until = days;
  for (std::size_t r = 0; r < one.size(); ++r) {
    for (std::size_t i = 0; i < one[r].fighters.size(); ++i) {
      if (one[r].fighters[i] != other[r].fighters[i]) {
        until = std::min(until, i % days);
      }
    }
  }
  return static_cast<int>(until) - 1;
}

void expect_same(const std::vector<solver::Run>& one, const std::vector<solver::Run>& other) {
  for (std::size_t r = 0; r < one.size(); ++r) {
    EXPECT_EQ(one[r].fingerprint, other[r].fingerprint) << r;
  }
}

TEST(United, a_truce_from_a_day_on_is_the_dated_change_that_makes_it) {
  for (const solver::SolverKind kind : kAllSolvers) {
    const CompiledModel model = truel_of_three().compile();
    const std::vector<solver::Run> united =
        followed(ensemble::united_from(model, 0, ensemble::Unity::truce, model.war().start + 7), kind);
    expect_same(united, followed(truel_of_three().change(7, "ties.one.two.alignment", 0).compile(), kind));
    EXPECT_EQ(same_until(model, united, followed(model, kind)), 7);
  }
}

TEST(United, a_truce_that_holds_when_unity_begins_does_not_end) {
  // A truce of the fifth day would end on the sixth in many runs: from then on another one holds.
  const auto war = [] { return truel_of_three().change(5, "ties.one.two.alignment", 0).ending(0.5); };
  const CompiledModel model = war().compile();
  const auto united = ensemble::united_from(model, 0, ensemble::Unity::truce, model.war().start + 6);
  expect_same(followed(united, solver::SolverKind::leap),
              followed(truel_of_three().change(5, "ties.one.two.alignment", 0).compile(), solver::SolverKind::leap));
}

TEST(United, who_have_become_friends_stay_friends_under_a_truce) {
  const CompiledModel model = truel_of_three().change(5, "ties.one.two.alignment", 1).compile();
  const auto united = ensemble::united_from(model, 0, ensemble::Unity::truce, model.war().start + 10);
  expect_same(followed(united, solver::SolverKind::leap), followed(model, solver::SolverKind::leap));
}

TEST(United, a_day_of_unity_is_one_of_the_war) {
  EXPECT_EQ(**ensemble::day_of_unity(*truel_of_three().build(), "2016-01-08", "from"), kFirstDay + 7);
  EXPECT_FALSE(ensemble::day_of_unity(*truel_of_three().build(), "", "from")->has_value());
  for (const char* wrong : {"soon", "2015-12-31", "2016-01-31"}) {
    EXPECT_FALSE(ensemble::day_of_unity(*truel_of_three().build(), wrong, "from").has_value()) << wrong;
  }
}

TEST(United, one_command_has_all_of_them_in_its_plan) {
  WarBuilder builder = truel_of_three();
  builder.air("planes");
  const CompiledModel model = builder.compile();
  const auto war = std::make_shared<const War>(ensemble::united(model, 0, ensemble::Unity::one_command));
  const CompiledModel together = *compile(war);
  const CommandIndex lead = together.command_of(1);
  EXPECT_EQ(std::vector<ActorIndex>(together.members(lead).begin(), together.members(lead).end()),
            (std::vector<ActorIndex>{1, 2, 4}));
  EXPECT_NE(together.command_of(0), lead);
  EXPECT_NE(together.command_of(3), lead) << "who takes no side is led by nobody";
  EXPECT_EQ(together.medians()[at(war->command(lead, CommandParameter::doctrine))], double(Doctrine::fixed));
  for (const ActorIndex enemy : {ActorIndex{1}, ActorIndex{2}, ActorIndex{4}}) {
    EXPECT_EQ(together.medians()[at(war->tie(enemy, 0, TieParameter::share))], 1);
  }
}

TEST(United, the_stronger_enemy_leads) {
  const CompiledModel model = truel_of_three().place("gate", "two").force("two", "gate", 50).compile();
  EXPECT_EQ(ensemble::united(model, 0, ensemble::Unity::one_command).actors[1].command, model.command_of(2));
}

/// A fortress that nobody but all of them together can storm, between three towns of enemies who are each other's
/// enemies too. Each of them has one staff and more men than its own town needs.
WarBuilder fortress() {
  WarBuilder war(400);
  war.decide_every(10).default_alignment(-1).ground("keepers").place("fortress", "keepers");
  war.force("keepers", "fortress", 300).set("actors.keepers.kill_rate", 0.002);
  const std::string names[] = {"one", "two", "three"};
  const double men[] = {420, 300, 240};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string& name = names[i];
    war.ground(name).place(name + "_town", name).road("fortress", name + "_town", 20).entry(name + "_town");
    war.force(name, name + "_town", men[i]).set("actors." + name + ".kill_rate", 0.002);
    war.set("commands." + name + ".men_per_staff", 500).set("commands." + name + ".preparation_days", 10);
    war.set("commands." + name + ".recovery_days", 10);
  }
  war.road("one_town", "two_town", 40).road("two_town", "three_town", 40);
  war.set("scenario.laws.operations.on", 1).set("scenario.laws.operations.ledger", 1);
  war.set("scenario.laws.operations.estimate_error", 0.3);
  return war;
}

TEST(United, one_command_has_the_staffs_of_all_less_one_and_nobody_else_more) {
  WarBuilder builder = fortress();
  builder.set("commands.keepers.men_per_staff", 100);
  for (const char* command : {"one", "two", "three"}) {
    builder.set(std::string("commands.") + command + ".men_per_staff", 100);
  }
  const CompiledModel model = builder.compile();
  const War war = ensemble::united(model, 0, ensemble::Unity::one_command);
  const auto held = [&](int parameter) { return war.parameters[at(parameter)].distribution.a; };
  EXPECT_NEAR(held(war.command(1, CommandParameter::men_per_staff)), 960 / 8.6, 1e-9)
      << "4.2 of 420 men, 3 of 300, 2.4 of 240, less 1";
  EXPECT_EQ(held(war.command(0, CommandParameter::men_per_staff)), 100);
}

TEST(United, the_closer_they_stand_the_more_the_actor_loses) {
  const std::array<double, 4> left = fighters_left(fortress().compile());
  EXPECT_GE(left[0], left[1]) << "truce";
  EXPECT_GE(left[1], left[2]) << "coordinated";
  EXPECT_GE(left[2], left[3]) << "one command";
  EXPECT_GT(left[0], left[3] + 100);
}

TEST(United, one_command_from_a_day_on_takes_over_what_there_is_and_moves_it) {
  const CompiledModel model = fortress().compile();
  const CompiledModel late = ensemble::united_from(model, 0, ensemble::Unity::one_command, model.war().start + 100);
  const CompiledModel never = ensemble::united_from(model, 0, ensemble::Unity::one_command, model.war().end - 1);
  EXPECT_EQ(ensemble::fork_day(model, late), model.war().start + 100);
  for (const solver::SolverKind kind : {solver::SolverKind::leap, solver::SolverKind::exact}) {
    const auto divided = followed(model, kind);
    const auto left = [&](const std::vector<solver::Run>& runs) {
      double men = 0;
      for (const solver::Run& run : runs) {
        men += run.of(0, ActorOutcome::final_fighters);
      }
      return men / static_cast<double>(runs.size());
    };
    const auto early = followed(ensemble::united_from(model, 0, ensemble::Unity::one_command, {}), kind);
    const auto later = followed(late, kind);
    EXPECT_GE(same_until(model, later, divided), 100);
    EXPECT_LT(left(later), left(divided) - 50);
    EXPECT_LE(left(early), left(later) + 5);
    EXPECT_NEAR(left(followed(never, kind)), left(divided), 5);
  }
}

TEST(United, the_day_by_which_half_have_gone_is_told_where_half_have_gone) {
  WarBuilder war = truel_of_three();
  war.set("actors.one.kill_rate", 0.05).set("actors.two.kill_rate", 0.05);
  const std::array<ActorIndex, 1> weak{ActorIndex{0}};
  const auto fates = ensemble::united_fates(war.compile(), weak, {.runs = 60});
  for (const ensemble::Fate& fate : fates->rows.front().of) {
    const ensemble::HalfGone& half = fate.half_gone;
    EXPECT_EQ(std::isfinite(half.day), fate.survival.level.value <= 0.5);
    EXPECT_TRUE(!std::isfinite(half.day) || (half.day >= half.interval.low && half.day <= 30));
    EXPECT_TRUE(!std::isfinite(half.interval.high) || half.interval.high >= half.day);
  }
  EXPECT_TRUE(std::isfinite(fates->rows.front().of[1].half_gone.day));
}

}  // namespace
}  // namespace truel::test
