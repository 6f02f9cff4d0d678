// Where men stand on the first day.
#include <gtest/gtest.h>

#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

/// a has 100 men in all at three places that are worth as much, so many of them named at the first.
State first_day(double named) {
  WarBuilder war(10);
  war.ground("a").ground("b").place("first", "a").place("second", "a").place("third", "a").place("far", "b");
  war.force("a", "*", 100).force("a", "first", named).force("b", "far", 1);
  for (const char* place : {"first", "second", "third"}) {
    war.set(std::string("places.") + place + ".value", 1);
  }
  return Scene(war.compile()).state;
}

double there(const State& s, PlaceIndex p) {
  return s.fighters[s.slot(p, kA)];
}

TEST(FirstForces, named_at_a_place_leave_the_rest_to_the_others) {
  const State s = first_day(60);
  EXPECT_EQ(there(s, 0), 60);
  EXPECT_EQ(there(s, 1), 20);
  EXPECT_EQ(there(s, 2), 20);
}

// Two thirds of a hundred would stand at the others: 150 and 66.7 are scaled to 100.
TEST(FirstForces, named_that_come_to_more_than_the_whole_are_scaled_to_it_with_the_part_of_the_others) {
  const State s = first_day(150);
  EXPECT_EQ(there(s, 0), 69);
  EXPECT_NEAR(there(s, 1), 15.5, 0.5);
  EXPECT_EQ(there(s, 0) + there(s, 1) + there(s, 2), 100);
}

}  // namespace
}  // namespace truel::test
