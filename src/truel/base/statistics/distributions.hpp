// Distribution functions and their inverses: Boost.Math, on numbers that are the same bits everywhere.
#pragma once

#include <span>
#include <vector>

namespace truel {

double normal_cdf(double z);
double normal_quantile(double u);
/// Of what lies above: 1 - normal_cdf(z) and its inverse, with the digits that 1 would take.
double normal_above(double z);
double normal_quantile_above(double u);

double beta_cdf(double a, double b, double x);
double beta_quantile(double a, double b, double u);
double triangular_quantile(double least, double mode, double greatest, double u);
double student_t_quantile(double degrees, double u);

/// Chance of at most, and of at least, so many successes of n trials with chance p each.
double binomial_at_most(double n, double p, double successes);
double binomial_at_least(double n, double p, double successes);

/// The least counts below which the shares `levels` of a Poisson distribution lie, or of the failures before `size`
/// successes of chance p.
std::vector<double> poisson_quantiles(double mean, std::span<const double> levels);
std::vector<double> negative_binomial_quantiles(double size, double p, std::span<const double> levels);

}  // namespace truel
