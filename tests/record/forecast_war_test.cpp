// The war that a forecast is made with: what was known of it on its first day.
#include "truel/record/forecast_war.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "truel/base/date.hpp"

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

}  // namespace
}  // namespace truel::test
