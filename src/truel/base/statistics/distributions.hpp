// Distribution functions and their inverses: Boost.Math, on numbers that are the same bits everywhere. Arguments have
// to lie where each function says; Boost.Math throws std::domain_error or std::overflow_error elsewhere.
#pragma once

#include <span>
#include <vector>

namespace truel {

/// z: no NaN. 0 < u < 1.
double normal_cdf(double z);
double normal_quantile(double u);
/// Of what lies above: 1 - normal_cdf(z) and its inverse, with the digits that 1 would take.
double normal_above(double z);
double normal_quantile_above(double u);

/// a > 0, b > 0; 0 <= x <= 1, 0 <= u <= 1.
double beta_cdf(double a, double b, double x);
double beta_quantile(double a, double b, double u);
/// least <= mode <= greatest, least < greatest; 0 <= u <= 1.
double triangular_quantile(double least, double mode, double greatest, double u);
/// degrees > 0, 0 < u < 1.
double student_t_quantile(double degrees, double u);

/// Chance of at most, and of at least, so many successes of n trials with chance p each: 0 <= p <= 1; n and successes
/// at least 0, successes at most n.
double binomial_at_most(double n, double p, double successes);
double binomial_at_least(double n, double p, double successes);

/// The least counts below which the shares `levels` of a Poisson distribution lie, or of the failures before `size`
/// successes of chance p. mean > 0, size > 0, 0 < p <= 1; 0 <= level < 1.
std::vector<double> poisson_quantiles(double mean, std::span<const double> levels);
std::vector<double> negative_binomial_quantiles(double size, double p, std::span<const double> levels);

}  // namespace truel
