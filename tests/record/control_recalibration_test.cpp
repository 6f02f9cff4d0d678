#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include "truel/base/random.hpp"
#include "truel/record/control/recalibration.hpp"
#include "truel/record/score/proper_scores.hpp"

namespace truel::record {
namespace {

constexpr auto kRecalibrationPurpose = static_cast<Purpose>(201);
constexpr std::array kApart{0, 1, 2, 3};

double of_log_odds(double log_odds) {
  return 1 / (1 + std::exp(-log_odds));
}

/// Places whose forecast log-odds x have to become intercept + slope x to be right.
std::vector<PastChange> past_places(std::size_t n, double intercept, double slope) {
  RandomStream random(5, 0, 0, kRecalibrationPurpose, 0);
  std::vector<PastChange> past;
  for (std::size_t k = 0; k < n; ++k) {
    const double x = -6 + 8 * random.uniform();
    past.push_back({x, random.uniform() < of_log_odds(intercept + slope * x)});
  }
  return past;
}

TEST(ControlRecalibration, leaves_forecasts_as_they_are_where_no_window_has_ended) {
  const ChangeRecalibration none = recalibration_of({});
  EXPECT_EQ(none.intercept, 0);
  EXPECT_EQ(none.slope, 1);
  std::array p{0.5, 0.3, 0.0, 0.2};
  const double excess = brier_excess(p, 20);
  EXPECT_NEAR(recalibrate(none, p, 0, kApart, 20), excess, 1e-12);
  EXPECT_NEAR(p[0], 0.5, 1e-12);
  EXPECT_NEAR(p[1], 0.3, 1e-12);
}

TEST(ControlRecalibration, finds_by_how_much_forecasts_were_too_sure) {
  const ChangeRecalibration with = recalibration_of(past_places(20000, -0.4, 0.5));
  EXPECT_NEAR(with.intercept, -0.4, 0.1);
  EXPECT_NEAR(with.slope, 0.5, 0.03);
}

TEST(ControlRecalibration, trusts_few_places_little) {
  std::vector<PastChange> past = past_places(3000, 0, 0);
  EXPECT_LT(recalibration_of(past).slope, 0.1);
  for (PastChange& change : past) {
    change.weight = 0.001;
  }
  EXPECT_GT(recalibration_of(past).slope, 0.5);
  EXPECT_GT(recalibration_of(std::span(past).first(300)).slope, 0.9);
}

TEST(ControlRecalibration, ends_where_all_forecasts_were_sure_and_wrong) {
  const ChangeRecalibration with = recalibration_of(std::vector<PastChange>(1000, {log_odds(0, 24), true}));
  EXPECT_GT(of_log_odds(with.intercept + with.slope * log_odds(0, 24)), 0.9);
}

TEST(ControlRecalibration, who_comes_instead_keeps_its_proportions) {
  std::array p{0.2, 0.6, 0.2, 0.0};
  recalibrate({0, 0.5}, p, 0, kApart, 1000);
  EXPECT_NEAR(p[0], 1 / (1 + std::sqrt(4)), 1e-9);
  EXPECT_NEAR(p[1] / p[2], 3, 1e-9);
  EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1, 1e-12);
}

TEST(ControlRecalibration, what_no_realization_saw_is_shared_by_all_sides) {
  std::array p{1.0, 0.0, 0.0, 0.0};
  const std::array merged{0, 1, 1, 3};
  EXPECT_EQ(recalibrate({1, 1}, p, 0, merged, 24), 0);
  EXPECT_EQ(p[2], 0);
  EXPECT_EQ(p[1], p[3]);
  EXPECT_NEAR(p[1] + p[3], of_log_odds(1 + log_odds(0, 24)), 1e-12);
}

TEST(ControlRecalibration, takes_off_what_the_number_of_members_adds_to_the_score) {
  // Of many ensembles from one truth, the mean score less what is taken off is that of an infinite one.
  constexpr double kMembers = 60;
  const std::array truth{0.5, 0.35, 0.15, 0.0};
  const ChangeRecalibration with{-0.3, 0.7};
  std::array exact = truth;
  recalibrate(with, exact, 0, kApart, std::numeric_limits<double>::infinity());
  RandomStream random(9, 0, 0, kRecalibrationPurpose, 0);
  double fair = 0;
  double raw = 0;
  constexpr int kEnsembles = 20000;
  for (int repeat = 0; repeat < kEnsembles; ++repeat) {
    std::array p{0.0, 0.0, 0.0, 0.0};
    for (int k = 0; k < static_cast<int>(kMembers); ++k) {
      const double u = random.uniform();
      p.at(u < truth[0] ? 0 : u < truth[0] + truth[1] ? 1 : 2) += 1 / kMembers;
    }
    const double excess = recalibrate(with, p, 0, kApart, kMembers);
    raw += brier(p, 1) / kEnsembles;
    fair += (brier(p, 1) - excess) / kEnsembles;
  }
  const double wanted = brier(exact, 1);
  EXPECT_NEAR(fair, wanted, 0.002);
  EXPECT_GT(raw, wanted + 0.003);
}

}  // namespace
}  // namespace truel::record
