// The war that a forecast is made with: what was known of it on its first day.
#include "truel/record/forecast_war.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "truel/base/date.hpp"
#include "truel/base/index.hpp"
#include "truel/model/latest_rows.hpp"
#include "truel/record/observations/rules.hpp"
#include "truel/scenario/read.hpp"
#include "truel/scenario/scenario.hpp"

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

/// Whether a row of forces.csv that holds on the first day names the actor's men at the place.
bool is_named(const War& war, const std::string& who, const std::string& where) {
  const std::vector<int> rows = first_forces(war);
  return std::any_of(rows.begin(), rows.end(), [&](int row) {
    const Force& force = war.forces[at(row)];
    return force.place >= 0 && war.actors[at(force.actor)].id == who && war.places[at(force.place)].id == where;
  });
}

War forecast(const std::string& package, const char* day, const std::vector<ControlSpell>& later) {
  const Day start = *parse_date(day);
  auto war = record::forecast_war(std::filesystem::path(TRUEL_SOURCE_DIR) / "scenarios" / package, "", {}, start,
                                  start + 30, start, later);
  EXPECT_TRUE(war);
  return std::move(*war);
}

// Mosul's defenders are named in October 2016, when it is theirs; it falls in July 2017, Palmyra in March.
TEST(ForecastWar, forgets_who_stood_at_a_place_that_has_changed_hands_since) {
  EXPECT_TRUE(is_named(forecast("syria-2016", "2017-01-01", {}), "isis", "palmyra"));
  EXPECT_FALSE(is_named(forecast("syria-2016", "2017-04-01", {}), "isis", "palmyra"));
  EXPECT_TRUE(is_named(forecast("syria-2016", "2017-07-01", {}), "isis", "mosul"));
  const War fallen = forecast("syria-2016", "2017-07-21", {});
  EXPECT_FALSE(is_named(fallen, "isis", "mosul"));
  EXPECT_FALSE(is_named(fallen, "iraq_government", "mosul"));
  EXPECT_TRUE(is_named(fallen, "isis", "tal_afar"));
}

TEST(ForecastWar, knows_no_later_beginning_and_no_later_end_of_help) {
  const War war = forecast("bosnia-1992", "1993-07-01", {});
  bool has_later = false;
  bool has_ended = false;
  auto whole = scenario::read(std::filesystem::path(TRUEL_SOURCE_DIR) / "scenarios" / "bosnia-1992");
  ASSERT_TRUE(whole);
  for (std::size_t s = 0; s < war.sponsors.size(); ++s) {
    const Sponsor& own = whole->sponsors[s];
    const Sponsor& known = war.sponsors[s];
    has_later = has_later || own.from > war.start;
    has_ended = has_ended || (own.from <= war.start && own.to > war.start);
    EXPECT_EQ(own.from > war.start, known.from > known.to) << own.sponsor;
    EXPECT_TRUE(own.from > war.start || own.to <= war.start || known.to > war.end) << own.sponsor;
  }
  EXPECT_TRUE(has_later && has_ended);
}

// The package of Ukraine says who held what on 24 February alone; of later days an observed record knows.
TEST(ForecastWar, knows_who_stood_at_a_place_that_its_holder_of_then_still_holds) {
  const War first = forecast("ukraine-2022", "2022-02-24", {});
  const auto russia = static_cast<ActorIndex>(
      std::find_if(first.actors.begin(), first.actors.end(), [](const Actor& actor) { return actor.id == "russia"; }) -
      first.actors.begin());
  record::Observations observations;
  observations.sides = record::sides_of(first);
  observations.control = record::ControlRecord(first.places.size(), first.start, first.start + 30);
  for (const ControlSpell& spell : first.control) {
    const auto side_of = [&](ActorIndex holder) {
      return record::SideIndex{holder >= 0 ? observations.sides.of_actor[at(holder)] : observations.sides.none};
    };
    observations.control.set(spell.place, first.start, first.start + 30, side_of(spell.controller), false);
    if (first.places[at(spell.place)].id == "zhytomyr") {
      observations.control.set(spell.place, *parse_date("2022-03-07"), first.start + 30, side_of(russia), false);
    }
  }
  const auto holders = record::control_until(first, observations, *parse_date("2022-03-10"));
  const War war = forecast("ukraine-2022", "2022-03-10", holders);
  EXPECT_TRUE(is_named(war, "ukraine_army", "lviv"));
  EXPECT_FALSE(is_named(war, "ukraine_army", "zhytomyr"));
  // The last day of the record speaks for the morning after.
  const Day next = first.start + 31;
  for (const ControlSpell& spell : record::control_until(first, observations, next)) {
    if (spell.from == next && first.places[at(spell.place)].id == "zhytomyr") {
      EXPECT_EQ(spell.controller, russia);
    }
  }
}

}  // namespace
}  // namespace truel::test
