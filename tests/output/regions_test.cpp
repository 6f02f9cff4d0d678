#include "truel/output/report/regions.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "sample.hpp"

namespace truel::output {
namespace {

using ensemble::RegionEnd;
using ensemble::RegionMap;

/// Six divisions by hand: every end but one, on three actors whose names are hostile.
RegionMap by_hand() {
  RegionMap map;
  map.divisions = 2;
  map.total = 300;
  map.sides = {0, 1, 2};
  map.points = {{{0, 0, 2}, RegionEnd::third_wins, 300, 0},  {{0, 1, 1}, RegionEnd::stalemate, 20.5, kAbsent},
                {{0, 2, 0}, RegionEnd::second_wins, 300, 0}, {{1, 0, 1}, RegionEnd::first_wins, 100, 12.25},
                {{1, 1, 0}, RegionEnd::nobody, 0, kAbsent},  {{2, 0, 0}, RegionEnd::first_wins, 300, 0}};
  return map;
}

TEST(RegionsCsv, has_a_row_for_every_division) {
  const Sample sample(1);
  const War& war = sample.model.war();
  const std::string a = war.actors[0].id;
  const std::string b = war.actors[1].id;
  const std::string c = war.actors[2].id;
  EXPECT_EQ(regions_csv(sample.model, by_hand()),
            "first_day_" + a + ",first_day_" + b + ",first_day_" + c + ",end,fighters_left,decided_days\n" +
                "0,0,300," + c + ",300,0\n0,150,150,stalemate,20.5,\n0,300,0," + b + ",300,0\n150,0,150," + a +
                ",100,12.25\n150,150,0,nobody,0,\n300,0,0," + a + ",300,0\n");
}

TEST(RegionsJson, gives_shares_and_a_letter_for_every_division) {
  const Sample sample(1);
  const War& war = sample.model.war();
  const Json json = regions_json(sample.model, by_hand());
  EXPECT_EQ(json["divisions"], 2);
  EXPECT_EQ(json["total_fighters"], 300);
  EXPECT_EQ(json["sides"], (Json{war.actors[0].id, war.actors[1].id, war.actors[2].id}));
  EXPECT_EQ(json["ends"], "3s21n1");
  EXPECT_DOUBLE_EQ(json["shares"][war.actors[0].id].get<double>(), 1 / 3.);
  EXPECT_DOUBLE_EQ(json["shares"]["stalemate"].get<double>(), 1 / 6.);
  EXPECT_EQ(json["shares"]["failed"], 0);
}

TEST(RegionsSvg, draws_every_end_that_occurs_and_escapes_names) {
  const Sample sample(1, [](War& war) {
    war.actors[0].name = "<b>\"A\" & co";
    war.actors[1].colour = "#123456";
  });
  const std::string svg = regions_svg(sample.model, by_hand());
  EXPECT_EQ(svg.find("<b>"), std::string::npos);
  EXPECT_NE(svg.find("victory of &lt;b&gt;&quot;A&quot; &amp; co from 33.3 %"), std::string::npos);
  EXPECT_NE(svg.find("stroke=\"#123456\""), std::string::npos);
  EXPECT_NE(svg.find("stalemate from 16.7 %"), std::string::npos);
  EXPECT_EQ(svg.find("failed"), std::string::npos);
  std::size_t strokes = 0;
  for (std::size_t at = svg.find("<path"); at != std::string::npos; at = svg.find("<path", at + 1)) {
    ++strokes;
  }
  EXPECT_EQ(strokes, 5U + 1);  // one for each end, one for the grid
}

TEST(Regions, are_in_the_summary_and_the_folder_only_where_they_were_asked_for) {
  Sample sample(2);
  const auto summary = [&] { return summary_json(sample.model, sample.options, sample.summary, sample.provenance); };
  const auto report = [&] {
    return report_json(sample.model, sample.options, sample.summary, sample.kept, sample.provenance);
  };
  const auto names = [&](const std::filesystem::path& folder) {
    std::vector<std::string> found;
    const auto written = sample.write(folder);
    EXPECT_TRUE(written.has_value());
    for (const auto& path : *written) {
      found.push_back(path.filename().string());
    }
    return found;
  };
  const TemporaryFolder folder;
  EXPECT_FALSE(Json::parse(summary()).contains("regions"));
  EXPECT_FALSE(Json::parse(report()).contains("regions"));
  const auto without = names(folder.path() / "without");
  EXPECT_EQ(std::count(without.begin(), without.end(), "regions.csv"), 0);
  sample.summary.regions = by_hand();
  EXPECT_EQ(Json::parse(summary())["regions"]["ends"], "3s21n1");
  EXPECT_EQ(Json::parse(report())["regions"]["divisions"], 2);
  EXPECT_NE(terminal_table(sample.model, sample.summary, 100).find("stalemate from 16.7 %"), std::string::npos);
  const auto with = names(folder.path() / "with");
  EXPECT_EQ(with.size(), without.size() + 2);
  EXPECT_EQ(std::count(with.begin(), with.end(), "regions.svg"), 1);
  EXPECT_EQ(bytes_of(folder.path() / "with" / "regions.csv"), regions_csv(sample.model, by_hand()));
}

}  // namespace
}  // namespace truel::output
