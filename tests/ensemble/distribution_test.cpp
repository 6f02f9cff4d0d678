// Distributions cut off at bounds, against the distribution functions of Boost.
#include <gtest/gtest.h>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

#include "truel/model/distributions/truncated.hpp"

namespace truel::test {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLevels[] = {1e-9, 1e-3, .02, .25, .5, .7, .99, 1 - 1e-9};

/// The u-quantile has u of what lies between the bounds below it.
template <class B>
void expect_cut_off(const Distribution& d, const B& boost, double least, double greatest) {
  using boost::math::cdf;
  using boost::math::complement;
  const auto between = [&](double from, double to) {  // by the tail in which digits are kept
    return cdf(boost, from) < .5 ? cdf(boost, to) - cdf(boost, from)
                                 : cdf(complement(boost, from)) - cdf(complement(boost, to));
  };
  double last = least;
  for (const double u : kLevels) {
    const double x = truncated_quantile(d, u, least, greatest);
    EXPECT_GT(x, last);
    EXPECT_LT(x, greatest);
    // Near 2 a double is known to 4e-16 only, of a probability of .04 between the bounds.
    EXPECT_NEAR(between(least, x) / between(least, greatest), u, 1e-9 * u + 2e-14) << to_string(d) << " at " << u;
    last = x;
  }
}

TEST(Distribution, a_normal_is_cut_off_at_its_bounds) {
  for (const auto& [least, greatest] : {std::pair{0., 1.}, {-.5, 3.}, {1.9, 2.1}, {4., 9.}, {-30., -4.}, {30., 31.}}) {
    expect_cut_off({DistributionKind::normal, 1.5, 2, 0}, boost::math::normal(1.5, 2), least, greatest);
  }
}

TEST(Distribution, a_lognormal_is_cut_off_at_its_bounds) {
  for (const auto& [least, greatest] : {std::pair{0., 1000.}, {.5, 2.}, {9., 11.}, {40., 50.}}) {
    expect_cut_off({DistributionKind::lognormal, 10, 3, 0}, boost::math::lognormal(std::log(10.), std::log(3.)), least,
                   greatest);
  }
}

TEST(Distribution, a_beta_is_cut_off_at_its_bounds) {
  for (const auto& [least, greatest] : {std::pair{0., 1.}, {0., .5}, {.2, .3}}) {
    expect_cut_off({DistributionKind::beta, 2, 3, 0}, boost::math::beta_distribution<>(2, 3), least, greatest);
  }
}

TEST(Distribution, one_that_lies_within_its_bounds_is_what_it_was_without_them) {
  for (const double u : kLevels) {
    for (const Distribution& d :
         {Distribution{DistributionKind::normal, 5, 2, 0}, Distribution{DistributionKind::beta, 2, 3, 0},
          Distribution{DistributionKind::uniform, 1, 2, 0}, Distribution{DistributionKind::triangular, 0, 1, 4}}) {
      EXPECT_NEAR(truncated_quantile(d, u, -1e9, kInfinity), quantile(d, u), 1e-9);
    }
  }
}

TEST(Distribution, bounds_far_narrower_than_it_are_filled_evenly) {
  const Distribution wide{DistributionKind::normal, .5, 1e12, 0};
  for (const double u : {.01, .3, .5, .9}) {
    EXPECT_NEAR(truncated_quantile(wide, u, 0, 1), u, 1e-9);
  }
}

}  // namespace
}  // namespace truel::test
