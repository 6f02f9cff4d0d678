#include "truel/record/fit/battles/battles.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "truel/base/statistics/statistics.hpp"

namespace truel::record::fit {
namespace {

constexpr Battle kBattle{20000, 3000, 10000, 2500};

TEST(Battles, follow_the_first_steps_worked_by_hand) {
  // Strength a step: 100 / (20000 * 10000) = 5e-7; a step kills 100 of red, 150 of blue, then
  // 5e-7 * 9850 * 19900 = 98.0 and 1.5 times that, whole men left: 19801, 9702.
  const Casualties one = fight(AttritionLaw::linear, {20000, 50, 10000, 9000}, 1.5);
  EXPECT_EQ(one.red, 100);
  EXPECT_EQ(one.blue, 150);
  const Casualties two = fight(AttritionLaw::linear, {20000, 150, 10000, 9000}, 1.5);
  EXPECT_EQ(two.red, 199);
  EXPECT_EQ(two.blue, 298);
  // Square, 100 / 20000: 50 and 150. Logarithmic: 100 and 75. Fatigue: the same in the first step, then by ln(e + 1).
  const Casualties square = fight(AttritionLaw::square, {20000, 10, 10000, 9000}, 1.5);
  EXPECT_EQ(square.red, 50);
  EXPECT_EQ(square.blue, 150);
  const Casualties fatigue = fight(AttritionLaw::fatigue, {20000, 101, 10000, 9000}, 1.5);
  EXPECT_EQ(fatigue.red, 20000 - std::floor(19900 - 0.005 * 19900 / std::log(std::exp(1) + 1)));
  EXPECT_EQ(fatigue.blue, 10000 - std::floor(9925 - 0.0075 * 9925 / std::log(std::exp(1) + 1)));
}

TEST(Battles, end_beyond_the_record_on_the_curve_of_their_law) {
  // Red has lost what it lost in history: blue's dead follow from the curve, within a step of 100 men.
  const double k = 1.2;
  const Casualties linear = fight(AttritionLaw::linear, {20000, 3000, 10000, 9000}, k);
  EXPECT_GE(linear.red, 3000);
  EXPECT_NEAR(linear.blue, k * linear.red, 60);
  const Casualties square = fight(AttritionLaw::square, {20000, 2000, 20000, 19000}, k);
  EXPECT_NEAR(20000 * 20000.0 - std::pow(20000 - square.blue, 2),
              k * (20000 * 20000.0 - std::pow(20000 - square.red, 2)), 0.02 * 8e7);
  const Casualties logarithmic = fight(AttritionLaw::logarithmic, {20000, 3000, 10000, 9000}, k);
  EXPECT_NEAR(1 - logarithmic.blue / 10000, std::pow(1 - logarithmic.red / 20000, k), 0.01);
}

TEST(Battles, that_tire_end_nearer_to_the_record) {
  const double coarse = fight(AttritionLaw::logarithmic, kBattle, 1).red;
  const double fine = fight(AttritionLaw::fatigue, kBattle, 1).red;
  EXPECT_GE(fine, 3000);
  EXPECT_LE(fine, coarse);
}

TEST(Battles, end_whatever_the_ratio) {
  for (const double ratio : {0.0, 1e-300, 1e12, 1e300}) {
    for (int law = 0; law < 4; ++law) {
      const Casualties dead = fight(static_cast<AttritionLaw>(law), kBattle, ratio);
      EXPECT_TRUE(dead.red >= kBattle.red_dead || dead.blue >= kBattle.blue_dead);
    }
  }
}

TEST(Battles, give_the_law_and_the_ratio_back_that_made_them) {
  // 30 battles of one law, ended where chance ended them.
  std::vector<Battle> battles;
  for (int b = 0; b < 30; ++b) {
    const double red = 10000 + 1500 * b;
    const double blue = 30000 - 600 * b;
    const Casualties dead = fight(AttritionLaw::linear, {red, red * (0.04 + 0.004 * b), blue, blue * 0.95}, 2);
    battles.push_back({red, dead.red, blue, dead.blue});
  }
  const RejectionOptions options{.draws = 20'000, .keep = 40};
  const std::vector<int> dimensions(4, 2);
  const std::vector<AbcParticle> nearest = reject(dimensions, battles_distance(battles, 1), options);
  EXPECT_GT(model_shares(nearest, 4)[0], 0.7);
  std::vector<double> mean;
  for (const AbcParticle& p : nearest) {
    mean.push_back(ratio_of_score(p.z[0]));
  }
  EXPECT_NEAR(weighted_mean(mean, std::vector<double>(mean.size(), 1)), 2, 0.15);
}

TEST(Battles, end_a_distance_early_without_changing_which_draws_are_nearest) {
  const std::vector<Battle> battles(40, kBattle);
  const AbcDistance quick = battles_distance(battles, 1);
  const AbcDistance whole = [&](int model, auto z, std::uint32_t number, double) {
    return quick(model, z, number, 1e300);
  };
  const RejectionOptions options{.draws = 3000, .keep = 25};
  const std::vector<int> dimensions(4, 2);
  const auto one = reject(dimensions, quick, options);
  const auto other = reject(dimensions, whole, options);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].number, other[i].number);
    EXPECT_EQ(one[i].distance, other[i].distance);
  }
}

}  // namespace
}  // namespace truel::record::fit
