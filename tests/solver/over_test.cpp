// A war that is over is not decided again: what is told of it is what all its decisions would have told.
#include <gtest/gtest.h>

#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

/// Three commands at one town, the third of which can only lose; the other two are friends.
WarBuilder short_war(Doctrine doctrine) {
  WarBuilder war(1000);
  war.decide_every(30).ground("a").ground("b").ground("c").place("town", "a").align("a", "b", 1);
  for (const char* actor : {"a", "b", "c"}) {
    war.doctrine(actor, doctrine).set(std::string("actors.") + actor + ".kill_rate", .02);
  }
  return war.force("a", "town", 50).force("b", "town", 40).force("c", "town", 30);
}

/// The same with a change on the last day but one that changes nothing, so that it is never over before.
WarBuilder kept_going(WarBuilder war) {
  return war.change(999, "scenario.laws.fire.on", 1);
}

TEST(WarThatIsOver, tells_what_it_would_have_told_day_by_day) {
  for (const Doctrine doctrine : {Doctrine::fixed, Doctrine::priority}) {
    for (const solver::SolverKind kind : kAllSolvers) {
      const CompiledModel model = short_war(doctrine).compile();
      const CompiledModel longer = kept_going(short_war(doctrine)).compile();
      const solver::SolveOptions options{.solver = kind};
      solver::Path path;
      solver::Path longer_path;
      solver::Run run = solve_one(model, options, 3, &path);
      solver::Run longer_run = solve_one(longer, options, 3, &longer_path);
      EXPECT_EQ(run.of(2, ActorOutcome::final_fighters), 0) << "the war is not over";
      EXPECT_FALSE(std::isnan(run.of(2, ActorOutcome::collapse_day)));
      EXPECT_GT(run.effort[1 * 3 + 2] + run.effort[0 * 3 + 2], 0);
      EXPECT_EQ(bytes_of(run), bytes_of(longer_run));
      EXPECT_EQ(path.fighters, longer_path.fighters);
      EXPECT_EQ(path.support, longer_path.support);
    }
  }
}

TEST(WarThatIsOver, goes_on_where_somebody_still_comes) {
  for (const int day : {400, 999}) {
    WarBuilder war = short_war(Doctrine::fixed);
    war.arrive(day, "c", "town", 500);
    const solver::Run run = solve_one(war.compile(), {});
    EXPECT_EQ(run.of(2, ActorOutcome::arrived), 500);
    EXPECT_GT(run.of(2, ActorOutcome::final_fighters), 0);
  }
}

}  // namespace
}  // namespace truel::test
