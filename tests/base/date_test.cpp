#include "truel/base/date.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace truel {
namespace {

TEST(Date, days_count_from_1970) {
  EXPECT_EQ(parse_date("1970-01-01"), 0);
  EXPECT_EQ(parse_date("1969-12-31"), -1);
  EXPECT_EQ(parse_date("2000-02-29"), 11016);
  EXPECT_EQ(parse_date("2016-01-01"), 16801);
  EXPECT_EQ(format_date(16801), "2016-01-01");
  EXPECT_EQ(format_date(-1), "1969-12-31");
}

TEST(Date, a_leap_year_has_a_29th_of_february_and_another_has_not) {
  EXPECT_TRUE(parse_date("2016-02-29"));
  EXPECT_FALSE(parse_date("2015-02-29"));
  EXPECT_FALSE(parse_date("1900-02-29"));
  EXPECT_EQ(*parse_date("2016-03-01") - *parse_date("2016-02-28"), 2);
}

TEST(Date, what_is_not_a_date_of_the_calendar_is_refused) {
  for (const char* text : {"", "2016", "2016-1-1", "2016-13-01", "2016-00-10", "2016-04-31", "2016-01-00", "16-01-01",
                           "2016/01/01", "2016-01-01 ", " 2016-01-01", "2016-01-01T00:00", "yesterday", "-016-01-01"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

RC_GTEST_PROP(DateProperty, a_day_written_is_read_back, ()) {
  const Day day = *rc::gen::inRange(-700'000, 2'900'000);  // years 54 to 9909
  const std::string text = format_date(day);
  RC_ASSERT(text.size() == 10);
  RC_ASSERT(parse_date(text) == day);
}

RC_GTEST_PROP(DateProperty, the_order_of_texts_is_the_order_of_days, ()) {
  const Day a = *rc::gen::inRange(0, 40'000);
  const Day b = *rc::gen::inRange(0, 40'000);
  RC_ASSERT((format_date(a) < format_date(b)) == (a < b));
}

}  // namespace
}  // namespace truel
