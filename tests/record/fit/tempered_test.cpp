#include "truel/record/fit/tempered.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "truel/base/statistics/covariance.hpp"
#include "truel/record/fit/stream.hpp"

namespace truel::record::fit {
namespace {

double normal_log_density(double x, double variance) {
  return -0.5 * (x * x / variance + std::log(2 * std::numbers::pi * variance));
}

TemperedOptions options_of(std::size_t particles, std::size_t dimensions) {
  TemperedOptions options{.particles = particles, .dimensions = dimensions, .seed = 3};
  return options;
}

/// Record y = 2 of z1 + z2 with an error of variance 0.25; z3 takes no part.
bool line(std::span<const double> z, std::span<const std::uint32_t>, std::span<double> out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = normal_log_density(2 - z[3 * i] - z[3 * i + 1], 0.25);
  }
  return true;
}

TEST(Tempered, gives_posterior_and_evidence_of_the_linear_gaussian_model) {
  const TemperedSample sample = tempered(options_of(4000, 3), line);
  ASSERT_TRUE(sample.is_whole);
  // Posterior: gain = C h / (h' C h + 0.25) = (1, 1, 0) / 2.25.
  const std::vector<double> same(4000, 1.0 / 4000);
  const std::vector<double> c = covariance(sample.z, 3, same);
  std::vector<double> mean(3);
  for (std::size_t i = 0; i < 4000; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      mean[j] += sample.z[3 * i + j] / 4000;
    }
  }
  // Five standard errors of 4000 draws; moved particles are not quite independent.
  EXPECT_NEAR(mean[0], 2 / 2.25, 0.08);
  EXPECT_NEAR(mean[1], 2 / 2.25, 0.08);
  EXPECT_NEAR(mean[2], 0, 0.08);
  EXPECT_NEAR(c[0], 1 - 1 / 2.25, 0.07);
  EXPECT_NEAR(c[1], -1 / 2.25, 0.07);
  EXPECT_NEAR(c[8], 1, 0.12);
  EXPECT_NEAR(sample.log_evidence, normal_log_density(2, 2.25), 0.06);
}

TEST(Tempered, keeps_half_of_the_effective_size_in_every_step_but_the_last) {
  std::vector<double> powers{0};
  const TemperedSample sample = tempered(options_of(500, 1), [](auto z, auto, auto out) {
    std::transform(z.begin(), z.end(), out.begin(), [](double x) { return -50 * (x - 1.5) * (x - 1.5); });
    return true;
  });
  ASSERT_GT(sample.steps.size(), 2U);
  EXPECT_EQ(sample.steps.back().power, 1);
  for (const TemperedStep& step : sample.steps) {
    EXPECT_GT(step.power, powers.back());
    EXPECT_GT(step.acceptance, 0.1);
    powers.push_back(step.power);
  }
}

TEST(Tempered, simulates_a_proposal_with_the_chance_of_its_particle) {
  // The likelihood is noisy, with a noise that the key alone decides: the same particle twice gives the same value.
  const auto noisy = [](std::span<const double> z, std::span<const std::uint32_t> keys, std::span<double> out) {
    for (std::size_t i = 0; i < out.size(); ++i) {
      RandomStream random(9, keys[i], 0, kFitting, 0);
      const double noise = random.normal();
      out[i] = -2 * (z[i] - 1) * (z[i] - 1) + 0.5 * noise;
    }
    return true;
  };
  const TemperedSample sample = tempered(options_of(500, 1), noisy);
  std::vector<double> again(500);
  noisy(sample.z, sample.keys, again);
  EXPECT_EQ(again, sample.log_likelihood);
}

TEST(Tempered, stops_where_it_is_told_to) {
  int calls = 0;
  const TemperedSample sample = tempered(options_of(50, 1), [&](auto z, auto, auto out) {
    std::transform(z.begin(), z.end(), out.begin(), [](double x) { return -500 * x * x; });
    return ++calls < 3;
  });
  EXPECT_FALSE(sample.is_whole);
  EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace truel::record::fit
