// Every function of the library that is not exact arithmetic, from one place: the same bits on every processor, with
// every compiler. The C library's own are chosen by the processor and differ in the last bit; a test finds calls of
// them.
#pragma once

namespace truel::math {

/// Off by at most 1 unit in the last place; where the result is no number, or beyond numbers, it is what C has. Those
/// that a war asks for most, exp, log and pow, are our own, from tables (Tang 1989, 1990): off by at most 0.63, and two
/// to three times as fast as SLEEF's without fused multiply-adds (Shibata and Petrogalli 2020), which the others are.
double exp(double x);
double exp2(double x);
double expm1(double x);
double log(double x);
double log2(double x);
double log10(double x);
double log1p(double x);
double pow(double x, double y);
double cbrt(double x);
double hypot(double x, double y);
double sin(double x);
double cos(double x);
double tan(double x);
double asin(double x);
double acos(double x);
double atan(double x);
double atan2(double y, double x);

}  // namespace truel::math
