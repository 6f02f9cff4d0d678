// Bounds for random results, in standard errors. Seeds are fixed: what passes once passes always.
#pragma once

#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <string>
#include <vector>

namespace truel::test {

inline constexpr double kStandardErrors = 4;

#ifdef TRUEL_SANITIZED
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

/// So many realizations or comparisons of a test on chances; a tenth of them under sanitizers, which look at what is
/// done, not at how often it comes out.
template <class Number>
constexpr Number shortened(Number n) {
  return kSanitized ? n / 10 : n;
}
inline constexpr std::size_t kRuns = shortened<std::size_t>(8000);

/// Running mean and variance (Welford 1962).
class Sample {
 public:
  void add(double x) {
    n_ += 1;
    const double d = x - mean_;
    mean_ += d / n_;
    squares_ += d * (x - mean_);
  }
  double n() const { return n_; }
  double mean() const { return mean_; }
  double variance() const { return squares_ / (n_ - 1); }
  double se() const { return std::sqrt(variance() / n_); }

 private:
  double n_ = 0, mean_ = 0, squares_ = 0;
};

inline void expect_mean(const Sample& sample, double expected, const std::string& what) {
  EXPECT_NEAR(sample.mean(), expected, kStandardErrors * sample.se() + 1e-12)
      << what << ", standard error " << sample.se();
}

inline void expect_share(double hits, double n, double p, const std::string& what) {
  EXPECT_NEAR(hits / n, p, kStandardErrors * std::sqrt(p * (1 - p) / n) + 1e-12) << what;
}

/// Pearson's test that counts come from these chances; neighbouring cells are pooled until 5 or more are expected in
/// each. Fails where a fair sample would be this far off once in 10,000 times.
inline void expect_distribution(const std::vector<double>& counts, const std::vector<double>& chances, double n,
                                const std::string& what) {
  double chi2 = 0;
  int cells = 0;
  double pooled_count = 0;
  double pooled_expected = 0;
  double last_count = 0;
  double last_expected = 0;
  const auto close_cell = [&] {
    if (last_expected > 0) {
      chi2 += (last_count - last_expected) * (last_count - last_expected) / last_expected;
      ++cells;
    }
  };
  for (std::size_t k = 0; k < chances.size(); ++k) {
    pooled_count += counts[k];
    pooled_expected += n * chances[k];
    if (pooled_expected >= 5) {
      close_cell();
      last_count = pooled_count;
      last_expected = pooled_expected;
      pooled_count = pooled_expected = 0;
    }
  }
  last_count += pooled_count;  // what is left at the end joins the last full cell
  last_expected += pooled_expected;
  close_cell();
  ASSERT_GE(cells, 2) << what;
  const double p = boost::math::cdf(boost::math::complement(boost::math::chi_squared(cells - 1), chi2));
  EXPECT_GT(p, 1e-4) << what << ": chi-square " << chi2 << " in " << cells << " cells";
}

}  // namespace truel::test
