#include "truel/record/control/control.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "support/war_builder.hpp"
#include "truel/record/control/baselines.hpp"

namespace truel::record {
namespace {

constexpr Day kOrigin = test::kFirstDay;
constexpr int kSides = 3;

/// Four places in a row, held by sides 0, 0, 1, 1 for two years; each half year the border moves one place to and fro.
ControlRecord moving_border() {
  ControlRecord record(4, kOrigin - 730, kOrigin + 365);
  for (PlaceIndex p = 0; p < 4; ++p) {
    record.set(p, record.first(), record.last(), p < 2 ? 0 : 1, false);
  }
  record.set(2, kOrigin - 540, kOrigin - 360, 0, false);
  record.set(2, kOrigin - 180, kOrigin - 20, 0, true);
  record.set(2, kOrigin - 19, kOrigin + 10, kContested, false);
  return record;
}

std::shared_ptr<const War> row_of_four() {
  return test::WarBuilder(30)
      .ground("a")
      .ground("b")
      .place("w", "a")
      .place("x", "a")
      .place("y", "b")
      .place("z", "b")
      .road("w", "x", 10)
      .road("x", "y", 10)
      .road("y", "z", 10)
      .build();
}

Past past_of(const War& war, const ControlRecord& record) {
  Past past;
  past.war = &war;
  past.control = &record;
  past.n_sides = kSides;
  past.origin = kOrigin;
  past.months = 3;
  past.simulations = 4000;
  return past;
}

TEST(ControlRecord, a_contested_place_is_settled_by_who_held_it_last) {
  const ControlRecord record = moving_border();
  EXPECT_EQ(record.holder(2, kOrigin), kContested);
  EXPECT_EQ(record.settled(2, kOrigin), 0);
  EXPECT_TRUE(record.is_low(2, kOrigin - 100));
  EXPECT_EQ(record.holder(2, kOrigin + 11), 1);
  EXPECT_EQ(record.holder(2, record.last() + 1), kUnknown);
  EXPECT_EQ(record.settled(2, record.first() - 1), kUnknown);
}

TEST(ControlRecord, merged_sides_are_one) {
  const ControlRecord merged = moving_border().merged(std::vector{0, 0, 2});
  EXPECT_EQ(merged.holder(3, kOrigin), 0);
  EXPECT_EQ(merged.holder(2, kOrigin), kContested);
}

TEST(Baselines, every_forecast_is_a_distribution_and_begins_with_what_is) {
  const ControlRecord record = moving_border();
  const auto war = row_of_four();
  const Past past = past_of(*war, record);
  for (const ControlForecast& f :
       {persistence(past), smoothed_persistence(past), pair_rates(past), spatial_hazard(past), contact(past)}) {
    for (PlaceIndex p = 0; p < 4; ++p) {
      for (std::size_t month = 0; month <= 3; ++month) {
        const auto shares = f.at_month(month, p);
        EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-9);
      }
      EXPECT_NEAR(f.at_month(0, p)[at(record.settled(p, kOrigin))], 1, 1e-9);
    }
  }
}

TEST(Baselines, persistence_never_changes_its_mind_and_rates_do_so_more_each_month) {
  const ControlRecord record = moving_border();
  const auto war = row_of_four();
  const Past past = past_of(*war, record);
  EXPECT_EQ(persistence(past).at_month(3, 2)[0], 1);
  const ControlForecast rates = pair_rates(past);
  EXPECT_LT(rates.at_month(3, 2)[0], rates.at_month(1, 2)[0]);
  EXPECT_GT(rates.at_month(3, 2)[1], rates.at_month(3, 2)[2]) << "a pair that has changed before is likelier";
}

TEST(Baselines, places_beside_an_enemy_are_the_ones_to_fall) {
  const ControlRecord record = moving_border();
  const auto war = row_of_four();
  const Past past = past_of(*war, record);
  for (const ControlForecast& f : {spatial_hazard(past), contact(past)}) {
    EXPECT_GT(1 - f.at_month(3, 2)[0], 1 - f.at_month(3, 0)[0]) << "the place that changed before, at the front";
    EXPECT_GT(f.at_month(3, 2)[1], f.at_month(3, 2)[2]) << "to its neighbour's side";
  }
}

TEST(Baselines, what_comes_after_the_origin_changes_no_forecast) {
  ControlRecord record = moving_border();
  const auto war = row_of_four();
  const auto before = spatial_hazard(past_of(*war, record)).p;
  record.set(0, kOrigin + 1, record.last(), 1, false);
  record.set(1, kOrigin + 1, record.last(), 2, false);
  EXPECT_EQ(spatial_hazard(past_of(*war, record)).p, before);
}

TEST(Baselines, deaths_are_looked_at_only_once_they_reach_far_enough_back) {
  const ControlRecord record = moving_border();
  const auto war = row_of_four();
  Past past = past_of(*war, record);
  EXPECT_FALSE(has_deaths(past));
  const std::vector<Event> events(1);
  past.events = events;
  past.events_from = kOrigin - 60;
  EXPECT_FALSE(has_deaths(past));
  past.events_from = kOrigin - 130;
  EXPECT_TRUE(has_deaths(past));
}

}  // namespace
}  // namespace truel::record
