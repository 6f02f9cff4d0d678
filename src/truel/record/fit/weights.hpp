// Weighted samples: weights from logarithms, effective size, resampling, covariance.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace truel::record::fit {

/// log of the sum of exp(x), without overflow; minus infinity for an empty span.
double log_sum_exp(std::span<const double> x);

/// Weights in proportion to exp(log_weight), with sum 1. NaN counts as minus infinity. Where every one is minus
/// infinity: all the same.
std::vector<double> normalised(std::span<const double> log_weights);

/// Kish's effective size of weights: (sum)^2 / sum of squares.
double effective_size(std::span<const double> weights);

/// Systematic resampling (Kitagawa 1996): indices of n copies, ascending; item i has n w_i of them, rounded up or down.
/// uniform: in [0, 1). weights: with sum 1.
std::vector<std::size_t> resample(std::span<const double> weights, std::size_t n, double uniform);

/// Covariance of points [n][d] with weights [n] of sum 1: [d][d].
std::vector<double> covariance(std::span<const double> points, std::size_t d, std::span<const double> weights);

/// Lower triangle L with L L' = a, for a symmetric a [d][d] that is positive semidefinite up to rounding: a direction
/// without variance gets a row of zeros.
std::vector<double> cholesky(std::span<const double> a, std::size_t d);

/// Solves L L' X = B in place, L lower [d][d] with no zero on its diagonal, B [d][columns].
void solve_cholesky(std::span<const double> lower, std::size_t d, std::span<double> b, std::size_t columns);

/// Distribution function of the standard normal, and its inverse (0 < u < 1).
double normal_cdf(double z);
double normal_quantile(double u);

}  // namespace truel::record::fit
