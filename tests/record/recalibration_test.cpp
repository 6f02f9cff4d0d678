#include "truel/record/deaths/recalibration.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "truel/record/score/proper_scores.hpp"

namespace truel::test {
namespace {

using record::Pit;
using record::Recalibration;

TEST(Recalibration, places_what_came_between_members_and_over_all_that_equal_it) {
  const std::vector<double> members = {0, 0, 1, 5};
  const Pit between = record::pit_of(members, 3);
  EXPECT_DOUBLE_EQ(between.low, 3. / 5);
  EXPECT_DOUBLE_EQ(between.high, 4. / 5);
  const Pit equal = record::pit_of(members, 0);
  EXPECT_DOUBLE_EQ(equal.low, 0);
  EXPECT_DOUBLE_EQ(equal.high, 3. / 5);
  EXPECT_DOUBLE_EQ(record::pit_of(members, 9).high, 1);
}

TEST(Recalibration, leaves_a_forecast_as_it_is_where_nothing_was_learned) {
  const Recalibration none({{0, 1}});
  EXPECT_EQ(none.size(), 0U);
  const std::vector<double> members = {1, 2, 4, 8};
  const std::vector<double> weights = none.weights(4);
  for (const double weight : weights) {
    EXPECT_DOUBLE_EQ(weight, 0.25);
  }
  EXPECT_EQ(record::of_size(members, weights, 4), members);
  EXPECT_DOUBLE_EQ(record::weighted_crps(members, weights, 3), record::fair_crps(members, 3));
}

// Ten cases that all came in the lower half, and ten that were right: of the lower half 3/4 is expected.
TEST(Recalibration, moves_weight_to_where_what_came_lay_before) {
  const Recalibration low(std::vector<Pit>(10, {0, 0.5}));
  EXPECT_DOUBLE_EQ(low(0.5), 0.75);
  EXPECT_DOUBLE_EQ(low(1), 1);
  const std::vector<double> weights = low.weights(4);
  EXPECT_DOUBLE_EQ(weights[0] + weights[1], 0.75);
  EXPECT_DOUBLE_EQ(std::accumulate(weights.begin(), weights.end(), 0.), 1);
  const std::vector<double> members = {1, 2, 3, 4};
  EXPECT_EQ(record::of_size(members, weights, 8), (std::vector<double>{1, 1, 1, 2, 2, 2, 3, 4}));
  EXPECT_LT(record::weighted_crps(members, weights, 1), record::fair_crps(members, 1));
}

TEST(Recalibration, counts_a_case_evenly_over_its_tenths) {
  record::PitHistogram histogram;
  record::add({0.05, 0.25}, histogram);
  record::add({0, 1}, histogram);
  EXPECT_EQ(histogram.n, 1U);
  EXPECT_DOUBLE_EQ(histogram.shares[0], 0.25);
  EXPECT_DOUBLE_EQ(histogram.shares[1], 0.5);
  EXPECT_DOUBLE_EQ(histogram.shares[2], 0.25);
  EXPECT_DOUBLE_EQ(histogram.shares[3], 0);
}

}  // namespace
}  // namespace truel::test
