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

TEST(Month, a_war_is_cut_at_the_first_day_of_each_calendar_month) {
  const auto months = calendar_months(*parse_date("2016-01-15"), *parse_date("2016-03-01"));
  ASSERT_EQ(months.size(), 2U);  // the morning of the last day opens no month
  EXPECT_EQ(format_month(months[0].month), "2016-01");
  EXPECT_EQ(months[0].until, 17);
  EXPECT_FALSE(months[0].is_whole);
  EXPECT_EQ(format_month(months[1].month), "2016-02");
  EXPECT_EQ(months[1].from, 17);
  EXPECT_EQ(months[1].until, 46);
  EXPECT_TRUE(months[1].is_whole);
  EXPECT_EQ(calendar_months(*parse_date("2016-01-15"), *parse_date("2016-01-15")).size(), 1U);
}

}  // namespace
}  // namespace truel
