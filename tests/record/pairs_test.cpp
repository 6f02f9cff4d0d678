#include "truel/record/analysis/hidden/pairs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace truel::test {
namespace {

using record::hidden::error_of_record;
using record::hidden::kLeastError;
using record::hidden::lull_share;

// Half the mean square of steps: 2 of the record's (up and down by 2), 1/2 of the runs' (by 1).
TEST(Pairs, take_a_record_that_goes_up_and_down_more_than_runs_for_as_much_less_sure) {
  EXPECT_DOUBLE_EQ(error_of_record({0, 2, 0, 2}, {0, 1, 0, 1, 1, 0, 1, 0}), std::sqrt(1.5));
  EXPECT_DOUBLE_EQ(error_of_record({0, 1, 0, 1}, {0, 1, 0, 1, 1, 0, 1, 0}), kLeastError);
}

// A quarter of the 80 who fall in a run on average: three quarters of the runs stand still.
TEST(Pairs, have_stopped_fighting_where_runs_do_not_explain_so_few_deaths) {
  std::vector<double> runs(100, 80);
  EXPECT_DOUBLE_EQ(lull_share(20, runs), 0.75);
  EXPECT_DOUBLE_EQ(lull_share(0, runs), 1);
  EXPECT_EQ(lull_share(80, runs), 0);
  runs[0] = runs[1] = runs[2] = runs[3] = 10;
  EXPECT_GT(lull_share(20, runs), 0) << "four runs in a hundred are too rare";
  runs[4] = 10;
  EXPECT_EQ(lull_share(20, runs), 0) << "five are not";
}

}  // namespace
}  // namespace truel::test
