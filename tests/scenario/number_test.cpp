#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <string>

#include "truel/model/distributions/parse.hpp"

namespace truel {
namespace {

std::string written(std::string_view text) {
  const auto parsed = parse_number(text);
  return parsed ? to_string(*parsed) : to_string(parsed.error().at(0));
}

TEST(Number, every_form_of_the_format_is_read) {
  EXPECT_EQ(written("1200"), "1200");
  EXPECT_EQ(written("-0.5"), "-0.5");
  EXPECT_EQ(written("1e5"), "100000");
  EXPECT_EQ(written("1500..2000"), "1500..2000");
  EXPECT_EQ(written("-2..-1"), "-2..-1");
  EXPECT_EQ(written("uniform(1500, 2000)"), "1500..2000");
  EXPECT_EQ(written("loguniform(2000,20000)"), "loguniform(2000, 20000)");
  EXPECT_EQ(written("normal(10, 2)"), "normal(10, 2)");
  EXPECT_EQ(written("lognormal(1200, 1.5)"), "lognormal(1200, 1.5)");
  EXPECT_EQ(written("triangular(1, 2, 4)"), "triangular(1, 2, 4)");
  EXPECT_EQ(written("beta(2, 8)"), "beta(2, 8)");
  EXPECT_EQ(written("either(-1, 1)"), "either(-1, 1)");
  EXPECT_EQ(written("either(0,2,5,0.5)"), "either(0, 2, 5, 0.5)");
}

TEST(Number, a_choice_needs_two_values) {
  EXPECT_EQ(
      written("either(3)"),
      "a choice without two values in `either(3)`; write two or more values, as either(0, 1), or the value alone");
  EXPECT_EQ(written("either()"), "malformed number `either()`; write it like either(0, 1)");
  EXPECT_EQ(written("either(1, x)"), "malformed number `either(1, x)`; write it like either(0, 1)");
}

TEST(Number, a_choice_is_bounded_by_its_least_and_greatest_value) {
  const auto choice = parse_number("either(3, -2, 1)");
  ASSERT_TRUE(choice);
  EXPECT_EQ(lower_bound(*choice), -2);
  EXPECT_EQ(upper_bound(*choice), 3);
}

TEST(Number, true_and_false_are_one_and_zero) {
  EXPECT_EQ(written("true"), "1");
  EXPECT_EQ(written("false"), "0");
}

TEST(Number, spaces_around_it_and_between_its_parts_are_no_mistake) {
  EXPECT_EQ(written("  7 "), "7");
  EXPECT_EQ(written(" 1 .. 2 "), "1..2");
  EXPECT_EQ(written("beta ( 2 , 8 )"), "beta(2, 8)");
}

TEST(Number, usual_ways_to_write_numbers_get_a_hint_in_the_format) {
  EXPECT_EQ(written("1,200"), "malformed number `1,200`; write 1200");
  EXPECT_EQ(written("0,5"), "malformed number `0,5`; write 0.5");
  EXPECT_EQ(written("12 500"), "malformed number `12 500`; write 12500");
  EXPECT_EQ(written("1.250.000"),
            "malformed number `1.250.000`; write a value (1200), a range (1500..2000) or a "
            "distribution (lognormal(1200, 1.5))");
  EXPECT_EQ(written("40%"), "malformed number `40%`; write 0.4");
  EXPECT_EQ(written("+3"), "malformed number `+3`; write 3");
  EXPECT_EQ(written("1500-2000"), "malformed number `1500-2000`; write 1500..2000");
  EXPECT_EQ(written("1500\u20132000"), "malformed number `1500\u20132000`; write 1500..2000");
  EXPECT_EQ(written("\u22125"), "malformed number `\u22125`; write -5");
}

TEST(Number, a_text_that_is_none_says_what_a_number_is) {
  const std::string hint = "; write a value (1200), a range (1500..2000) or a distribution (lognormal(1200, 1.5))";
  EXPECT_EQ(written(""), "no number" + hint);
  EXPECT_EQ(written("many"), "malformed number `many`" + hint);
  EXPECT_EQ(written("5.."), "malformed number `5..`" + hint);
  EXPECT_EQ(written("inf"), "malformed number `inf`" + hint);
  EXPECT_EQ(written("nan"), "malformed number `nan`" + hint);
  EXPECT_EQ(written("1e999"), "malformed number `1e999`" + hint);
  EXPECT_EQ(written("0x10"), "malformed number `0x10`" + hint);
}

TEST(Number, an_unknown_distribution_is_named_with_the_nearest_one) {
  EXPECT_EQ(written("lognorml(1, 2)"), "unknown distribution `lognorml`; did you mean `lognormal`?");
  EXPECT_EQ(written("f(1)"),
            "unknown distribution `f`; known are uniform, loguniform, normal, lognormal, triangular, beta, either");
}

TEST(Number, a_distribution_with_the_wrong_number_of_arguments_shows_an_example) {
  EXPECT_EQ(written("normal(1)"), "normal takes 2 numbers, not 1; write it like normal(100, 15)");
  EXPECT_EQ(written("triangular(1, 2)"), "triangular takes 3 numbers, not 2; write it like triangular(10, 15, 30)");
  EXPECT_EQ(written("beta(1, 2, 3, 4)"), "beta takes 2 numbers, not 4; write it like beta(2, 8)");
  EXPECT_EQ(written("normal(1, x)"), "malformed number `normal(1, x)`; write it like normal(100, 15)");
  EXPECT_EQ(written("normal(1, 2"), "malformed number `normal(1, 2`; write it like normal(100, 15)");
  EXPECT_EQ(written("normal()"), "malformed number `normal()`; write it like normal(100, 15)");
}

TEST(Number, a_distribution_that_cannot_be_says_how_to_mend_it) {
  EXPECT_EQ(written("9..3"), "a range upside down in `9..3`; write 3..9");
  EXPECT_EQ(written("uniform(9, 3)"), "a range upside down in `uniform(9, 3)`; write 3..9");
  EXPECT_EQ(written("loguniform(9, 3)"), "a range upside down in `loguniform(9, 3)`; write loguniform(3, 9)");
  EXPECT_EQ(written("loguniform(0, 3)"),
            "a loguniform that does not start above 0 in `loguniform(0, 3)`; give a least value above 0");
  EXPECT_EQ(written("normal(1, -1)"),
            "a standard deviation that is not above 0 in `normal(1, -1)`; write a positive "
            "standard deviation, or the value alone");
  EXPECT_EQ(written("lognormal(1, 0.5)"),
            "a geometric standard deviation below 1 in `lognormal(1, 0.5)`; write lognormal(median, geometric "
            "standard deviation), the second at least 1");
  EXPECT_EQ(written("triangular(1, 5, 3)"),
            "a triangle whose corners are not in order in `triangular(1, 5, 3)`; write triangular(least, likeliest, "
            "greatest)");
  EXPECT_EQ(written("beta(0, 1)"),
            "a shape that is not above 0 in `beta(0, 1)`; write two shapes between 0.01 and 1000000");
}

TEST(Number, shapes_for_which_no_quantile_can_be_found_are_refused) {
  EXPECT_EQ(written("beta(1e300, 1)"),
            "a shape that is extreme in `beta(1e300, 1)`; write two shapes between 0.01 and 1000000");
}

RC_GTEST_PROP(NumberProperty, what_is_written_is_read_as_the_same_number, ()) {
  const auto finite = rc::gen::suchThat(rc::gen::arbitrary<double>(), [](double x) { return std::isfinite(x); });
  const double x = *finite;
  const double y = *finite;
  const auto kind = *rc::gen::element(DistributionKind::value, DistributionKind::uniform, DistributionKind::loguniform,
                                      DistributionKind::normal, DistributionKind::lognormal,
                                      DistributionKind::triangular, DistributionKind::beta);
  const double low = std::min(x, y);
  const double high = std::max(x, y);
  const auto shape = [](double z) { return std::clamp(std::abs(z), 0.01, 1e6); };
  Distribution d{.kind = kind, .a = low, .b = high};
  switch (kind) {
    case DistributionKind::value:
      d.b = 0;
      break;
    case DistributionKind::uniform:
    case DistributionKind::either:  // these are none of those drawn
    case DistributionKind::drawn:
      break;
    case DistributionKind::loguniform:
      d.a = std::min(std::abs(x), std::abs(y));
      d.b = std::max(std::abs(x), std::abs(y));
      break;
    case DistributionKind::normal:
      d.b = std::abs(y);
      break;
    case DistributionKind::lognormal:
      d.a = std::abs(x);
      d.b = 1 + std::abs(y);
      break;
    case DistributionKind::triangular:
      d.b = low;
      d.c = high;
      break;
    case DistributionKind::beta:
      d.a = shape(x);
      d.b = shape(y);
      break;
  }
  RC_PRE(fault(d).empty());
  const auto read = parse_number(to_string(d));
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->kind == d.kind);
  RC_ASSERT(read->a == d.a);
  RC_ASSERT(read->b == d.b);
  RC_ASSERT(read->c == d.c);
  RC_ASSERT(to_string(*read) == to_string(d));
}

RC_GTEST_PROP(NumberProperty, any_text_is_a_sound_number_or_one_mistake_with_a_hint, ()) {
  const auto letters = rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::arbitrary<char>(), rc::gen::elementOf(std::string("0123456789.,()-+e% normalbetuigfs"))));
  const std::string text = *letters;
  const auto read = parse_number(text);
  if (read) {
    RC_ASSERT(fault(*read).empty());
  } else {
    RC_ASSERT(read.error().size() == 1U);
    RC_ASSERT(!read.error()[0].what.empty());
    RC_ASSERT(!read.error()[0].hint.empty());
  }
}

}  // namespace
}  // namespace truel
