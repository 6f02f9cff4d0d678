#include "truel/base/statistics/statistics.hpp"

#include <gtest/gtest.h>

#include <array>

namespace truel::test {
namespace {

// R 4: quantile(c(1, 2, 4, 8), c(0, 0.05, 0.5, 0.95, 1)), whose default is definition 7.
TEST(Statistics, quantiles_interpolate_between_order_statistics) {
  const std::array<double, 4> x{1, 2, 4, 8};
  EXPECT_DOUBLE_EQ(quantile_of_sorted(x, 0), 1);
  EXPECT_DOUBLE_EQ(quantile_of_sorted(x, 0.05), 1.15);
  EXPECT_DOUBLE_EQ(quantile_of_sorted(x, 0.5), 3);
  EXPECT_DOUBLE_EQ(quantile_of_sorted(x, 0.95), 7.4);
  EXPECT_DOUBLE_EQ(quantile_of_sorted(x, 1), 8);
}

TEST(Statistics, the_quantiles_of_one_number_are_that_number) {
  const std::array<float, 1> x{3};
  EXPECT_EQ(quantile_of_sorted(x, 0), 3);
  EXPECT_EQ(quantile_of_sorted(x, 0.95), 3);
}

TEST(Statistics, a_weighted_mean_leaves_out_what_weighs_nothing) {
  EXPECT_DOUBLE_EQ(weighted_mean(std::array<double, 3>{1, 5, 100}, std::array<double, 3>{3, 1, 0}), 2);
}

}  // namespace
}  // namespace truel::test
