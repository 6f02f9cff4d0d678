// Simulation-based calibration of a fit on a small war: numbers are drawn, a battle is fought with them, and the
// numbers are learnt back from how many were left. The truth has to lie anywhere among the posterior draws, each rank
// as often.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "support/battle.hpp"
#include "truel/base/statistics/distributions.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/record/fit/abc.hpp"
#include "truel/record/fit/ranks.hpp"
#include "truel/record/fit/stream.hpp"
#include "truel/solver/run.hpp"

namespace truel::record::fit {
namespace {

constexpr int kDays = 8;
constexpr int kRecords = 100;        ///< made up, each from a draw of its own
constexpr std::uint32_t kKeep = 19;  ///< posterior draws of each
constexpr std::uint32_t kDraws = 3000;
constexpr std::size_t kNumbers = 3;
using Point = std::array<double, kNumbers>;

/// Two sides of 60 and 50 who kill each other at rates that are not known. All is seen whoever lives there, so that how
/// many they are, the first number of the model, acts on nothing.
CompiledModel battle() {
  return test::battle_war({{60, 50}, test::all_pairs(2, 0.03), test::even_shares(2)}, kDays)
      .set("ties.a.b.kill_rate", {DistributionKind::loguniform, 0.01, 0.06})
      .set("ties.b.a.kill_rate", {DistributionKind::loguniform, 0.01, 0.06})
      .set("places.field.population", {DistributionKind::uniform, 0, 1000})
      .compile();
}

/// Fighters left of both sides, as roots, whose spread hardly depends on how many there are.
std::array<double, 2> left(const CompiledModel& model, std::span<const double> z, std::uint32_t number) {
  std::vector<double> values(model.medians().begin(), model.medians().end());
  for (std::size_t u = 0; u < z.size(); ++u) {
    const int parameter = model.uncertain()[u];
    values[at(parameter)] = quantile(model.war().parameters[at(parameter)].distribution, normal_cdf(z[u]));
  }
  const solver::SolveOptions options{.solver = solver::SolverKind::exact, .every_days = kDays};
  solver::Run run;
  solver::Path* const no_path = nullptr;
  solver::solve(model, options, std::span(&number, 1), values, std::span(&run, 1), std::span(&no_path, 1));
  const test::Ending end = test::ending(run, 2);
  return {std::sqrt(end.left[0]), std::sqrt(end.left[1])};
}

Point point(std::uint32_t number) {
  RandomStream random(31, number, 0, kFitting, 1004);
  Point z;
  std::generate(z.begin(), z.end(), [&] { return random.normal(); });
  return z;
}

/// Of each number in each made-up record: how many posterior draws lie below the truth.
std::array<std::vector<int>, kNumbers> ranks(double spread) {
  const CompiledModel model = battle();
  EXPECT_EQ(model.uncertain().size(), kNumbers);
  std::vector<Point> draws;
  std::vector<std::array<double, 2>> outcomes;
  for (std::uint32_t d = 0; d < kDraws; ++d) {
    draws.push_back(point(kRecords + d));
    outcomes.push_back(left(model, draws.back(), kRecords + d));
  }
  std::array<std::vector<int>, kNumbers> ranks;
  for (std::uint32_t record = 0; record < kRecords; ++record) {
    const Point truth = point(record);
    const std::array<double, 2> observed = left(model, truth, record);
    const RejectionOptions options{.draws = kDraws, .keep = kKeep, .threads = 1};
    const std::array<int, 1> dimensions{kNumbers};
    const auto nearest = reject(
        dimensions,
        [&](int, std::span<const double>, std::uint32_t number, double) {
          return std::hypot(outcomes[number][0] - observed[0], outcomes[number][1] - observed[1]);
        },
        options);
    for (std::size_t k = 0; k < kNumbers; ++k) {
      double mean = 0;
      for (const AbcParticle& p : nearest) {
        mean += draws[p.number][k] / kKeep;
      }
      ranks[k].push_back(static_cast<int>(std::count_if(nearest.begin(), nearest.end(), [&](const AbcParticle& p) {
        return mean + spread * (draws[p.number][k] - mean) < truth[k];
      })));
    }
  }
  return ranks;
}

TEST(Calibration, of_the_numbers_of_a_battle_is_right_and_one_that_acts_on_nothing_keeps_its_prior) {
  for (const std::vector<int>& of_number : ranks(1)) {
    EXPECT_GT(uniform_ranks_p(of_number, kKeep, 1), 0.01);
  }
}

TEST(Calibration, sees_posteriors_that_are_too_narrow) {
  const auto narrow = ranks(0.3);
  EXPECT_LT(uniform_ranks_p(narrow[1], kKeep, 1), 0.01);
  EXPECT_LT(uniform_ranks_p(narrow[2], kKeep, 1), 0.01);
}

TEST(Calibration, of_what_the_record_informs_is_narrower_than_the_prior) {
  const CompiledModel model = battle();
  const RejectionOptions options{.draws = kDraws, .keep = 300};
  const std::array<double, 2> observed = left(model, {}, 1);
  const std::array<int, 1> dimensions{kNumbers};
  const auto nearest = reject(
      dimensions,
      [&](int, std::span<const double> z, std::uint32_t number, double) {
        const auto own = left(model, z, number);
        return std::hypot(own[0] - observed[0], own[1] - observed[1]);
      },
      options);
  std::array<double, kNumbers> sd{};
  const std::vector<double> same(nearest.size(), 1);
  for (std::size_t k = 0; k < kNumbers; ++k) {
    std::vector<double> z;
    for (const AbcParticle& p : nearest) {
      z.push_back(p.z[k]);
    }
    sd[k] = weighted_sd(z, same);
  }
  EXPECT_NEAR(sd[0], 1, 4 / std::sqrt(2 * 300.0));
  EXPECT_LT(sd[1], 0.7);
  EXPECT_LT(sd[2], 0.7);
}

}  // namespace
}  // namespace truel::record::fit
