#include "truel/output/terminal/text.hpp"

#include <gtest/gtest.h>

#include "truel/output/json.hpp"
#include "truel/output/terminal/table_layout.hpp"

namespace truel::output {
namespace {

TEST(Text, nought_has_no_sign) {
  EXPECT_EQ(fixed(-0.04, 1), "0.0");
  EXPECT_EQ(fixed(-0.0, 0), "0");
  EXPECT_EQ(fixed(-0.06, 1), "-0.1");
  EXPECT_EQ(percent(-0.001), "0 %");
  EXPECT_EQ(decimals(-0.0004, 2).dump(), decimals(0, 2).dump());
}

TEST(Text, width_counts_columns_not_bytes) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("Deir ez-Zôr"), 11);
  EXPECT_EQ(display_width("e\u0301"), 1);  // a combining accent
  EXPECT_EQ(display_width("تدمر"), 4);
  EXPECT_EQ(display_width("戦争"), 4);
  EXPECT_EQ(display_width("–…±"), 3);
}

TEST(Text, bytes_that_are_no_utf8_count_and_show_as_replacement_characters) {
  EXPECT_EQ(printable("a\xff"
                      "b"),
            "a\uFFFDb");
  EXPECT_EQ(display_width("a\xff"
                          "b"),
            3);
  EXPECT_EQ(printable("\xc3"), "\uFFFD");                      // cut off
  EXPECT_EQ(printable("\xc0\xaf"), "\uFFFD\uFFFD");            // overlong
  EXPECT_EQ(printable("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
  EXPECT_EQ(printable("\xf4\x90\x80\x80").substr(0, 3), "\uFFFD");
}

TEST(Text, printable_lets_no_control_through) {
  EXPECT_EQ(printable("a\nb\x1b[31mc\x7f"), "a b [31mc ");
  EXPECT_EQ(printable("x\u202Ey\u2067z"), "xyz");
  EXPECT_EQ(printable("a\u2028b\u2029c\u0085d"), "a b c d");
  EXPECT_EQ(printable("Zôr 戦"), "Zôr 戦");
}

TEST(Text, fitted_text_never_exceeds_its_width) {
  for (const char* text : {"short", "a name that is longer", "戦争戦争戦争戦争",
                           "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"}) {
    for (int width = 1; width < 24; ++width) {
      EXPECT_LE(display_width(fitted(text, width)), width) << text;
    }
    EXPECT_EQ(fitted(text, display_width(text)), text);
  }
  EXPECT_EQ(fitted("abcdef", 4), "abc…");
}

TEST(Text, alignment_fills_to_the_width_on_the_right_side) {
  EXPECT_EQ(left_aligned("é", 3), "é  ");
  EXPECT_EQ(right_aligned("é", 3), "  é");
  EXPECT_EQ(right_aligned("long", 2), "long");
}

TEST(Text, lines_break_between_words) {
  EXPECT_EQ(wrapped("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrapped("it holds 41 % (39 %), no", 12), (std::vector<std::string>{"it holds", "41 % (39 %),", "no"}));
  EXPECT_EQ(wrapped("incomprehensible", 6), (std::vector<std::string>{"incom…"}));
  EXPECT_TRUE(wrapped("", 6).empty());
}

TEST(Text, words_are_singular_after_one_alone) {
  EXPECT_EQ(plural(1, "month"), "1 month");
  EXPECT_EQ(plural(0, "month"), "0 months");
  EXPECT_EQ(plural(3, "month"), "3 months");
}

TEST(Text, counts_are_rounded_to_three_digits) {
  EXPECT_EQ(rounded_count(74812), "74,800");
  EXPECT_EQ(rounded_count(1234567), "1,230,000");
  EXPECT_EQ(rounded_count(999.6), "1,000");
  EXPECT_EQ(rounded_count(12.4), "12");
  EXPECT_EQ(rounded_count(0), "0");
  EXPECT_EQ(rounded_count(-0.2), "0");
  EXPECT_EQ(rounded_count(-1500), "-1,500");
  EXPECT_EQ(rounded_count(kAbsent), "-");
}

TEST(Text, percent_keeps_the_possible_apart_from_the_impossible) {
  EXPECT_EQ(percent(0), "0 %");
  EXPECT_EQ(percent(0.001), "<1 %");
  EXPECT_EQ(percent(0.999), ">99 %");
  EXPECT_EQ(percent(1), "100 %");
  EXPECT_EQ(percent(0.344), "34 %");
  EXPECT_EQ(percent(1 / 40.0), "3 %") << "halves go up, as in charts of the page";
  EXPECT_EQ(percent(kAbsent), "-");
}

TEST(Text, dates_are_written_out) {
  EXPECT_EQ(long_date(*parse_date("2017-03-12")), "12 March 2017");
  EXPECT_EQ(short_month(*parse_date("2016-12-31")), "Dec 2016");
}

TEST(Numbers, json_numbers_are_the_shortest_that_give_the_same_value) {
  EXPECT_EQ(number(0.1).dump(), "0.1");
  EXPECT_TRUE(number(kAbsent).is_null());
  EXPECT_TRUE(number(kUnbounded).is_null());
  EXPECT_EQ(shortest(0.4F), 0.4);
  EXPECT_EQ(static_cast<float>(shortest(1.0F / 3)), 1.0F / 3);
}

TEST(Numbers, rounded_numbers_have_no_needless_fraction) {
  EXPECT_EQ(decimals(0.12345, 3).dump(), "0.123");
  EXPECT_EQ(decimals(1, 3).dump(), "1");
  EXPECT_EQ(decimals(-0.0001, 3).dump(), "0");
  EXPECT_EQ(significant(123456, 4).dump(), "123500");
  EXPECT_EQ(significant(0.00123456, 4).dump(), "0.001235");
  EXPECT_TRUE(significant(kAbsent, 4).is_null());
}

TEST(Numbers, text_that_is_no_utf8_is_replaced_in_json) {
  EXPECT_EQ(text_of(Json("a\xff"), -1), "\"a\uFFFD\"");
}

TEST(Layout, columns_are_left_out_before_names_are_cut_short) {
  const auto sheet_of = [](int width) {
    TextTable sheet(width);
    sheet.table(
        {"Name", {"A name of twenty-two c", "B"}},
        {{"always", {"1", "2"}}, {"sometimes, and wide", {"3", "4"}, 1}, {"first to go, and wide too", {"5", "6"}, 2}});
    return std::move(sheet).take();
  };
  EXPECT_NE(sheet_of(100).find("first to go"), std::string::npos);
  EXPECT_EQ(sheet_of(70).find("first to go"), std::string::npos);
  EXPECT_NE(sheet_of(70).find("sometimes"), std::string::npos);
  EXPECT_NE(sheet_of(60).find("A name of twenty-two c"), std::string::npos);
}

TEST(Layout, rows_have_the_same_width) {
  TextTable sheet(80);
  sheet.table({"Name", {"é", "戦争"}}, {{"n", {"1", "22"}}});
  EXPECT_EQ(std::move(sheet).take(), "Name   n\né      1\n戦争  22");
}

}  // namespace
}  // namespace truel::output
