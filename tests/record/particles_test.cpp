#include "truel/record/analysis/hidden/particles.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "truel/base/statistics/statistics.hpp"
#include "truel/laws/hidden_defence/hidden_defence.hpp"

namespace truel::test {
namespace {

using record::hidden::Particles;

std::vector<std::uint8_t> above(const Particles& particles, std::size_t month, std::size_t place, double bound) {
  std::vector<std::uint8_t> is_above;
  for (const std::vector<float>& of_particle : particles.deviations(month)) {
    is_above.push_back(of_particle[place] > bound ? 1 : 0);
  }
  return is_above;
}

double mean(const Particles& particles, std::size_t month, std::size_t place) {
  const std::vector<double> weights = particles.weights(place);
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i] * particles.deviations(month)[i][place];
  }
  return sum;
}

// Bayes by hand: the normal density, above the bound in full and below it with the share kSlip.
TEST(Particles, have_the_mean_of_the_normal_law_given_what_was_seen) {
  constexpr std::size_t kN = 20'000;
  constexpr double kBound = 0.5;
  Particles particles(7, kN, 2, 0.9, laws::HiddenDefence::kPurpose);
  particles.weigh(0, above(particles, 0, 0, kBound));
  const double density = std::exp(-kBound * kBound / 2) / std::sqrt(2 * std::acos(-1.));
  const double above_it = std::erfc(kBound / std::sqrt(2.)) / 2;
  const double expected = (1 - Particles::kSlip) * density / (above_it + Particles::kSlip * (1 - above_it));
  const double error = 1 / std::sqrt(particles.raw_size(0));
  EXPECT_NEAR(mean(particles, 0, 0), expected, 5 * error);
  EXPECT_NEAR(mean(particles, 0, 1), 0, 5 / std::sqrt(kN)) << "a place apart knows nothing of it";
}

TEST(Particles, forget_from_month_to_month_and_wholly_at_a_new_holder) {
  constexpr std::size_t kN = 20'000;
  Particles particles(7, kN, 2, 0.8, laws::HiddenDefence::kPurpose);
  const std::vector<std::uint8_t> has_new_holder = {0, 1};
  particles.pass_month(has_new_holder);
  for (std::size_t place = 0; place < 2; ++place) {
    double products = 0;
    double squares = 0;
    for (std::size_t i = 0; i < kN; ++i) {
      const double before = particles.deviations(0)[i][place];
      const double after = particles.deviations(1)[i][place];
      products += before * after;
      squares += after * after;
    }
    EXPECT_NEAR(products / kN, place == 0 ? 0.8 : 0, 5 * std::sqrt(2. / kN));
    EXPECT_NEAR(squares / kN, 1, 5 * std::sqrt(2. / kN));
  }
}

TEST(Particles, keep_a_tenth_of_their_number_when_one_alone_is_right) {
  Particles particles(7, 200, 1, 0.9, laws::HiddenDefence::kPurpose);
  std::vector<std::uint8_t> one(200, 0);
  one[17] = 1;
  for (int month = 0; month < 12; ++month) {
    particles.weigh(0, one);
  }
  EXPECT_LT(particles.raw_size(0), 1.001);
  const std::vector<double> weights = particles.weights(0);
  EXPECT_NEAR(effective_size(weights), 20, 0.01);
  EXPECT_GT(weights[17], weights[16]);
}

TEST(Particles, stand_for_runs_in_proportion_to_their_weights_place_by_place) {
  Particles particles(7, 4, 2, 0.9, laws::HiddenDefence::kPurpose);
  particles.weigh(0, std::vector<std::uint8_t>{1, 1, 0, 0});
  const auto drawn = particles.drawn(420);
  std::vector<int> times(4, 0);
  std::vector<int> apart(4, 0);
  for (const std::vector<std::size_t>& of_run : drawn) {
    ++times[of_run[0]];
    ++apart[of_run[1]];
  }
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(times[i], i < 2 ? 200 : 10, 1);
    EXPECT_NEAR(apart[i], 105, 1);
  }
}

}  // namespace
}  // namespace truel::test
