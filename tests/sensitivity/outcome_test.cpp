// Which number of a run a study explains.
#include "truel/sensitivity/outcome.hpp"

#include <gtest/gtest.h>

#include "support/war_builder.hpp"
#include "truel/laws/laws.hpp"
#include "truel/model/results/attack_tally.hpp"

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

TEST(OutcomeTest, values_of_dyads_and_of_laws_are_those_of_the_run) {
  WarBuilder war = war_with_air();
  const CompiledModel model = war.set("scenario.laws.alignment.on", 1).compile();
  solver::Run run;
  run.resize(model, 2);
  const std::size_t dyad = 1;  // army, rebels
  run.losses[dyad] = 17;
  run.attacks.assign(9 * kAttackTallyCount, 0);
  run.attacks[dyad * kAttackTallyCount + static_cast<std::size_t>(AttackTally::captures)] = 4;
  run.attacks[dyad * kAttackTallyCount + static_cast<std::size_t>(AttackTally::first_day)] = kAbsent;
  run.war_outcome[laws::Alignment::factions] = 2;
  run.war_outcome[laws::Alignment::frustration + 1] = -3;
  const auto value = [&](const char* text) { return value_of(*parse_outcome(model.war(), text), model, run); };
  EXPECT_EQ(value("dyads.army.rebels.losses"), 17);
  EXPECT_EQ(value("dyads.army.rebels.captures"), 4);
  EXPECT_EQ(value("dyads.army.rebels.first_offensive_day"), 30);  // it did not happen: the last day
  EXPECT_EQ(value("alignment.factions"), 2);
  EXPECT_EQ(value("alignment.frustration.rebels"), -3);
  EXPECT_NE(meaning_of(*parse_outcome(model.war(), "alignment.factions")).find("alliances"), std::string_view::npos);
  EXPECT_FALSE(is_event(*parse_outcome(model.war(), "dyads.army.rebels.captures")));
}

TEST(OutcomeTest, mistakes_say_what_there_is) {
  EXPECT_NE(complaint("dyads.army.navy.losses").find("dyads.ID.ID.losses"), std::string::npos);
  EXPECT_NE(complaint("dyads.army.rebels.losses.q95").find("dyads.ID.ID.losses"), std::string::npos);
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
