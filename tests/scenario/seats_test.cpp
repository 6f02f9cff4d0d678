// positions.csv, and packages without a map.
#include <gtest/gtest.h>

#include "scenario/package.hpp"

namespace truel::scenario {
namespace {

constexpr const char* kPositions =
    "actor,issue,position,salience,basis\n"
    "west,rule,80..90,0.5,c1\n"
    "north,rule,10,,c1\n"
    "north,oil,5,1,c1\n";

TEST(Seats, are_sorted_by_actor_and_issue_and_have_paths) {
  TestPackage p;
  p["positions.csv"] = kPositions;
  const War war = read_good(p);
  EXPECT_EQ(war.issues, (std::vector<std::string>{"oil", "rule"}));
  ASSERT_EQ(war.seats.size(), 3U);
  EXPECT_EQ(war.actors[static_cast<std::size_t>(war.seats[0].actor)].id, "north");
  EXPECT_EQ(war.seats[0].issue, 0);
  EXPECT_EQ(war.seats[2].issue, 1);
  EXPECT_EQ(number(war, "positions.north.rule.position").distribution.a, 10);
  EXPECT_EQ(number(war, "positions.north.rule.salience").distribution.a, 1);  // the default
  EXPECT_EQ(number(war, "positions.west.rule.position").distribution.b, 90);
  EXPECT_EQ(war.position(2, PositionParameter::salience), war.find_parameter("positions.west.rule.salience"));
}

TEST(Seats, can_be_changed_by_accounts_and_settings) {
  TestPackage p;
  p["positions.csv"] = kPositions;
  Overlay overlay;
  overlay.settings = {"positions.north.oil.position=60"};
  const War war = read_good(p, overlay);
  EXPECT_EQ(number(war, "positions.north.oil.position").distribution.a, 60);
}

TEST(Seats, report_every_mistake_where_it_is) {
  TestPackage p;
  p["positions.csv"] =
      "actor,issue,position,salience,basis\n"
      "nroth,rule,10,1,c1\n"
      "north,,10,1,c1\n"
      "north,The Rule,10,1,c1\n"
      "north,rule,110,1,c1\n"
      "north,rule,20,1,c1\n"
      "south,rule,,1,c1\n"
      "west,rule,20,1,\n";
  EXPECT_EQ(
      mistakes(p),
      (Lines{"positions.csv:2:1: unknown actor `nroth`; did you mean `north`?",
             "positions.csv:3:7: no issue; fill the cell",
             "positions.csv:4:7: malformed issue `The Rule`; an id has small letters, digits and _, and starts with a "
             "letter: write the_rule",
             "positions.csv:5:12: position is 110, above its greatest value 100; keep it within 0 and 100",
             "positions.csv:6:1: duplicate position of `north` on `rule`; the first is in line 5; remove one",
             "positions.csv:7:12: no position; write where the actor stands, or remove the row of one that has no "
             "seat on this issue",
             "positions.csv:8:11: a number without a basis; fill the column position_basis or basis of this row",
             "positions.csv:8:14: a number without a basis; fill the column salience_basis or basis of this "
             "row"}));
}

TEST(Seats, need_columns_for_who_what_and_where) {
  TestPackage p;
  p["positions.csv"] = "actor,issue\nnorth,rule\n";
  EXPECT_EQ(mistakes(p), (Lines{"positions.csv:1:1: no column `position`; add it to the header"}));
}

TEST(Maps, may_be_missing_as_a_whole) {
  TestPackage p;
  p["scenario.toml"] =
      "format = 1\ntitle = \"Talks\"\nstart = 2016-01-01\nend = 2016-01-08\n[laws.settlement]\non = true\n";
  p["actors.csv"] = "id,capability,basis\nnorth,1,assumed: even\nsouth,1,assumed: even\n";
  p["positions.csv"] = "actor,issue,position,basis\nnorth,rule,10,assumed: low\nsouth,rule,80,assumed: high\n";
  for (const auto& [name, text] : std::map(p.files())) {
    if (name != "scenario.toml" && name != "actors.csv" && name != "positions.csv") {
      p.remove(name);
    }
  }
  EXPECT_EQ(mistakes(p), Lines{});
  p["links.csv"] = "a,b\n";
  EXPECT_EQ(mistakes(p),
            (Lines{"places.csv: missing file; every package with a map needs it; `truel new DIR` writes an example",
                   "control.csv: missing file; every package with a map needs it; `truel new DIR` writes an example",
                   "forces.csv: missing file; every package with a map needs it; `truel new DIR` writes an example"}));
}

}  // namespace
}  // namespace truel::scenario
