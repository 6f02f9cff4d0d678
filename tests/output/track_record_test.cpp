// An ensemble held against the package's own record, and the dated events of a package.
#include "truel/output/report/track_record.hpp"

#include <gtest/gtest.h>

#include "output/sample.hpp"
#include "truel/base/date.hpp"
#include "truel/output/report/dated_events.hpp"

namespace truel::output {
namespace {

const Json* find(const Json& scores, const char* date, const char* score, const char* subset, const char* model) {
  for (const Json& row : scores) {
    if (row["date"] == date && row["score"] == score && row["subset"] == subset && row["model"] == model) {
      return &row;
    }
  }
  return nullptr;
}

TEST(TrackRecord, is_none_where_no_place_changes_hands_or_no_day_is_left) {
  EXPECT_TRUE(track_record_json(Sample(2).model, Sample(2).summary).is_null());
  const Sample ended(2, [](War& war) {
    record_a_month(war);
    war.control[2] = {1, war.start - 20, war.start - 10, 0};
    for (ControlSpell& spell : war.control) {
      spell.to = std::min(spell.to, war.start);
    }
  });
  EXPECT_TRUE(track_record_json(ended.model, ended.summary).is_null());
}

TEST(TrackRecord, has_the_spells_and_where_they_end) {
  const Sample sample(2, record_a_month);
  const Json record = track_record_json(sample.model, sample.summary);
  EXPECT_EQ(record["first"], "2016-01-01");
  EXPECT_EQ(record["last"], "2016-01-31");
  EXPECT_EQ(record["is_whole"], false);
  EXPECT_EQ(record["places"][1],
            Json::parse(R"([["2016-01-01","2016-01-10","south"],["2016-01-11","2016-01-31","north"]])"));
}

TEST(TrackRecord, scores_the_share_of_runs_against_who_held_and_against_no_change) {
  const Sample sample(8, record_a_month);
  const Json scores = track_record_json(sample.model, sample.summary)["scores"];
  // Stored days are 0, 7, 14, 21, 28: the last within the record is the 29th of January.
  const Json* nothing = find(scores, "2016-01-29", "brier", "all", "persistence");
  ASSERT_NE(nothing, nullptr);
  EXPECT_NEAR((*nothing)["value"].get<double>(), 2.0 / 3, 1e-3);
  EXPECT_EQ((*nothing)["places"], 3);
  EXPECT_EQ((*nothing)["verdict"], "the same");
  const Json* truth = find(scores, "2016-01-29", "probability", "changed", "truel");
  ASSERT_NE(truth, nullptr);
  EXPECT_EQ((*truth)["places"], 1);
  EXPECT_NEAR((*truth)["value"].get<double>(), sample.summary.control.of(1, 4, 0), 1e-3);
  double brier = 0;
  for (PlaceIndex p = 0; p < 3; ++p) {
    const int holder = p == 2 ? 1 : 0;
    for (int side = kNone; side < sample.model.n_actors(); ++side) {
      const double share = sample.summary.control.of(p, 4, side);
      brier += (share - (side == holder ? 1 : 0)) * (share - (side == holder ? 1 : 0)) - share * (1 - share) / 7;
    }
  }
  const Json* own = find(scores, "2016-01-29", "brier", "all", "truel");
  ASSERT_NE(own, nullptr);
  EXPECT_NEAR((*own)["value"].get<double>(), brier / 3, 1e-3);
  EXPECT_NEAR((*own)["difference"].get<double>(), brier / 3 - 2.0 / 3, 1e-3);
  EXPECT_TRUE((*own)["account"].is_null());
}

TEST(TrackRecord, actors_with_one_record_code_are_one_holder_and_contested_places_are_left_out) {
  const Sample sample(4, [](War& war) {
    record_a_month(war);
    war.actors[0].record_code = war.actors[1].record_code = "one";
    war.control[3].controller = kContested;
  });
  const Json scores = track_record_json(sample.model, sample.summary)["scores"];
  const Json* own = find(scores, "2016-01-29", "brier", "all", "truel");
  ASSERT_NE(own, nullptr);
  EXPECT_EQ((*own)["places"], 2);
  EXPECT_NEAR((*own)["value"].get<double>(), 0, 1e-6);
}

TEST(TrackRecord, scores_every_account_that_was_run) {
  Sample sample(4, record_a_month);
  const std::size_t n_places = sample.model.war().places.size();
  const std::size_t n_times = sample.summary.days.size();
  ensemble::ControlShares wrong(n_places, n_times);
  wrong.count(std::vector<std::int8_t>(n_places * n_times, kNone));  // nobody holds anything
  wrong.divide(1);
  sample.summary.accounts = {{"", 4, 0, sample.summary.actors, {}, sample.summary.control},
                             {"rival", 4, 0, sample.summary.actors, {}, wrong}};
  double rival = -1;
  const Json record = track_record_json(sample.model, sample.summary);
  for (const Json& row : record["scores"]) {
    if (row["account"] == "rival" && row["score"] == "brier" && row["subset"] == "all") {
      rival = row["value"].get<double>();
    }
  }
  EXPECT_NEAR(rival, 2, 1e-6);
}

TEST(TrackRecord, passes_on_what_the_package_knows_of_forecasts_of_deaths) {
  const Sample sample(2, [](War& war) {
    record_a_month(war);
    war.death_scores = {{.from = war.start, .to = war.start + 30, .score = "crps", .model = "zero", .value = 7},
                        {.from = war.start,
                         .to = war.start + 30,
                         .score = "crps",
                         .model = "truel",
                         .account = "base",
                         .value = 9,
                         .difference = {{2, -1, 5}},
                         .against = "zero",
                         .pairs = 3,
                         .months = 1,
                         .runs = 8}};
  });
  const Json deaths = track_record_json(sample.model, sample.summary)["deaths"];
  ASSERT_EQ(deaths.size(), 2U);
  EXPECT_FALSE(deaths[0].contains("against"));
  EXPECT_TRUE(deaths[0]["account"].is_null());
  EXPECT_EQ(deaths[1]["to"], "2016-01-31");
  EXPECT_EQ(deaths[1]["difference_low"], -1);
  EXPECT_EQ(deaths[1]["runs"], 8);
}

TEST(DatedEvents, are_told_once_a_day_and_note_without_what_is_switched_off) {
  const Sample sample(1, [](War& war) {
    const int target = war.actor(0, ActorParameter::supply);
    war.interventions = {
        {.id = "a", .date = war.start + 5, .target = target, .note = "A truce"},
        {.id = "b", .date = war.start + 5, .target = target, .note = "A truce"},
        {.id = "c", .date = war.start + 9, .action = InterventionAction::arrive, .actor = 0, .place = 0, .note = "Off"},
        {.id = "d", .date = war.start, .target = target, .note = "On the first day"},
        {.id = "e", .date = war.start + 9, .target = target},
    };
    war.lay_out_parameters();
    war.parameters[at(war.intervention(0))].basis = "A1";
    war.parameters[at(war.intervention(1))].basis = "A1; assumed: as told";
  });
  const Json events = dated_events_json(sample.model);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0]["date"], "2016-01-06");
  EXPECT_EQ(events[0]["note"], "A truce");
  ASSERT_EQ(events[0]["basis"].size(), 2U);
  EXPECT_EQ(events[0]["basis"][0]["id"], "A1");
}

}  // namespace
}  // namespace truel::output
