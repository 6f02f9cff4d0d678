#include "truel/record/windows.hpp"

#include <gtest/gtest.h>

#include <map>

namespace truel::record {
namespace {

TEST(Windows, quarterly_spans_begin_with_a_quarter_and_end_within_the_record) {
  const auto windows = quarterly_windows(*parse_date("2014-09-15"), *parse_date("2016-12-31"));
  std::map<int, int> spans;
  for (const Window& w : windows) {
    ++spans[w.months];
    EXPECT_EQ(format_date(w.origin).substr(8), "01");
    EXPECT_LE(w.until, *parse_date("2016-12-31"));
  }
  EXPECT_EQ(format_date(windows.front().origin), "2014-10-01");
  EXPECT_EQ(format_date(windows.front().until), "2014-12-31");
  EXPECT_EQ(spans, (std::map<int, int>{{3, 9}, {6, 8}, {12, 6}}));
}

TEST(Windows, a_year_has_twelve_months_however_it_is_bounded) {
  EXPECT_EQ(months_between(*parse_date("2016-01-01"), *parse_date("2016-12-31")), 12);
  EXPECT_EQ(months_between(*parse_date("2016-12-31"), *parse_date("2017-12-31")), 12);
  EXPECT_EQ(months_between(*parse_date("2016-12-31"), *parse_date("2017-01-03")), 1);
}

}  // namespace
}  // namespace truel::record
