// Which number of a run a study explains.
#include "truel/sensitivity/outcome.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/war_builder.hpp"

namespace truel::test {
namespace {

using sensitivity::parse_outcome;

WarBuilder war_with_air() {
  WarBuilder war(30);
  war.ground("army").ground("rebels").air("wing").place("town", "army").place("village", "rebels");
  return war;
}

std::string complaint(const char* text) {
  const auto outcome = parse_outcome(*war_with_air().build(), text);
  EXPECT_FALSE(outcome) << text;
  return outcome ? "" : to_string(outcome.error().front());
}

TEST(OutcomeTest, values_are_those_of_the_run) {
  const CompiledModel model = war_with_air().compile();
  solver::Run run;
  run.resize(model, 2);
  run.of(1, ActorOutcome::survives) = 1;
  run.of(1, ActorOutcome::final_fighters) = 321;
  run.of(1, ActorOutcome::killed) = 55;
  run.of(1, ActorOutcome::collapse_day) = kAbsent;
  run.of(0, ActorOutcome::collapse_day) = 12;
  run.civilian_harm = 7.5;
  run.control = {0, 1, kNone, 0};  // [place][time]
  const auto value = [&](const char* text) { return value_of(*parse_outcome(model.war(), text), model, run); };
  EXPECT_EQ(value("actors.rebels.survives"), 1);
  EXPECT_EQ(value("actors.rebels.final_fighters"), 321);
  EXPECT_EQ(value("actors.rebels.losses"), 55);
  EXPECT_EQ(value("actors.army.collapse_day"), 12);
  EXPECT_EQ(value("actors.rebels.collapse_day"), 30);  // it did not happen: the last day
  EXPECT_EQ(value("civilian_harm"), 7.5);
  EXPECT_EQ(value("places.town.control.rebels"), 1);
  EXPECT_EQ(value("places.town.control.army"), 0);
  EXPECT_EQ(value("places.village.control.army"), 1);
  EXPECT_EQ(value("places.village.control.none"), 0);
  EXPECT_TRUE(is_event(*parse_outcome(model.war(), "places.town.control.army")));
  EXPECT_TRUE(is_event(*parse_outcome(model.war(), "actors.army.survives")));
  EXPECT_FALSE(is_event(*parse_outcome(model.war(), "civilian_harm")));
}

TEST(OutcomeTest, mistakes_say_what_there_is) {
  EXPECT_NE(complaint("victory").find("actors.ID.survives"), std::string::npos);
  EXPECT_NE(complaint("actors.army").find("actors.ID.survives"), std::string::npos);
  EXPECT_NE(complaint("actors.navy.survives").find("army, rebels"), std::string::npos);
  EXPECT_NE(complaint("actors.army.glory").find("final_fighters"), std::string::npos);
  EXPECT_NE(complaint("actors.wing.survives").find("losses or harm"), std::string::npos);
  EXPECT_NE(complaint("places.city.control.army").find("town, village"), std::string::npos);
  EXPECT_NE(complaint("places.town.fighters").find("places.town.control.ACTOR"), std::string::npos);
  EXPECT_NE(complaint("places.town.control.navy").find("or none"), std::string::npos);
}

}  // namespace
}  // namespace truel::test
