#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "truel/base/statistics/covariance.hpp"
#include "truel/base/statistics/statistics.hpp"

namespace truel::test {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Weights, do_not_overflow_and_leave_out_the_impossible) {
  const std::vector<double> w = normalised(std::vector{5000.0, 5000 + std::log(3.0), -kInfinity, std::nan("")});
  EXPECT_NEAR(w[0], 0.25, 1e-12);
  EXPECT_NEAR(w[1], 0.75, 1e-12);
  EXPECT_EQ(w[2], 0);
  EXPECT_EQ(w[3], 0);
  EXPECT_NEAR(effective_size(w), 1 / (0.0625 + 0.5625), 1e-12);
}

TEST(Weights, that_are_all_impossible_are_all_the_same) {
  const std::vector<double> w = normalised(std::vector{-kInfinity, -kInfinity});
  EXPECT_EQ(w, (std::vector{0.5, 0.5}));
}

TEST(Weights, give_every_item_its_copies_but_for_rounding) {
  const std::vector<double> w{0.1, 0.25, 0, 0.65};
  for (const double u : {0.0, 0.3, 0.999}) {
    std::vector<int> copies(4);
    for (const std::size_t i : resample(w, 20, u)) {
      ++copies[i];
    }
    EXPECT_EQ(copies, (std::vector{2, 5, 0, 13}));
  }
}

TEST(Weights, of_a_quantile_count_and_values_without_weight_do_not) {
  const std::vector<double> x{3, 1, 2, 9};
  const std::vector<double> w{0.2, 0.5, 0.3, 0};
  EXPECT_EQ(weighted_quantile(x, w, 0.5), 1);
  EXPECT_EQ(weighted_quantile(x, w, 0.51), 2);
  EXPECT_EQ(weighted_quantile(x, w, 1), 3);
  EXPECT_NEAR(weighted_mean(x, w), 1.7, 1e-12);
  EXPECT_NEAR(weighted_sd(x, w), std::sqrt(0.2 * 1.69 + 0.5 * 0.49 + 0.3 * 0.09), 1e-12);
}

TEST(Cholesky, gives_the_matrix_back_and_solves_with_it) {
  const std::vector<double> a{4, 2, -2, 2, 5, 1, -2, 1, 6};
  const std::vector<double> l = cholesky(a, 3);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < 3; ++k) {
        sum += l[i * 3 + k] * l[j * 3 + k];
      }
      EXPECT_NEAR(sum, a[i * 3 + j], 1e-12);
    }
  }
  std::vector<double> x{4 - 4 - 6, 2 - 10 + 3, -2 - 2 + 18};  // a times (1, -2, 3)
  solve_cholesky(l, 3, x, 1);
  EXPECT_NEAR(x[0], 1, 1e-12);
  EXPECT_NEAR(x[1], -2, 1e-12);
  EXPECT_NEAR(x[2], 3, 1e-12);
}

TEST(Cholesky, leaves_out_a_direction_without_variance) {
  const std::vector<double> l = cholesky(std::vector<double>{1, 1, 1, 1}, 2);
  EXPECT_EQ(l, (std::vector<double>{1, 0, 1, 0}));
}

}  // namespace
}  // namespace truel::test
