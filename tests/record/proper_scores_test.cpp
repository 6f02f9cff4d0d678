#include "truel/record/score/proper_scores.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "truel/record/deaths/baselines.hpp"

namespace truel::record {
namespace {

TEST(Scores, deaths_are_scored_as_the_views_challenge_does) {
  std::ifstream file(TRUEL_SOURCE_DIR "/tests/record/data/golden_scores.json");
  const nlohmann::json cases = nlohmann::json::parse(file);
  ASSERT_EQ(cases.size(), 10U);
  for (const auto& c : cases) {
    auto members = c.at("members").get<std::vector<double>>();
    std::sort(members.begin(), members.end());
    const auto observed = c.at("observed").get<double>();
    const auto expect = [&](const char* name, double got) {
      const auto wanted = c.at(name).get<double>();
      EXPECT_NEAR(got, wanted, 1e-9 * std::max(1.0, std::abs(wanted))) << name << " of " << observed;
    };
    expect("crps", crps(members, observed));
    expect("fair_crps", fair_crps(members, observed));
    expect("ign", ignorance(members, observed));
    expect("mis", interval_score(members, observed, 0.9));
  }
}

TEST(Scores, what_lies_within_an_interval_is_counted_where_somebody_could_die) {
  const std::vector<double> members{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_EQ(lies_within(members, 2.4, 0.5), 0);
  EXPECT_EQ(lies_within(members, 2.6, 0.5), 1);
  EXPECT_EQ(lies_within(members, 2.4, 0.9), 1);
  EXPECT_EQ(lies_within(members, 9.6, 0.9), 0);
  EXPECT_TRUE(std::isnan(lies_within(std::vector<double>{0, 0, 0}, 0, 0.9)));
  EXPECT_EQ(lies_within(std::vector<double>{0, 0, 0}, 5, 0.9), 0);
}

TEST(Scores, a_brier_score_sums_over_holders_so_that_a_sure_miss_costs_two) {
  EXPECT_EQ(brier(std::vector{1.0, 0.0, 0.0}, 0), 0);
  EXPECT_EQ(brier(std::vector{1.0, 0.0, 0.0}, 2), 2);
  EXPECT_DOUBLE_EQ(brier(std::vector{0.5, 0.25, 0.25}, 1), 0.25 + 0.5625 + 0.0625);
}

TEST(Scores, the_fair_brier_score_does_not_depend_on_the_number_of_members) {
  // Two holders, the first with probability 0.3: over all ensembles of n members its expectation is that of n without
  // limit.
  const double p = 0.3;
  for (const int n : {2, 3, 7}) {
    double expected = 0;
    for (int k = 0; k <= n; ++k) {
      const double chance =
          std::tgamma(n + 1) / std::tgamma(k + 1) / std::tgamma(n - k + 1) * std::pow(p, k) * std::pow(1 - p, n - k);
      const std::vector<double> shares{static_cast<double>(k) / n, 1 - static_cast<double>(k) / n};
      expected += chance * (brier(shares, 0) - brier_excess(shares, n));
    }
    EXPECT_NEAR(expected, brier(std::vector{p, 1 - p}, 0), 1e-12) << n;
  }
}

TEST(Scores, what_no_run_has_seen_is_punished_without_being_infinite) {
  const std::vector<double> shares{1, 0, 0, 0};
  EXPECT_NEAR(log_score(shares, 1, 99, 4), -std::log(0.25 / 100), 1e-12);
  EXPECT_NEAR(log_score(shares, 0, 99, 4), -std::log(99.25 / 100), 1e-12);
  EXPECT_NEAR(log_score(shares, 1, 99, 3), -std::log(1.0 / 300), 1e-12);  // one of them stands for nobody
}

TEST(Scores, an_ensemble_of_another_size_has_the_same_quantiles) {
  const std::vector<double> ten{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_EQ(of_size(ten, 5), (std::vector<double>{2, 4, 6, 8, 10}));
  EXPECT_EQ(of_size(ten, 10), ten);
  EXPECT_EQ(of_size({1, 2, 3}, 7), (std::vector<double>{1, 1, 2, 2, 2, 3, 3}));
  EXPECT_EQ(of_size({0}, 3), (std::vector<double>{0, 0, 0}));
}

}  // namespace
}  // namespace truel::record
