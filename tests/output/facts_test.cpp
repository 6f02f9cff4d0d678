// What happened beside what the model says.
#include "truel/output/summary/facts.hpp"

#include <gtest/gtest.h>

#include "output/sample.hpp"
#include "truel/ensemble/summary/metrics.hpp"

namespace truel::output {
namespace {

std::string fact(const War& war, std::vector<Metric> metrics) {
  return fact_of(war, *record::own_control(war), {.words = "?", .metrics = std::move(metrics)});
}

TEST(Facts, say_who_held_a_place_on_the_day_that_is_asked_for) {
  const Sample sample(2, record_a_month);
  const War& war = sample.model.war();
  const auto on_day = [&](int day) {
    return fact(war, {metric_of("places.PLACE.control.ACTOR.DAY", {.actor = 1, .place = 1, .day = day})});
  };
  EXPECT_EQ(on_day(9), "south");
  EXPECT_EQ(on_day(10), "north");
  EXPECT_EQ(on_day(31), "open, as the observed data end on 31 January 2016");
  EXPECT_EQ(fact(war, {metric_of("places.PLACE.control.ACTOR", {.actor = 1, .place = 1})}), on_day(31));
}

TEST(Facts, say_when_an_actor_first_held_a_place) {
  const Sample sample(2, record_a_month);
  const auto taken = [&](ActorIndex actor, PlaceIndex place) {
    return fact(sample.model.war(), {metric_of("places.PLACE.taken_day.ACTOR", {.actor = actor, .place = place})});
  };
  EXPECT_EQ(taken(0, 1), "11 January 2016");
  EXPECT_EQ(taken(1, 1), "1 January 2016");
  EXPECT_EQ(taken(0, 2), "open, as the observed data end on 31 January 2016");
}

TEST(Facts, say_what_land_was_held_each_place_counted_by_its_value) {
  Sample sample(2, record_a_month);
  const Metric north = metric_of(ActorOutcome::value_share, 0);
  const Metric south = metric_of(ActorOutcome::value_share, 1);
  // The ford counts twice.
  EXPECT_EQ(fact(sample.model.war(), {south}), "open, as the observed data end on 31 January 2016; then south 25 %");
  EXPECT_EQ(fact(sample.model.war(), {north, south}), "open, as the observed data end on 31 January 2016");
  for (ensemble::ActorSummary& actor : sample.summary.actors) {
    actor.territory[4].mean = 0.5;
  }
  EXPECT_EQ(land_in_fact(sample.model, sample.summary, *record::own_control(sample.model.war())),
            "What happened, by the observed data, which end before the runs: on 29 January 2016 the land was held by "
            "north 75 % (50 %), south 25 % (50 %). In brackets: the average of the runs that day.");
  const Sample whole(2, [](War& war) {
    record_a_month(war);
    for (ControlSpell& spell : war.control) {
      spell.to = spell.to == war.start + 9 ? spell.to : war.end;
    }
  });
  EXPECT_EQ(fact(whole.model.war(), {south, north}), "north 75 %, south 25 %");
}

TEST(Facts, are_none_of_what_a_record_of_control_does_not_say) {
  const Sample sample(2, record_a_month);
  EXPECT_EQ(fact(sample.model.war(), {metric_of(ActorOutcome::killed, 0)}), "");
  EXPECT_EQ(fact(sample.model.war(), {}), "");
  const Sample with_aircraft(2, [](War& war) {
    record_a_month(war);
    war.actors[2].record_code = "nobody on the ground";
  });
  const Metric of_aircraft = metric_of(ActorOutcome::value_share, 2);
  EXPECT_EQ(fact(with_aircraft.model.war(), {of_aircraft}), "");
  EXPECT_EQ(fact(with_aircraft.model.war(), {of_aircraft, metric_of(ActorOutcome::value_share, 1)}),
            "open, as the observed data end on 31 January 2016; then south 25 %");
  Sample without_runs(2, record_a_month);
  without_runs.summary.runs = 0;
  EXPECT_EQ(land_in_fact(without_runs.model, without_runs.summary, *record::own_control(without_runs.model.war())), "");
  EXPECT_FALSE(record::own_control(Sample(2).model.war()));
}

TEST(Facts, name_together_whom_the_data_do_not_tell_apart_and_leave_contested_places_out) {
  const Sample sample(2, [](War& war) {
    record_a_month(war);
    war.control[2].controller = kContested;
    for (Actor& actor : war.actors) {
      actor.record_code = "one";
    }
  });
  const War& war = sample.model.war();
  EXPECT_EQ(fact(war, {metric_of("places.PLACE.control.ACTOR.DAY", {.actor = 0, .place = 1, .day = 20})}), "contested");
  EXPECT_EQ(fact(war, {metric_of("places.PLACE.control.ACTOR.DAY", {.actor = 0, .place = 0, .day = 20})}),
            "north + south");
}

}  // namespace
}  // namespace truel::output
