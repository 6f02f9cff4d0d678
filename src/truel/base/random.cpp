#include "truel/base/random.hpp"

#include <boost/random/binomial_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>

#include "truel/base/math.hpp"
#include "truel/base/real.hpp"

namespace truel {
namespace {

constexpr double kInversionMean = 12;
constexpr double kFewTrials = 3;

/// By inversion of the uniform number u, from the chance `term` of no success; odds: p / (1 - p).
double invert_binomial(double n, double odds, double term, double u) {
  double count = 0;
  while (u > term && count < n && term > 0) {
    u -= term;
    count += 1;
    term *= odds * (n - count + 1) / count;
  }
  return count;
}

}  // namespace

double RandomStream::normal() {
  return boost::random::normal_distribution<Real>()(*this).value();
}

double RandomStream::poisson(double mean) {
  if (mean <= 0) {
    return 0;
  }
  if (mean > kInversionMean) {
    return static_cast<double>(boost::random::poisson_distribution<std::int64_t, Real>(mean)(*this));
  }
  // Inversion: walk up the distribution function; one uniform number, no set-up.
  double u = uniform();
  double term = math::exp(-mean);
  double count = 0;
  while (u > term && term > 0) {
    u -= term;
    count += 1;
    term *= mean / count;
  }
  return count;
}

double RandomStream::binomial(double n, double p) {
  if (n <= 0 || p <= 0) {
    return 0;
  }
  if (p >= 1) {
    return n;
  }
  if (n <= kFewTrials) {
    double successes = 0;
    for (double trial = 0; trial < n; ++trial) {
      successes += uniform() < p ? 1 : 0;
    }
    return successes;
  }
  if (n * p > kInversionMean) {
    return static_cast<double>(
        boost::random::binomial_distribution<std::int64_t, Real>(static_cast<std::int64_t>(n), p)(*this));
  }
  return invert_binomial(n, p / (1 - p), math::exp(n * math::log1p(-p)), uniform());
}

double RandomStream::gamma(double shape, double scale) {
  return boost::random::gamma_distribution<Real>(shape, scale)(*this).value();
}

}  // namespace truel
