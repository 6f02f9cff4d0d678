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
