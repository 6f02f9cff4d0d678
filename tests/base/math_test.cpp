// Functions of base/math.hpp against those of long double, which has 11 bits more.
#include "truel/base/math.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "truel/base/random.hpp"

namespace truel {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::uint32_t kNumbers = 20'000;
constexpr Purpose kDraws{1};

/// How far x is from the truth, in units of its last place.
double units_off(double x, long double truth) {
  const double nearest = std::abs(static_cast<double>(truth));
  const double unit = std::nextafter(nearest, kInfinity) - nearest;
  return static_cast<double>(std::abs(x - truth) / unit);
}

template <class Ours, class Truth>
void expect_right(const char* name, double low, double high, const Ours& ours, const Truth& truth) {
  RandomStream random(3, 0, 0, kDraws, 0);
  double worst = 0;
  for (std::uint32_t k = 0; k < kNumbers; ++k) {
    const double x = low + (high - low) * random.uniform();
    worst = std::max(worst, units_off(ours(x), truth(static_cast<long double>(x))));
  }
  EXPECT_LE(worst, 1) << name;
}

TEST(Math, functions_are_right_to_one_unit_in_the_last_place) {
  if (std::numeric_limits<long double>::digits <= std::numeric_limits<double>::digits) {
    GTEST_SKIP() << "long double has no more digits here";
  }
#define EXPECT_RIGHT(function, low, high)                               \
  expect_right(                                                         \
      #function, low, high, [](double x) { return math::function(x); }, \
      [](long double x) { return std::function(x); })
  EXPECT_RIGHT(exp, -40, 40);
  EXPECT_RIGHT(exp, -700, 700);
  EXPECT_RIGHT(exp2, -40, 40);
  EXPECT_RIGHT(expm1, -1e-3, 1e-3);
  EXPECT_RIGHT(expm1, -30, 30);
  EXPECT_RIGHT(log, 0, 3);
  EXPECT_RIGHT(log, .99, 1.01);
  EXPECT_RIGHT(log, 0, 1e300);
  EXPECT_RIGHT(log2, 0, 3);
  EXPECT_RIGHT(log10, 0, 3);
  EXPECT_RIGHT(log1p, -1, 3);
  EXPECT_RIGHT(log1p, -1e-3, 1e-3);
  EXPECT_RIGHT(cbrt, -100, 100);
  EXPECT_RIGHT(sin, -10, 10);
  EXPECT_RIGHT(cos, -10, 10);
  EXPECT_RIGHT(tan, -10, 10);
  EXPECT_RIGHT(asin, -1, 1);
  EXPECT_RIGHT(acos, -1, 1);
  EXPECT_RIGHT(atan, -10, 10);
#undef EXPECT_RIGHT
  for (const double power : {-3.5, -1., -.2, .25, .5, 1., 1.7, 2., 3., 40.}) {
    expect_right(
        "pow", 0, 20, [=](double x) { return math::pow(x, power); },
        [=](long double x) { return std::pow(x, static_cast<long double>(power)); });
    expect_right(
        "hypot", 0, 20, [=](double x) { return math::hypot(x, power); },
        [=](long double x) { return std::hypot(x, static_cast<long double>(power)); });
    expect_right(
        "atan2", -9, 9, [=](double x) { return math::atan2(x, power); },
        [=](long double x) { return std::atan2(x, static_cast<long double>(power)); });
  }
}

TEST(Math, ends_of_the_numbers_are_what_c_has) {
  EXPECT_EQ(math::exp(0), 1);
  EXPECT_EQ(math::exp(-kInfinity), 0);
  EXPECT_EQ(math::exp(kInfinity), kInfinity);
  EXPECT_EQ(math::exp(1000), kInfinity);
  EXPECT_EQ(math::exp(-1000), 0);
  EXPECT_EQ(math::expm1(0), 0);
  EXPECT_EQ(math::expm1(-kInfinity), -1);
  EXPECT_EQ(math::expm1(-1000), -1);
  EXPECT_EQ(math::expm1(1000), kInfinity);
  EXPECT_EQ(math::log(1), 0);
  EXPECT_EQ(math::log(0), -kInfinity);
  EXPECT_EQ(math::log(kInfinity), kInfinity);
  EXPECT_EQ(math::log1p(0), 0);
  EXPECT_EQ(math::log1p(-1), -kInfinity);
  EXPECT_EQ(math::log1p(kInfinity), kInfinity);
  EXPECT_EQ(math::exp2(10), 1024);
  EXPECT_EQ(math::exp2(-3), 1. / 8);
  EXPECT_EQ(math::log10(1000), 3);
  EXPECT_EQ(math::pow(0, 0), 1);
  EXPECT_EQ(math::pow(3, 0), 1);
  EXPECT_EQ(math::pow(0, 2), 0);
  EXPECT_EQ(math::pow(0, -2), kInfinity);
  EXPECT_EQ(math::pow(1, kInfinity), 1);
  EXPECT_EQ(math::pow(kInfinity, -1), 0);
  EXPECT_EQ(math::pow(kInfinity, .5), kInfinity);
  EXPECT_EQ(math::pow(2, kInfinity), kInfinity);
  EXPECT_EQ(math::pow(.5, kInfinity), 0);
  EXPECT_EQ(math::pow(-2, 3), -8);
  EXPECT_EQ(math::pow(1e-300, 3), 0);
  EXPECT_EQ(math::atan2(0, 1), 0);
  for (const double nothing : {math::log(-1), math::log1p(-2), math::pow(-2, .5), math::asin(2),
                               math::exp(std::nan("")), math::pow(std::nan(""), 2), math::log(std::nan(""))}) {
    EXPECT_TRUE(std::isnan(nothing));
  }
}

}  // namespace
}  // namespace truel
