#include "truel/base/statistics/distributions.hpp"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <boost/math/policies/policy.hpp>
#include <cerrno>
#include <iterator>

#include "truel/base/real.hpp"

namespace truel {
namespace {

template <class Distribution>
double below(const Distribution& distribution, double x) {
  return cdf(distribution, Real(x)).value();
}

template <class Distribution>
double above(const Distribution& distribution, double x) {
  return cdf(complement(distribution, Real(x))).value();
}

template <class Distribution>
std::vector<double> quantiles(const Distribution& distribution, std::span<const double> levels) {
  std::vector<double> values;
  std::transform(levels.begin(), levels.end(), std::back_inserter(values),
                 [&](double level) { return quantile(distribution, Real(level)).value(); });
  return values;
}

boost::math::normal_distribution<Real> standard_normal() {
  return {0, 1};
}

}  // namespace

double normal_cdf(double z) {
  return below(standard_normal(), z);
}

double normal_quantile(double u) {
  return quantile(standard_normal(), Real(u)).value();
}

double normal_above(double z) {
  return above(standard_normal(), z);
}

double normal_quantile_above(double u) {
  return quantile(complement(standard_normal(), Real(u))).value();
}

double beta_cdf(double a, double b, double x) {
  return below(boost::math::beta_distribution<Real>(a, b), x);
}

double beta_quantile(double a, double b, double u) {
  using boost::math::policies::errno_on_error;
  using boost::math::policies::evaluation_error;
  using Policy = boost::math::policies::policy<evaluation_error<errno_on_error>>;
  errno = 0;
  const double found = quantile(boost::math::beta_distribution<Real, Policy>(a, b), Real(u)).value();
  if (errno != EDOM) {
    return found;
  }
  // Boost 1.74 finds no root for some harmless cases, such as the median of beta(5, 5), and says so. There halving
  // does: slower, but it cannot miss the root of a function that rises from 0 to 1.
  const boost::math::beta_distribution<Real> beta(a, b);
  double low = 0;
  double high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (below(beta, middle) < u ? low : high) = middle;
  }
  return (low + high) / 2;
}

double triangular_quantile(double least, double mode, double greatest, double u) {
  return quantile(boost::math::triangular_distribution<Real>(least, mode, greatest), Real(u)).value();
}

double student_t_quantile(double degrees, double u) {
  return quantile(boost::math::students_t_distribution<Real>(degrees), Real(u)).value();
}

double binomial_at_most(double n, double p, double successes) {
  return below(boost::math::binomial_distribution<Real>(n, p), successes);
}

double binomial_at_least(double n, double p, double successes) {
  return successes > 0 ? above(boost::math::binomial_distribution<Real>(n, p), successes - 1) : 1;
}

std::vector<double> poisson_quantiles(double mean, std::span<const double> levels) {
  return quantiles(boost::math::poisson_distribution<Real>(mean), levels);
}

std::vector<double> negative_binomial_quantiles(double size, double p, std::span<const double> levels) {
  return quantiles(boost::math::negative_binomial_distribution<Real>(size, p), levels);
}

}  // namespace truel
