#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "truel/base/random.hpp"
#include "truel/record/deaths/blend.hpp"
#include "truel/record/score/proper_scores.hpp"

namespace truel::record {
namespace {

/// Exponential draws with this mean, sorted.
std::vector<double> draws(RandomStream& random, double mean, std::size_t n) {
  std::vector<double> values(n);
  for (double& x : values) {
    x = -mean * std::log(random.uniform());
  }
  std::sort(values.begin(), values.end());
  return values;
}

constexpr auto kPurpose = static_cast<Purpose>(200);

/// Months of a pair whose level is 100 and which the model foresees as 250, with a share of months that go as the model
/// says.
std::vector<MixtureTerms> twins(double model_is_right) {
  RandomStream random(7, 0, 0, kPurpose, 0);
  std::vector<MixtureTerms> past;
  for (int month = 0; month < 400; ++month) {
    const std::vector<double> model = draws(random, 250, 40);
    const std::vector<double> level = draws(random, 100, 12);
    const double mean = random.uniform() < model_is_right ? 250 : 100;
    past.push_back(mixture_terms(model, level, draws(random, mean, 1).front()));
  }
  return past;
}

TEST(DeathBlend, the_whole_of_one_ensemble_has_its_fair_crps) {
  const std::vector<double> model{0, 3, 8, 20};
  const std::vector<double> level{1, 2, 40};
  const MixtureTerms terms = mixture_terms(model, level, 5);
  EXPECT_DOUBLE_EQ(mixture_crps(terms, 1), fair_crps(model, 5));
  EXPECT_DOUBLE_EQ(mixture_crps(terms, 0), fair_crps(level, 5));
}

TEST(DeathBlend, a_mixture_of_many_members_has_the_crps_of_its_parts) {
  RandomStream random(3, 0, 0, kPurpose, 0);
  const std::vector<double> model = draws(random, 30, 4000);
  const std::vector<double> level = draws(random, 90, 4000);
  const std::vector<double> mixed = mixture(model, level, 0.25, 4000);
  ASSERT_EQ(mixed.size(), 4000U);
  EXPECT_TRUE(std::is_sorted(mixed.begin(), mixed.end()));
  EXPECT_NEAR(mixture_crps(mixture_terms(model, level, 60), 0.25), crps(mixed, 60), 0.1);
}

TEST(DeathBlend, a_share_of_nothing_or_all_takes_one_ensemble_alone) {
  EXPECT_EQ(mixture({5, 6}, {1}, 0, 3), (std::vector<double>{1, 1, 1}));
  EXPECT_EQ(mixture({5, 6}, {1}, 1, 2), (std::vector<double>{5, 6}));
}

TEST(DeathBlend, who_knows_no_month_takes_half) {
  EXPECT_EQ(best_share({}), 0.5);
}

TEST(DeathBlend, the_share_of_synthetic_months_is_found) {
  EXPECT_LT(best_share(twins(0)), 0.12);
  EXPECT_GT(best_share(twins(1)), 0.88);
  EXPECT_NEAR(best_share(twins(0.5)), 0.5, 0.15);
}

TEST(DeathBlend, goes_half_the_way_to_the_best_share_after_a_year) {
  const std::vector<MixtureTerms> past = twins(1);
  EXPECT_EQ(careful_share({}, 0), 0.5);
  EXPECT_EQ(careful_share(past, 0), 0.5);
  EXPECT_NEAR(careful_share(past, 12), (0.5 + best_share(past)) / 2, 1e-12);
  EXPECT_GT(careful_share(past, 120), 0.9 * best_share(past));
}

TEST(DeathBlend, no_other_share_does_better) {
  const std::vector<MixtureTerms> past = twins(0.3);
  const auto loss = [&](double share) {
    return std::accumulate(past.begin(), past.end(), 0.0,
                           [&](double sum, const MixtureTerms& t) { return sum + mixture_crps(t, share); });
  };
  const double best = best_share(past);
  for (int k = 0; k <= 20; ++k) {
    EXPECT_LE(loss(best), loss(k / 20.0) + 1e-6);
  }
  // Two ensembles of one point each, equally far from what came: nothing to choose by.
  const double share = best_share(std::vector{mixture_terms(std::vector{4.0}, std::vector{4.0}, 6)});
  EXPECT_TRUE(share == 0 || share == 1);
}

}  // namespace
}  // namespace truel::record
