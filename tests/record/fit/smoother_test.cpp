#include "truel/record/fit/smoother.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "truel/base/statistics/covariance.hpp"
#include "truel/record/fit/stream.hpp"

namespace truel::record::fit {
namespace {

std::vector<double> prior(std::size_t n, std::size_t d) {
  std::vector<double> z(n * d);
  for (std::size_t i = 0; i < n; ++i) {
    RandomStream random(5, static_cast<std::uint32_t>(i), 0, kFitting, 1000);
    std::generate_n(z.begin() + static_cast<std::ptrdiff_t>(i * d), d, [&] { return random.normal(); });
  }
  return z;
}

TEST(Smoother, gives_the_posterior_of_the_linear_gaussian_model) {
  // Records 2 and -1 of z1 + z2 and of z2, errors 0.5 and 1; z3 takes no part.
  constexpr std::size_t n = 4000;
  std::vector<double> z = prior(n, 3);
  const bool is_done = smooth(
      std::vector{2.0, -1.0}, std::vector{0.5, 1.0}, {},
      [](int, auto points, auto y) {
        for (std::size_t i = 0; i < n; ++i) {
          y[2 * i] = points[3 * i] + points[3 * i + 1];
          y[2 * i + 1] = points[3 * i + 1];
        }
        return true;
      },
      n, 3, z);
  ASSERT_TRUE(is_done);
  // Precision I + H' D^-1 H = [[5, 4], [4, 6]], so covariance [[6, -4], [-4, 5]] / 14 and mean that times (8, 7).
  const std::vector<double> c = covariance(z, 3, std::vector<double>(n, 1.0 / n));
  std::vector<double> mean(3);
  for (std::size_t i = 0; i < n * 3; ++i) {
    mean[i % 3] += z[i] / n;
  }
  EXPECT_NEAR(mean[0], 20.0 / 14, 0.06);
  EXPECT_NEAR(mean[1], 3.0 / 14, 0.06);
  EXPECT_NEAR(mean[2], 0, 0.08);
  EXPECT_NEAR(c[0], 6.0 / 14, 0.05);
  EXPECT_NEAR(c[1], -4.0 / 14, 0.05);
  EXPECT_NEAR(c[4], 5.0 / 14, 0.05);
  EXPECT_NEAR(c[8], 1, 0.12);
}

TEST(Smoother, leaves_numbers_alone_that_nothing_depends_on) {
  // 40 numbers, 30 members: without localisation chance correlations would move and shrink all of them.
  constexpr std::size_t n = 30;
  constexpr std::size_t d = 40;
  std::vector<double> z = prior(n, d);
  const std::vector<double> before = z;
  ASSERT_TRUE(smooth(
      std::vector{1.5}, std::vector{0.2}, {},
      [](int, auto points, auto y) {
        for (std::size_t i = 0; i < n; ++i) {
          y[i] = points[d * i];
        }
        return true;
      },
      n, d, z));
  int moved = 0;
  for (std::size_t j = 1; j < d; ++j) {
    moved += z[j] != before[j];
  }
  EXPECT_LE(moved, 3);  // |correlation| above 3 / sqrt(30) = 0.55 has a chance of 1 in 500
  double mean = 0;
  for (std::size_t i = 0; i < n; ++i) {
    mean += z[i * d] / n;
  }
  EXPECT_NEAR(mean, 1.5, 0.3);
}

TEST(Smoother, says_how_far_the_record_is_from_the_prior) {
  const std::vector<double> y{1, 10, 3, 10, 2, 10};  // outcomes of mean 2 and variance 2/3, and of 10 without any
  const std::vector<double> distance = conflict(y, std::vector{2.0, 4.0}, std::vector{1.0, 3.0}, 3);
  EXPECT_NEAR(distance[0], 0, 1e-12);
  EXPECT_NEAR(distance[1], -2, 1e-12);
}

}  // namespace
}  // namespace truel::record::fit
