#include "truel/record/fit/abc.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "truel/base/statistics/statistics.hpp"
#include "truel/record/fit/stream.hpp"

namespace truel::record::fit {
namespace {

/// Rival 0: y = z + e; rival 1: y = 3 e, no number of its own but one that takes no part. Record y.
constexpr double kRecord = 1.6;

double simulate(int model, std::span<const double> z, std::uint32_t number) {
  RandomStream random(11, number, 0, kFitting, 1001);
  return model == 0 ? z[0] + random.normal() : 3 * random.normal();
}

double density(double x, double variance) {
  return std::exp(-x * x / (2 * variance)) / std::sqrt(2 * std::numbers::pi * variance);
}

/// Posterior probability of rival 0, whose evidence is N(0, 2), against N(0, 9).
double probability() {
  const double one = density(kRecord, 2);
  return one / (one + density(kRecord, 9));
}

void expect_posterior(const std::vector<AbcParticle>& particles, double se) {
  EXPECT_NEAR(model_shares(particles, 2)[0], probability(), 4 * se * 0.5);
  std::vector<double> z;
  for (const AbcParticle& p : particles) {
    if (p.model == 0) {
      z.push_back(p.z[0]);
    }
  }
  const std::vector<double> same(z.size(), 1);
  EXPECT_NEAR(weighted_mean(z, same), kRecord / 2, 4 * se);
  EXPECT_NEAR(weighted_sd(z, same), std::sqrt(0.5), 4 * se);
}

TEST(Rejection, gives_the_posterior_of_number_and_model) {
  RejectionOptions options{.draws = 200'000, .keep = 2000};
  const std::vector<int> dimensions{1, 1};
  const auto distance = [](int model, auto z, std::uint32_t number, double) {
    return std::abs(simulate(model, z, number) - kRecord);
  };
  const std::vector<AbcParticle> nearest = reject(dimensions, distance, options);
  ASSERT_EQ(nearest.size(), 2000U);
  EXPECT_LT(nearest.back().distance, 0.1);
  expect_posterior(nearest, 1 / std::sqrt(2000.0));

  options.threads = 1;
  const std::vector<AbcParticle> again = reject(dimensions, distance, options);
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    ASSERT_EQ(again[i].number, nearest[i].number) << "threads changed the sample";
  }
}

AbcProblem problem() {
  return {
      {1, 1}, {kRecord}, [](int model, auto z, std::uint32_t number, auto y) { y[0] = simulate(model, z, number); }};
}

TEST(SequentialAbc, gives_the_posterior_of_number_and_model) {
  const AbcSmcOptions options{.particles = 2000, .least_tolerance = 0.05, .least_acceptance = 0.005, .scales = {1}};
  const AbcSmcSample sample = abc_smc(problem(), options);
  EXPECT_EQ(sample.steps.back().tolerance, 0.05);
  expect_posterior(sample.particles, 1.5 / std::sqrt(2000.0));  // moved particles are not quite independent
}

TEST(SequentialAbc, is_the_same_on_any_number_of_threads) {
  AbcSmcOptions options;
  options.particles = 200;
  options.most_steps = 4;
  const AbcSmcSample many = abc_smc(problem(), options);
  options.threads = 1;
  const AbcSmcSample one = abc_smc(problem(), options);
  for (std::size_t i = 0; i < 200; ++i) {
    EXPECT_EQ(one.particles[i].z, many.particles[i].z);
  }
}

TEST(SequentialAbc, weighs_outcomes_by_their_own_scale) {
  // The second outcome is pure noise on a scale a thousand times as large: with one scale for both it would decide
  // alone, and the number would stay as it was before.
  AbcProblem two{{1}, {1.0, 0.0}, [](int, auto z, std::uint32_t number, auto y) {
                   RandomStream random(12, number, 0, kFitting, 1001);
                   y[0] = z[0] + 0.3 * random.normal();
                   y[1] = 1000 * random.normal();
                 }};
  AbcSmcOptions options;
  options.particles = 1000;
  options.most_steps = 8;
  const auto spread = [&] {
    std::vector<double> z;
    for (const AbcParticle& p : abc_smc(two, options).particles) {
      z.push_back(p.z[0]);
    }
    return weighted_sd(z, std::vector<double>(z.size(), 1));
  };
  const double adaptive = spread();
  options.scales = {1, 1};
  EXPECT_GT(spread(), 0.8);
  EXPECT_LT(adaptive, 0.5);
}

}  // namespace
}  // namespace truel::record::fit
