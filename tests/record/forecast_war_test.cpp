// The war that a forecast is made with: what was known of it on its first day.
#include "truel/record/forecast_war.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "truel/base/date.hpp"
#include "truel/base/index.hpp"

namespace truel::test {
namespace {

// The truce of 27 February 2016 ended on 20 April; the one of 30 December has no end in the package.
TEST(ForecastWar, knows_that_a_truce_had_lasted_until_its_first_day_and_not_how_long_it_will) {
  const auto truces_from = [](const char* day) {
    const Day start = *parse_date(day);
    const auto war = record::forecast_war(std::filesystem::path(TRUEL_SOURCE_DIR) / "scenarios" / "syria-2016", "", {},
                                          start, start + 90, start, {});
    EXPECT_TRUE(war);
    std::vector<Intervention> truces;
    std::copy_if(war->interventions.begin(), war->interventions.end(), std::back_inserter(truces),
                 [](const Intervention& i) { return i.id.starts_with("truce_"); });
    return std::pair(start, truces);
  };
  const auto [april, of_april] = truces_from("2016-04-01");
  EXPECT_FALSE(of_april.empty());
  for (const Intervention& truce : of_april) {
    EXPECT_EQ(truce.lasted, april) << truce.id;
  }
  for (const Intervention& truce : truces_from("2017-01-01").second) {
    EXPECT_EQ(truce.lasted, 0) << truce.id;
  }
}

// Mosul's defenders are named in October 2016. Once it has fallen nobody knows where they are.
TEST(ForecastWar, forgets_who_stood_at_a_place_that_has_changed_hands_since) {
  const Day start = *parse_date("2017-07-21");
  const auto package = std::filesystem::path(TRUEL_SOURCE_DIR) / "scenarios" / "syria-2016";
  const auto known = record::forecast_war(package, "", {}, *parse_date("2016-12-31"), start, std::nullopt, {});
  ASSERT_TRUE(known);
  const auto named = [](const War& war, const std::string& who, const std::string& where) {
    return std::any_of(war.forces.begin(), war.forces.end(), [&](const Force& row) {
      return row.place >= 0 && war.actors[at(row.actor)].id == who && war.places[at(row.place)].id == where &&
             row.date < war.start;
    });
  };
  for (const bool has_fallen : {false, true}) {
    std::vector<ControlSpell> holders;
    for (const ControlSpell& spell : known->control) {
      if (spell.from <= known->start && known->start <= spell.to) {
        const bool falls = has_fallen && known->places[at(spell.place)].id == "mosul";
        const auto iraq = std::find_if(known->actors.begin(), known->actors.end(),
                                       [](const Actor& actor) { return actor.id == "iraq_government"; });
        holders.push_back({spell.place, start, start,
                           falls ? static_cast<ActorIndex>(iraq - known->actors.begin()) : spell.controller});
      }
    }
    const auto war = record::forecast_war(package, "", {}, start, start + 30, start, holders);
    ASSERT_TRUE(war);
    EXPECT_EQ(named(*war, "isis", "mosul"), !has_fallen);
    EXPECT_EQ(named(*war, "iraq_government", "mosul"), !has_fallen);
    EXPECT_TRUE(named(*war, "isis", "palmyra"));
  }
}

}  // namespace
}  // namespace truel::test
