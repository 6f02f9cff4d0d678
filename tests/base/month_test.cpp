#include "truel/base/month.hpp"

#include <gtest/gtest.h>

namespace truel {
namespace {

TEST(Month, months_are_those_of_the_calendar) {
  EXPECT_EQ(month_of(0), 0);
  EXPECT_EQ(month_of(-1), -1);
  EXPECT_EQ(format_date(first_day(month_of(*parse_date("2016-02-29")))), "2016-02-01");
}

TEST(Month, a_day_that_a_month_has_not_becomes_its_last) {
  EXPECT_EQ(format_date(add_months(*parse_date("2015-11-15"), 3)), "2016-02-15");
  EXPECT_EQ(format_date(add_months(*parse_date("2015-11-30"), 3)), "2016-02-29");
  EXPECT_EQ(format_date(add_months(*parse_date("2016-03-31"), -1)), "2016-02-29");
}

}  // namespace
}  // namespace truel
