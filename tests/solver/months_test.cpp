// In which month and at which place and country deaths, harm and changes of hands are booked.
#include <gtest/gtest.h>

#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

using solver::SolverKind;

/// From 2016-01-01 on: a holds the ford in one country and b the gate in another. a's men die at the gate from day 40
/// on, which is in February.
std::shared_ptr<const War> border_war() {
  WarBuilder builder(75);
  builder.default_alignment(0).ground("a").ground("b").place("ford", "a").place("gate", "b");
  builder.force("a", "ford", 1000).force("a", "gate", 1000).force("b", "gate", 1000);
  builder.set("actors.b.kill_rate", .002).set("actors.a.kill_rate", 0).set("places.gate.population", 10000);
  builder.set("ties.b.a.visibility", .5);  // what is not aimed harms people
  builder.change(40, "ties.a.b.alignment", -1);
  War war = *builder.build();
  war.places[0].country = "Up";
  war.places[1].country = "Down";
  return std::make_shared<const War>(std::move(war));
}

TEST(Months, hold_what_happened_in_them_and_where) {
  const auto model = compile(border_war());
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(model->countries(), (std::vector<std::string>{"Down", "Up"}));
  for (const SolverKind kind : kAllSolvers) {
    const auto run = solve_one(*model, {.solver = kind});
    ASSERT_EQ(run.months.losses.size(), 3U * 2 * 2 * 2);
    const auto killed = [&](std::size_t month, std::size_t country) {
      return static_cast<double>(run.months.losses[(month * 2 + country) * 4 + 2]);  // of a by b
    };
    EXPECT_EQ(killed(0, 0), 0);
    EXPECT_GT(killed(1, 0), 0);
    EXPECT_GT(killed(2, 0), 0);
    for (std::size_t month = 0; month < 3; ++month) {
      EXPECT_EQ(killed(month, 1), 0);
      EXPECT_EQ(run.months.place_losses[month * 2], 0);
      EXPECT_EQ(static_cast<double>(run.months.place_losses[month * 2 + 1]), killed(month, 0));
      EXPECT_EQ(run.months.place_harm[month * 2 + 1] > 0, month > 0);
      EXPECT_EQ(run.months.harm[month * 2 + 1] + run.months.harm[month * 2], run.months.place_harm[month * 2 + 1]);
    }
    // 31 + 29 days are over on day 60: 20 days of fire in February, 15 in March.
    EXPECT_NEAR(killed(1, 0) / killed(2, 0), 20. / 15, 0.35);
  }
}

TEST(Months, a_change_of_hands_on_the_first_morning_of_a_month_belongs_to_it) {
  for (const int day : {30, 31}) {
    WarBuilder builder(40);
    builder.default_alignment(0).ground("a").ground("b").place("town").place("camp", "b");
    builder.force("a", "camp", 10).arrive(day, "a", "town", 10);
    const auto run = solve_one(builder.compile(), {});
    EXPECT_EQ(run.months.changes, day == 30 ? (std::vector<float>{1, 0, 0, 0}) : (std::vector<float>{0, 0, 1, 0}));
  }
}

}  // namespace
}  // namespace truel::test
