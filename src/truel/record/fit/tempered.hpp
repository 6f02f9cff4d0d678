// Tempered sequential Monte Carlo for a posterior that is known up to a factor, and by simulation only.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace truel::record::fit {

/// Log likelihoods (or -w times scores) of points z [n][d], normal scores of the numbers: their prior is the standard
/// normal. keys: [n] of the chance in a point's simulations; the same key means the same chance. Writes out [n]; minus
/// infinity where a point cannot be. Returns false to stop.
using LogLikelihood =
    std::function<bool(std::span<const double> z, std::span<const std::uint32_t> keys, std::span<double> out)>;

struct TemperedOptions {
  std::size_t particles = 1000;
  std::size_t dimensions = 1;
  double least_share = 0.5;  ///< effective size, as a share of the particles, at which a step ends
  int moves = 3;             ///< of each particle in a step
  std::uint64_t seed = 1;
};

struct TemperedStep {
  double power;       ///< of the likelihood, 0 to 1
  double acceptance;  ///< share of the moves that were taken
};

/// A sample of the posterior, all particles with the same weight.
struct TemperedSample {
  std::vector<double> z;               ///< [particle][dimension]
  std::vector<double> log_likelihood;  ///< [particle]
  std::vector<std::uint32_t> keys;     ///< [particle]
  double log_evidence = 0;             ///< of the likelihood under the prior
  std::vector<TemperedStep> steps;
  bool is_whole = false;  ///< false: stopped before power 1
};

/// Del Moral, Doucet and Jasra (2006): from the prior to the posterior through powers of the likelihood, the next found
/// by halving the interval so that the effective size of the weights is `least_share`; then systematic resampling and
/// random-walk moves with the covariance of the sample times 2.38^2 / d (Gelman, Roberts and Gilks 1996). A proposal is
/// simulated with the chance of the particle that it may replace (Deligiannidis, Doucet and Pitt 2018). Cost:
/// particles (1 + moves steps) likelihoods.
TemperedSample tempered(const TemperedOptions& options, const LogLikelihood& log_likelihood);

}  // namespace truel::record::fit
