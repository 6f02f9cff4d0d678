// A double whose functions are those of base/math.hpp. Boost's templates find them by the type, where they would take
// the C library's for a double, and have no long double to go to, which is another number on every kind of machine.
#pragma once

#include <cmath>
#include <limits>
#include <ostream>
#include <type_traits>

#include "truel/base/math.hpp"

namespace truel {

class Real {
 public:
  Real() = default;
  template <class Number, std::enable_if_t<std::is_arithmetic_v<Number>, int> = 0>
  constexpr Real(Number x) : x_(static_cast<double>(x)) {}  // NOLINT: Boost mixes it with numbers of all kinds
  template <class Number, std::enable_if_t<std::is_arithmetic_v<Number>, int> = 0>
  constexpr explicit operator Number() const {
    return static_cast<Number>(x_);
  }
  constexpr double value() const { return x_; }

  Real& operator+=(Real b) { return *this = *this + b; }
  Real& operator-=(Real b) { return *this = *this - b; }
  Real& operator*=(Real b) { return *this = *this * b; }
  Real& operator/=(Real b) { return *this = *this / b; }
  Real& operator++() { return *this += 1; }
  Real& operator--() { return *this -= 1; }

  friend constexpr Real operator+(Real a) { return a; }
  friend constexpr Real operator-(Real a) { return -a.x_; }
  friend constexpr Real operator+(Real a, Real b) { return a.x_ + b.x_; }
  friend constexpr Real operator-(Real a, Real b) { return a.x_ - b.x_; }
  friend constexpr Real operator*(Real a, Real b) { return a.x_ * b.x_; }
  friend constexpr Real operator/(Real a, Real b) { return a.x_ / b.x_; }
  friend constexpr bool operator==(Real a, Real b) { return a.x_ == b.x_; }
  friend constexpr bool operator!=(Real a, Real b) { return a.x_ != b.x_; }
  friend constexpr bool operator<(Real a, Real b) { return a.x_ < b.x_; }
  friend constexpr bool operator>(Real a, Real b) { return a.x_ > b.x_; }
  friend constexpr bool operator<=(Real a, Real b) { return a.x_ <= b.x_; }
  friend constexpr bool operator>=(Real a, Real b) { return a.x_ >= b.x_; }

  /// What Boost puts into the words of an exception.
  friend std::ostream& operator<<(std::ostream& out, Real a) { return out << a.x_; }

 private:
  double x_;  // not set to 0: a member of a union in Boost.Random is made without being told how
};

// Exact, or rounded as IEEE 754 asks, in every C library.
inline Real abs(Real x) {
  return std::abs(x.value());
}
inline Real fabs(Real x) {
  return std::abs(x.value());
}
inline Real floor(Real x) {
  return std::floor(x.value());
}
inline Real ceil(Real x) {
  return std::ceil(x.value());
}
inline Real fmod(Real x, Real y) {
  return std::fmod(x.value(), y.value());
}
inline Real frexp(Real x, int* power) {
  return std::frexp(x.value(), power);
}
inline Real ldexp(Real x, int power) {
  return std::ldexp(x.value(), power);
}
inline Real sqrt(Real x) {
  return std::sqrt(x.value());
}

inline Real modf(Real x, Real* whole) {
  double part = 0;
  const Real rest = std::modf(x.value(), &part);
  *whole = part;
  return rest;
}

inline Real exp(Real x) {
  return math::exp(x.value());
}
inline Real expm1(Real x) {
  return math::expm1(x.value());
}
inline Real log(Real x) {
  return math::log(x.value());
}
inline Real log1p(Real x) {
  return math::log1p(x.value());
}
inline Real pow(Real x, Real y) {
  return math::pow(x.value(), y.value());
}
inline Real sin(Real x) {
  return math::sin(x.value());
}
inline Real cos(Real x) {
  return math::cos(x.value());
}
inline Real tan(Real x) {
  return math::tan(x.value());
}
inline Real asin(Real x) {
  return math::asin(x.value());
}
inline Real acos(Real x) {
  return math::acos(x.value());
}
inline Real atan(Real x) {
  return math::atan(x.value());
}
inline Real atan2(Real y, Real x) {
  return math::atan2(y.value(), x.value());
}

}  // namespace truel

template <>
class std::numeric_limits<truel::Real> : public std::numeric_limits<double> {
 public:
  static constexpr truel::Real min() { return std::numeric_limits<double>::min(); }
  static constexpr truel::Real max() { return std::numeric_limits<double>::max(); }
  static constexpr truel::Real lowest() { return std::numeric_limits<double>::lowest(); }
  static constexpr truel::Real epsilon() { return std::numeric_limits<double>::epsilon(); }
  static constexpr truel::Real infinity() { return std::numeric_limits<double>::infinity(); }
  static constexpr truel::Real quiet_NaN() { return std::numeric_limits<double>::quiet_NaN(); }
  static constexpr truel::Real signaling_NaN() { return std::numeric_limits<double>::signaling_NaN(); }
  static constexpr truel::Real denorm_min() { return std::numeric_limits<double>::denorm_min(); }
  static constexpr truel::Real round_error() { return std::numeric_limits<double>::round_error(); }
};
