// Covariances of samples, and the linear equations that they lead to.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace truel {

/// Covariance of points [n][d] with weights [n] of sum 1: [d][d].
std::vector<double> covariance(std::span<const double> points, std::size_t d, std::span<const double> weights);

/// Columns of [n][m] less their means.
std::vector<double> centred(std::span<const double> x, std::size_t n, std::size_t m);

/// a' b / (n - 1), of columns that are centred: [columns of a][columns of b].
std::vector<double> cross_covariance(std::span<const double> a, std::span<const double> b, std::size_t n,
                                     std::size_t a_columns, std::size_t b_columns);

/// Lower triangle L with L L' = a, for a symmetric a [d][d] that is positive semidefinite up to rounding: a direction
/// without variance gets a row of zeros.
std::vector<double> cholesky(std::span<const double> a, std::size_t d);

/// Solves L L' X = B in place, L lower [d][d] with no zero on its diagonal, B [d][columns].
void solve_cholesky(std::span<const double> lower, std::size_t d, std::span<double> b, std::size_t columns);

}  // namespace truel
