#include "truel/record/analysis/hidden/pairs.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace truel::test {
namespace {

using record::hidden::error_of_record;
using record::hidden::kLeastError;

// Half the mean square of steps: 2 of the record's (up and down by 2), 1/2 of the runs' (by 1).
TEST(Pairs, take_a_record_that_goes_up_and_down_more_than_runs_for_as_much_less_sure) {
  EXPECT_DOUBLE_EQ(error_of_record({0, 2, 0, 2}, {0, 1, 0, 1, 1, 0, 1, 0}), std::sqrt(1.5));
  EXPECT_DOUBLE_EQ(error_of_record({0, 1, 0, 1}, {0, 1, 0, 1, 1, 0, 1, 0}), kLeastError);
}

}  // namespace
}  // namespace truel::test
