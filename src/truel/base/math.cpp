#include "truel/base/math.hpp"

#include <sleef.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "truel/base/math_tables.hpp"

namespace truel::math {
namespace {

constexpr int kMantissaBits = 52;
constexpr double kLeastNormal = 0x1p-1022;
constexpr double kMostExponent = 708;  // e^x and e^-x of less are normal numbers

/// hi + lo, lo less than half a unit of the last place of hi.
struct Double {
  double hi, lo;
};

/// The upper bits of x, the lower `dropped` set to 0.
double upper(double x, int dropped) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) >> dropped << dropped);
}

/// e^(x + rest), |x| < kMostExponent and rest less than a unit of its last place: 2^(k/128) of a table times e^r, |r| <
/// 0.0028, by its series (Tang 1989).
double exp_of(double x, double rest) {
  constexpr double kPerLn2 = 0x1.71547652b82fep+7;  // 128 / ln 2
  constexpr double kLn2 = 0x1.62e42fefa0000p-8;     // ln 2 / 128, so short that its product with k is exact
  constexpr double kLn2Rest = 0x1.cf79abc9e3b3ap-47;
  constexpr double kRound = 0x1.8p52;  // added and taken away: the nearest whole number
  const double k = x * kPerLn2 + kRound - kRound;
  const double r = x - k * kLn2 - k * kLn2Rest + rest;
  const auto whole = static_cast<std::int64_t>(k);
  const Power& power = kPowers[static_cast<std::size_t>(whole & 127)];
  const double r2 = r * r;
  const double series = power.rest + r + r2 * (1. / 2 + r * (1. / 6)) + r2 * r2 * (1. / 24 + r * (1. / 120));
  const double scale = std::bit_cast<double>(static_cast<std::uint64_t>(whole >> 7 << kMantissaBits) +
                                             std::bit_cast<std::uint64_t>(power.value));
  return scale + scale * series;
}

/// ln x of a normal x > 0 to some 68 bits: x = 2^k z; f = j / 128 next to z; ln z = ln f of a table + ln(1 + r), r = (z
/// - f) / f by its series (Tang 1990), with what rounding takes from each of its first terms.
Double log_of(double x) {
  constexpr std::uint64_t kRootOfHalf = 0x3fe6a09e00000000;  // z lies between this and twice it
  constexpr double kLn2 = 0x1.62e42fefa3800p-1;              // a multiple of 2^-42, as the values in the table are
  constexpr double kLn2Rest = 0x1.ef35793c76730p-45;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::int64_t exponent = static_cast<std::int64_t>(bits - kRootOfHalf) >> kMantissaBits;
  const double z = std::bit_cast<double>(bits - static_cast<std::uint64_t>(exponent << kMantissaBits));
  const auto j = static_cast<int>(z * 128 + 0.5);
  const double f = j / 128.;
  const double distance = z - f;  // exact
  const double per_f = kPerF[static_cast<std::size_t>(j - kFirst)];
  const double r = upper(distance * per_f, 9);  // so short that its product with f is exact
  const double r_rest = (distance - r * f) * per_f;
  const double r_upper = upper(r, 27);  // so short that its square is exact
  const double r_lower = r - r_upper;
  const Logarithm& of_f = kLogarithms[static_cast<std::size_t>(j - kFirst)];
  const auto k = static_cast<double>(exponent);
  const double table = k * kLn2 + of_f.value;  // exact
  const double sum = table + r;
  const double square = r_upper * r_upper / 2;
  const double hi = sum - square;
  const double r2 = r * r;
  const double series =
      r2 * r *
      ((1. / 3 - r * (1. / 4)) + r2 * ((1. / 5 - r * (1. / 6)) + r2 * (1. / 7 - r * (1. / 8) + r2 * (1. / 9))));
  const double lo = (sum - hi - square) + (table - sum + r) + (k * kLn2Rest + of_f.rest) + r_rest -
                    ((r_upper + r) * r_lower / 2 + r * r_rest) + series;
  return {hi + lo, hi - (hi + lo) + lo};
}

/// a b, exact but for the last bits of lo (Dekker 1971).
Double product(Double a, double b) {
  const double a_upper = upper(a.hi, 27);
  const double b_upper = upper(b, 27);
  const double hi = a.hi * b;
  const double lost = (a_upper * b_upper - hi) + a_upper * (b - b_upper) + (a.hi - a_upper) * b_upper +
                      (a.hi - a_upper) * (b - b_upper);
  return {hi, lost + a.lo * b};
}

}  // namespace

double exp(double x) {
  return std::abs(x) < kMostExponent ? exp_of(x, 0) : Sleef_cinz_expd1_u10purec(x);
}

double log(double x) {
  return x >= kLeastNormal && x <= std::numeric_limits<double>::max() ? log_of(x).hi : Sleef_cinz_logd1_u10purec(x);
}

double pow(double x, double y) {
  if (x >= kLeastNormal && x <= std::numeric_limits<double>::max() && std::abs(y) < 0x1p60) {
    if (const Double power = product(log_of(x), y); std::abs(power.hi) < kMostExponent) {
      return exp_of(power.hi, power.lo);
    }
  }
  if (x == 0 && !std::signbit(x) && y > 0) {
    return 0;  // asked for by every poll of talks: how far each side is from its own position
  }
  return Sleef_cinz_powd1_u10purec(x, y);
}

double exp2(double x) {
  return Sleef_cinz_exp2d1_u10purec(x);
}

double expm1(double x) {
  return Sleef_cinz_expm1d1_u10purec(x);
}

double log2(double x) {
  return Sleef_cinz_log2d1_u10purec(x);
}

double log10(double x) {
  return Sleef_cinz_log10d1_u10purec(x);
}

double log1p(double x) {
  return Sleef_cinz_log1pd1_u10purec(x);
}

double cbrt(double x) {
  return Sleef_cinz_cbrtd1_u10purec(x);
}

double hypot(double x, double y) {
  return Sleef_cinz_hypotd1_u05purec(x, y);
}

double sin(double x) {
  return Sleef_cinz_sind1_u10purec(x);
}

double cos(double x) {
  return Sleef_cinz_cosd1_u10purec(x);
}

double tan(double x) {
  return Sleef_cinz_tand1_u10purec(x);
}

double asin(double x) {
  return Sleef_cinz_asind1_u10purec(x);
}

double acos(double x) {
  return Sleef_cinz_acosd1_u10purec(x);
}

double atan(double x) {
  return Sleef_cinz_atand1_u10purec(x);
}

double atan2(double y, double x) {
  return Sleef_cinz_atan2d1_u10purec(y, x);
}

}  // namespace truel::math
