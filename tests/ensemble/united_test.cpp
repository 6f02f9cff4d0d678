// What becomes of an actor if its enemies stand together.
#include "truel/ensemble/compare/united.hpp"

#include <gtest/gtest.h>

#include <array>

#include "support/war_builder.hpp"

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
    war.set(std::string("actors.") + actor + ".kill_rate", 0.05);
  }
  return war;
}

std::array<double, 4> fighters_left(const CompiledModel& model) {
  const std::array<ActorIndex, 1> weak{ActorIndex{0}};
  ensemble::EnsembleOptions options;
  options.runs = 60;
  const auto fates = ensemble::united_fates(model, weak, options);
  std::array<double, 4> left{};
  for (std::size_t u = 0; u < left.size(); ++u) {
    left[u] = fates->front().of[u].fighters.level.value;
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

TEST(United, one_aim_sends_all_effort_of_the_enemies_at_the_actor) {
  const CompiledModel model = truel_of_three().compile();
  const War together = ensemble::united(model, 0, ensemble::Unity::one_aim);
  for (const ActorIndex enemy : {ActorIndex{1}, ActorIndex{2}}) {
    EXPECT_EQ(together.parameters[at(together.tie(enemy, 0, TieParameter::share))].distribution.a, 1);
    EXPECT_GE(together.parameters[at(together.alignment(1, 2))].distribution.a, 0.5);
  }
}

}  // namespace
}  // namespace truel::test
