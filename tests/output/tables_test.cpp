#include "truel/output/tables/tables.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "output/sample.hpp"
#include "truel/laws/laws.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/json.hpp"
#include "truel/world/journal.hpp"

namespace truel::output {
namespace {

/// Rows and cells of a CSV text after RFC 4180.
std::vector<std::vector<std::string>> rows_of(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      rows.back().back() += '"';
      ++i;
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && c == ',') {
      rows.back().emplace_back();
    } else if (!is_quoted && c == '\n') {
      rows.push_back({""});
    } else {
      rows.back().back() += c;
    }
  }
  EXPECT_FALSE(is_quoted);
  EXPECT_EQ(rows.back(), std::vector<std::string>{""});  // the text ends with a line end
  rows.pop_back();
  return rows;
}

TEST(Csv, cells_are_quoted_where_they_have_to_be) {
  EXPECT_EQ(csv_cell("plain text"), "plain text");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_cell(" "), "\" \"");
  // What a spreadsheet would calculate is marked as a text; numbers stay numbers.
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
  EXPECT_EQ(csv_cell("+cmd"), "'+cmd");
  EXPECT_EQ(csv_cell("-3 to 5"), "'-3 to 5");
  EXPECT_EQ(csv_cell("@sum"), "'@sum");
  EXPECT_EQ(csv_cell("\t=1"), "\"'\t=1\"");
  for (const char* number : {"-3", "-0.5", "-1e-05", "-inf"}) {
    EXPECT_EQ(csv_cell(number), number);
  }
  EXPECT_EQ(csv_cell(""), "");
}

TEST(Csv, dyads_have_one_row_a_pair_with_its_numbers) {
  const Sample sample(8);
  const auto rows = rows_of(dyads_csv(sample.model, sample.summary));
  ASSERT_EQ(rows.size(), sample.summary.dyads.size() + 1);
  ASSERT_GT(rows.size(), 1U);
  EXPECT_EQ(rows[0][0], "attacker");
  EXPECT_EQ(rows[0][2], "losses_mean");
  EXPECT_EQ(rows[0][11], "effort_share_q95");
  EXPECT_EQ(rows[0].back(), "first_enemy_day_runs");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const ensemble::DyadSummary& d = sample.summary.dyads[i - 1];
    EXPECT_EQ(rows[i].size(), rows[0].size());
    EXPECT_EQ(rows[i][0], sample.model.war().actors[at(d.attacker)].id);
    EXPECT_NEAR(std::stod(rows[i][2]), d.losses.mean, 1e-5 * d.losses.mean);
    EXPECT_EQ(std::stod(rows[i].back()), d.attacks.back().runs);
  }
}

TEST(Csv, events_tell_what_happened_where_and_why) {
  Sample sample(1);
  auto& events = sample.kept[0].path.journal.events;
  const EventCause hostile{"hostile", kHostile};
  events = {{3, "capture", 0, 1, 1, 120.5, &hostile, {.worth = 7}}, {8, "collapse", kNone, kNone, kNone, kAbsent}};
  const auto rows = rows_of(events_csv(sample.model, sample.kept));
  ASSERT_EQ(rows.size(), 3U);
  std::vector<std::string> heads{"realization", "date",     "kind",   "actor", "place_id",
                                 "other",       "fighters", "reason", "cause", "intervention"};
  for (const EventNumberInfo& info : kEventNumbers) {
    heads.emplace_back(info.name);
  }
  EXPECT_EQ(rows[0], heads);
  std::vector<std::string> first{"0", "2016-01-04", "capture", "north", "gate", "south", "120.5", kHostile, "hostile"};
  first.resize(heads.size());
  *(std::find(heads.begin(), heads.end(), "worth") - heads.begin() + first.begin()) = "7";
  EXPECT_EQ(rows[1], first);
  std::vector<std::string> second{"0", "2016-01-09", "collapse"};
  second.resize(heads.size());
  EXPECT_EQ(rows[2], second);
}

TEST(Reasons, are_said_of_every_cause) {
  War war;
  war.interventions = {{.id = "supply", .note = "{worth} of arms"}, {.id = "truce"}};
  Event event{};
  event.intervention = 0;
  double next = 0;
  for (const EventNumberInfo& info : kEventNumbers) {
    event.numbers.*info.of = ++next;
  }
  std::string told;
  std::set<std::string_view> names;
  for (const EventCause& cause : laws::event_causes()) {
    event.cause = &cause;
    told += fmt::format("{}: {}\n", cause.name, reason_of(war, event));
    EXPECT_TRUE(names.insert(cause.name).second) << cause.name << " is another's name, too";
  }
  EXPECT_EQ(told, R"(last_defender_gone: the last defender is gone
no_place_left: no place left
breakpoint_reached: its losses have reached its breakpoint
hit_others: a strike hit troops who were no target
above_allies: alignment reached the threshold of allies
below_allies: alignment fell below the threshold of allies
cannot_hold: its men cannot hold the place
friendly_hands: the place is in friendly hands
weak_garrison: the garrison is too weak to hold them down
on_terms: the besieged leave on terms
nobody_there: nobody of their side is there
serves_neither: war serves neither of the two
no_more_enemies: no more enemies: men 7 and 8, lost 9 and 10, days 12
attackers_broke_off: the attackers broke off: men 7 and 8, lost 9 and 10, days 12
attackers_fell: the attackers fell: men 7 and 8, lost 9 and 10, days 12
attackers_went: the attackers went: men 7 and 8, lost 9 and 10, days 12
defenders_broke_off: the defenders broke off: men 7 and 8, lost 9 and 10, days 12
defenders_fell: the defenders fell: men 7 and 8, lost 9 and 10, days 12
defenders_went: the defenders went: men 7 and 8, lost 9 and 10, days 12
attackers_gave_in: the attackers gave in: men 7 and 8, lost 9 and 10, days 12
defenders_gave_in: the defenders gave in: men 7 and 8, lost 9 and 10, days 12
goes_on: it goes on: men 7 and 8, lost 9 and 10, days 12
lost_enough: its side has lost 9 of 7 and bears 11
gave_in: its side has lost 9 of 7, bears 11, and no road is open
target: effort share 1.00, worth 2.0, win probability 4.00, force needed 5
just_taken: effort share 1.00, worth 2.0, win probability 4.00, force needed 5, just taken from another: worth 3.0 times as much
paid: effort share 1.00, worth 2.0, force needed 5, 6 man-days to spend
exception: effort share 1.00, worth 2.0, force needed 5, 6 man-days to spend, an exception
next_door: effort share 1.00, worth 2.0, force needed 5, 6 man-days to spend, from the place just won
too_weak: win probability 4.00 below the breaking point
left_to_air: win probability 4.00 below the point where the air arm works better
culminated: the attack has had its days, and is less likely to win than attacks that are begun
settled: nobody gains by changing after 13 rounds
go_round: the responses go round every 14 rounds
unsettled: the responses do not settle in 13 rounds
dated_change: {worth} of arms
)");
  event.cause = &laws::Interventions::kDated;
  event.intervention = 1;
  EXPECT_EQ(reason_of(war, event), "truce") << "its id, where it has no note";
}

TEST(Csv, numbers_of_events_are_those_of_their_reasons) {
  const Sample sample(3);
  const auto rows = rows_of(events_csv(sample.model, sample.kept));
  const auto cell = [&](const std::vector<std::string>& row, std::string_view head) -> const std::string& {
    return row[at(static_cast<int>(std::find(rows[0].begin(), rows[0].end(), head) - rows[0].begin()))];
  };
  const std::vector<EventCause> causes = laws::event_causes();
  std::size_t told = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    Event event{};
    for (const EventNumberInfo& info : kEventNumbers) {
      const std::string& number = cell(rows[i], info.name);
      event.numbers.*info.of = number.empty() ? kAbsent : std::stod(number);
      told += number.empty() ? 0 : 1;
    }
    const auto cause = std::find_if(causes.begin(), causes.end(),
                                    [&](const EventCause& c) { return c.name == cell(rows[i], "cause"); });
    ASSERT_NE(cause, causes.end());
    event.cause = &*cause;
    EXPECT_EQ(cell(rows[i], "reason"), reason_of(sample.model.war(), event));
  }
  EXPECT_GT(told, 4U);
}

TEST(Csv, zero_has_no_sign) {
  Sample sample(1);
  sample.kept[0].path.journal.priorities = {{0, 0, 1, 1, -0.0, {-0.0}}};
  EXPECT_EQ(priorities_csv(sample.model, sample.kept).find(",-0"), std::string::npos);
}

TEST(Csv, a_real_run_has_events_and_decisions) {
  const Sample sample(3);
  EXPECT_GT(rows_of(events_csv(sample.model, sample.kept)).size(), 3U);
  const auto rows = rows_of(priorities_csv(sample.model, sample.kept));
  ASSERT_GT(rows.size(), 3U);
  EXPECT_EQ(rows[0].size(), 6 + features_of(sample.model).size());
  std::map<std::string, double> shares;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    ASSERT_EQ(rows[i].size(), rows[0].size());
    double sum = 0;
    for (std::size_t f = 6; f < rows[i].size(); ++f) {
      sum += std::stod(rows[i][f]);
    }
    EXPECT_NEAR(sum, std::stod(rows[i][5]), 1e-5);  // contributions add up to the score
    shares[rows[i][0] + rows[i][1] + rows[i][2]] += std::stod(rows[i][4]);
  }
  for (const auto& [decision, sum] : shares) {
    EXPECT_NEAR(sum, 1, 1e-4) << decision;
  }
}

TEST(GeoJson, every_place_is_a_point_with_its_probabilities) {
  const Sample sample(8);
  const Json json = Json::parse(control_geojson(sample.model, sample.summary));
  EXPECT_EQ(json["type"], "FeatureCollection");
  ASSERT_EQ(json["features"].size(), 3U);
  const Json& gate = json["features"][1];
  EXPECT_EQ(gate["type"], "Feature");
  EXPECT_EQ(gate["id"], "gate");
  EXPECT_EQ(gate["geometry"]["type"], "Point");
  EXPECT_EQ(gate["geometry"]["coordinates"], Json::parse("[39.125, 34.75]"));  // longitude first
  EXPECT_EQ(gate["properties"]["name"], "Town gate");
  EXPECT_EQ(gate["properties"]["population"], 5000);
  EXPECT_EQ(gate["properties"]["date"], "2016-03-01");
  double sum = 0;
  double greatest = 0;
  for (const auto& [key, value] : gate["properties"].items()) {
    if (key.starts_with("p_")) {
      sum += value.get<double>();
      greatest = std::max(greatest, value.get<double>());
    }
  }
  EXPECT_NEAR(sum, 1, 1e-6);
  EXPECT_EQ(gate["properties"]["holder_probability"].get<double>(), greatest);
  EXPECT_EQ(gate["properties"]["p_" + gate["properties"]["holder"].get<std::string>()].get<double>(), greatest);
}

TEST(GeoJson, all_places_have_the_same_properties) {
  const Sample sample(8);
  const Json json = Json::parse(control_geojson(sample.model, sample.summary));
  for (const Json& feature : json["features"]) {
    EXPECT_EQ(feature["properties"].size(), json["features"][0]["properties"].size());
  }
}

TEST(GeoJson, hostile_names_stay_names) {
  const Sample sample(1, [](War& war) { war.places[0].name = kHostile; });
  const Json json = Json::parse(control_geojson(sample.model, sample.summary));
  EXPECT_EQ(json["features"][0]["properties"]["name"].get<std::string>().substr(0, 20), kHostile.substr(0, 20));
}

}  // namespace
}  // namespace truel::output
