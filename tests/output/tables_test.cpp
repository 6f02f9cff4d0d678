#include "truel/output/tables/tables.hpp"

#include <gtest/gtest.h>

#include <map>

#include "output/sample.hpp"
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
  events = {{3, "capture", 0, 1, 1, 120.5, kHostile}, {8, "intervention", kNone, kNone, kNone, kAbsent, ""}};
  const auto rows = rows_of(events_csv(sample.model, sample.kept));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"realization", "date", "kind", "actor", "place_id", "other", "fighters",
                                               "reason"}));
  EXPECT_EQ(rows[1],
            (std::vector<std::string>{"0", "2016-01-04", "capture", "north", "gate", "south", "120.5", kHostile}));
  EXPECT_EQ(rows[2], (std::vector<std::string>{"0", "2016-01-09", "intervention", "", "", "", "", ""}));
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
