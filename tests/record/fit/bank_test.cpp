// Banks of runs, reweighted, against what can be worked out by hand.
#include "truel/record/fit/control/bank.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "truel/base/random.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/record/fit/control/kept_runs.hpp"

namespace truel::record::fit {
namespace {

using Runs = std::vector<std::vector<int>>;

BankWindow window(Day origin, Day until, std::vector<int> before, std::vector<int> observed) {
  BankWindow w{.window = {origin, origin, until, 3}, .before = std::move(before), .observed = std::move(observed)};
  w.sides = 2;
  return w;
}

TEST(Bank, a_draws_loss_is_the_fair_brier_score_of_its_runs) {
  BankWindow w = window(0, 90, {0, 0}, {1, 0});
  // First place: 3 of 4 runs say 1; second: 1 of 4 says 1. (1/4)^2 * 2 - 2 * (3/16) / 3 = 0 for both.
  add_draw(w, Runs{{1, 0}, {1, 0}, {1, 1}, {0, 0}});
  add_draw(w, Runs{{0, 1}, {0, 1}});  // wrong and sure: 2 + 2
  add_draw(w, Runs{{1, 0}});          // too few
  EXPECT_NEAR(w.loss[0], 0, 1e-12);
  EXPECT_NEAR(w.loss[1], 4, 1e-12);
  EXPECT_TRUE(std::isnan(w.loss[2]));
  EXPECT_EQ(w.moved[0], (std::vector<float>{1, 1, 2, 0}));
  const std::vector<double> same = losses_against(w, w.observed, {});
  EXPECT_NEAR(same[0], 0, 1e-6);  // shares are kept as floats
  EXPECT_NEAR(same[1], 4, 1e-6);
  EXPECT_TRUE(std::isnan(same[2]));
  EXPECT_NEAR(losses_against(w, std::vector{0, 1}, {})[1], 0, 1e-12);
}

TEST(Bank, a_draws_loss_of_deaths_is_the_fair_crps_of_the_log_of_its_runs) {
  BankWindow w = window(0, 90, {0}, {0});
  w.recorded = {std::log1p(9.0), 0};
  w.target = FitTarget::both;
  const auto runs = [](const std::vector<std::pair<double, double>>& deaths) {
    std::vector<std::vector<float>> logs;
    for (const auto& [first, second] : deaths) {
      logs.push_back({static_cast<float>(std::log1p(first)), static_cast<float>(std::log1p(second))});
    }
    return logs;
  };
  add_draw(w, Runs{{0}, {0}, {0}});
  add_deaths(w, runs({{99, 0}, {0, 0}, {9, 0}}));
  // |log 10|, twice, over 3; pairs: log 10 twice and log 100 once, ordered twice, over 2 * 3 * 2: nothing for 0, 0, 0.
  const double ten = std::log(10.0);
  EXPECT_NEAR(w.death_loss[0], 2 * ten / 3 - 2 * (2 * ten + 2 * ten) / 12, 1e-6);
  EXPECT_EQ(w.all_deaths[0].size(), 3U);
  EXPECT_NEAR(w.all_deaths[0][0], 99, 1e-4);
  add_draw(w, Runs{{1}, {1}});
  add_deaths(w, runs({{0, 3}, {0, 3}}));
  EXPECT_NEAR(w.death_loss[1], ten + std::log(4.0), 1e-6);
  EXPECT_NEAR(w.followed(1), 2 + ten + std::log(4.0), 1e-6) << "places and cells count alike";
  EXPECT_EQ(w.followed_units(), 3U);
  add_draw(w, Runs{{1}});
  add_deaths(w, runs({{0, 3}}));
  EXPECT_TRUE(std::isnan(w.followed(2)));
  const std::vector<float> same(w.recorded.begin(), w.recorded.end());
  EXPECT_NEAR(losses_against(w, w.observed, same)[0], w.followed(0), 1e-6);
  EXPECT_NEAR(losses_against(w, w.observed, std::vector<float>{0, std::log1p(3.0F)})[1], 2, 1e-6);
  w.target = FitTarget::deaths;
  EXPECT_NEAR(w.followed(1), ten + std::log(4.0), 1e-6);
  EXPECT_NEAR(losses_against(w, w.observed, same)[1], w.followed(1), 1e-6);
  w.target = FitTarget::control;
  EXPECT_NEAR(w.followed(1), 2, 1e-12);
}

TEST(Bank, the_deaths_of_a_mixture_are_scored_by_pairs_of_different_draws) {
  BankWindow w = window(0, 90, {0}, {0});
  w.recorded = {1.5, 0.2};
  const std::vector<std::vector<std::vector<float>>> draws{
      {{1, 0}, {2, 1}}, {{0.5, 0}, {0.25, 0}, {3, 2}}, {{1.5, 0.5}, {1, 0.125}}};
  const std::vector<double> weights{0.5, 0.3, 0.2};
  for (const auto& runs : draws) {
    add_draw(w, Runs(runs.size(), {0}));
    add_deaths(w, runs);
  }
  double expected = 0;
  for (std::size_t c = 0; c < 2; ++c) {
    double distance = 0;
    double pairs = 0;
    double chance = 0;  // that two draws differ
    for (std::size_t i = 0; i < 3; ++i) {
      for (const std::vector<float>& own : draws[i]) {
        const double share = weights[i] / static_cast<double>(draws[i].size());
        distance += share * std::abs(static_cast<double>(own[c]) - w.recorded[c]);
        for (std::size_t j = 0; j < 3; ++j) {
          for (const std::vector<float>& other : draws[j]) {
            const double both = i == j ? 0 : share * weights[j] / static_cast<double>(draws[j].size());
            pairs += both * std::abs(static_cast<double>(own[c] - other[c]));
            chance += both;
          }
        }
      }
    }
    expected += distance - pairs / chance / 2;
  }
  EXPECT_NEAR(mixture_death_loss(w, weights), expected, 1e-6);
  // All weight on one draw: the CRPS of its runs.
  EXPECT_NEAR(mixture_death_loss(w, std::vector<double>{1, 0, 0}), (0.5 + 0.5) / 2 - 0.25 + ((0.2 + 0.8) / 2 - 0.25),
              1e-6);
}

TEST(Bank, weights_are_the_generalised_posterior_and_its_size_is_kishs) {
  BankWindow one = window(0, 90, {0}, {0});
  BankWindow two = window(91, 180, {0}, {0});
  one.loss = {0.5, 1.0, std::numeric_limits<double>::quiet_NaN()};
  two.loss = {1.5, 0.25, 0};
  const std::vector<const BankWindow*> both{&one, &two};
  const std::vector<double> w = bank_weights(both, 2, 3);
  const double a = std::exp(-2 * 2.0);
  const double b = std::exp(-2 * 1.25);
  EXPECT_NEAR(w[0], a / (a + b), 1e-12);
  EXPECT_NEAR(w[1], b / (a + b), 1e-12);
  EXPECT_EQ(w[2], 0);
  EXPECT_NEAR(effective_size(w), (a + b) * (a + b) / (a * a + b * b), 1e-12);
  EXPECT_EQ(bank_weights(both, 0, 3), (std::vector{0.5, 0.5, 0.0}));
}

TEST(Bank, the_loss_of_a_mixture_does_not_depend_on_how_many_draws_it_has) {
  // Of each draw a probability, uniform on (0, 1), and four runs: in expectation the loss is that of 1/2, which is 1/2.
  double sum = 0;
  constexpr int kRepeats = 4000;
  for (int repeat = 0; repeat < kRepeats; ++repeat) {
    BankWindow w = window(0, 90, {0}, {1});
    for (std::uint32_t draw = 0; draw < 5; ++draw) {
      RandomStream random(1, static_cast<std::uint32_t>(repeat), draw, Purpose::design, 0);
      const double p = random.uniform();
      Runs runs;
      for (int k = 0; k < 4; ++k) {
        runs.push_back({random.uniform() < p ? 1 : 0});
      }
      add_draw(w, runs);
    }
    sum += mixture_loss(w, std::vector<double>(5, 0.2));
  }
  EXPECT_NEAR(sum / kRepeats, 0.5, 0.02);  // without what is taken off: 0.55
  EXPECT_LT(std::abs(sum / kRepeats - 0.5), 0.0165);
}

TEST(Bank, learns_a_probability_as_the_closed_form_says) {
  // One place a window; the draw is the probability p = (i + 1/2) / n that it changes hands, exactly (as if of endless
  // runs); it does. Brier 2 (1 - p)^2, so that the posterior density of p is in proportion to exp(-2 w m (1 - p)^2): a
  // normal distribution around 1 with variance 1 / (4 w m), cut off at 0 and 1.
  constexpr std::size_t kDraws = 2000;
  BankWindow w = window(0, 90, {0}, {1});
  for (std::size_t i = 0; i < kDraws; ++i) {
    const double p = (static_cast<double>(i) + 0.5) / kDraws;
    w.loss.push_back(2 * (1 - p) * (1 - p));
  }
  const std::vector<const BankWindow*> learnt(6, &w);
  const std::vector<double> weights = bank_weights(learnt, 3, kDraws);
  double mean = 0;
  for (std::size_t i = 0; i < kDraws; ++i) {
    mean += weights[i] * (static_cast<double>(i) + 0.5) / kDraws;
  }
  const double sd = 1 / std::sqrt(4 * 3.0 * 6);
  EXPECT_NEAR(mean, 1 - sd * std::sqrt(2 / M_PI), 1e-4);
}

TEST(Bank, a_records_place_among_runs_counts_half_of_those_equal_to_it) {
  // The second draw has one run without a value: its other one keeps the half of the weight that it had.
  const std::vector<std::vector<float>> values{{1, 2}, {2, std::numeric_limits<float>::quiet_NaN()}};
  const std::vector<double> weights{0.5, 0.5};
  EXPECT_NEAR(share_below(values, weights, 2), (0.25 + (0.25 + 0.25) / 2) / 0.75, 1e-12);
  EXPECT_NEAR(share_below(values, weights, 0), 0, 1e-12);
  EXPECT_NEAR(share_below(values, weights, 3), 1, 1e-12);
  EXPECT_NEAR(moved(values, weights).mean, (1 * 0.25 + 2 * 0.25 + 2 * 0.25) / 0.75, 1e-12);
  EXPECT_TRUE(std::isnan(share_below(values, weights, std::numeric_limits<double>::quiet_NaN())));
  EXPECT_TRUE(std::isnan(share_below({{}}, std::vector{1.0}, 1)));
}

TEST(Bank, spells_under_way_on_the_first_day_are_counted_from_it) {
  // One place is lost after two days; another after one, and is back a day later.
  const Course course = course_of({{0, 0, 1, 1}, {0, 1, 0, 0}}, 1);
  EXPECT_EQ(course.first_month, 1);
  EXPECT_NEAR(course.spell_days, (2 + 1 + 1) / 3.0, 1e-6);
  EXPECT_TRUE(std::isnan(course_of({{0, 0}, {1, 1}}, 1).spell_days)) << "no spell ends";
}

TEST(Bank, what_has_not_ended_before_an_origin_teaches_nothing_there) {
  std::vector<BankWindow> windows{window(0, 90, {0}, {1}), window(90, 180, {0}, {1}), window(91, 181, {0}, {0})};
  for (BankWindow& w : windows) {
    add_draw(w, Runs{{1}, {1}, {1}});
    add_draw(w, Runs{{0}, {0}, {0}});
  }
  const Tempering t = temper(windows, 100);
  EXPECT_TRUE(std::isnan(t.held_back[0]));
  EXPECT_TRUE(std::isnan(t.held_back[1])) << "the first ends on the day that the second begins";
  EXPECT_NEAR(t.held_back[2], 2, 1e-9) << "it has learnt that places change hands, and none does";
  EXPECT_EQ(t.windows, 1U);
  EXPECT_EQ(t.covered, 0U);
  EXPECT_NEAR(t.effective, 1, 1e-9);
  std::vector<Tempering> tried{temper(windows, 0), t};
  EXPECT_EQ(choose(tried, 0), 0U);
  tried[1].mean = -1;
  EXPECT_EQ(choose(tried, 0), 1U);
  EXPECT_EQ(choose(tried, 1.5), 0U) << "too few draws are left";
}

TEST(Bank, a_strength_whose_intervals_miss_the_number_of_changes_is_not_chosen) {
  std::vector<Tempering> tried(3);
  for (std::size_t k = 0; k < tried.size(); ++k) {
    tried[k].effective = 1000;
    tried[k].mean = 1 - 0.1 * static_cast<double>(k);
    tried[k].windows = 20;
  }
  tried[1].covered = 16;  // of 20 at 0.9: a tail of 0.13
  tried[2].covered = 15;  // 0.043
  EXPECT_TRUE(tried[1].covers());
  EXPECT_FALSE(tried[2].covers());
  EXPECT_EQ(choose(tried, 100), 1U);
  tried[1].covered = 0;
  EXPECT_EQ(choose(tried, 100), 0U) << "the prior covers none either, but nothing is learnt from it";
  EXPECT_TRUE(Tempering{}.covers()) << "nothing is held back";
}

TEST(Bank, a_strength_is_judged_by_what_the_weights_follow) {
  // Who holds the place is right in the first draw, how many die in the second.
  std::vector<BankWindow> windows{window(0, 90, {0}, {1}), window(91, 181, {0}, {1})};
  for (BankWindow& w : windows) {
    w.recorded = {2};
    add_draw(w, Runs{{1}, {1}});
    add_deaths(w, {{0}, {0}});
    add_draw(w, Runs{{0}, {0}});
    add_deaths(w, {{2}, {2}});
  }
  const auto mean = [&](FitTarget target) {
    for (BankWindow& w : windows) {
      w.target = target;
    }
    const Tempering t = temper(windows, 1);
    EXPECT_NEAR(t.held_back[1], mixture_loss(windows[1], weights_before(windows, windows[1], 1)), 1e-12);
    return t.mean;
  };
  const double by_control = 1 / (1 + std::exp(-2.0));  // weight of the first draw
  EXPECT_NEAR(mean(FitTarget::control), mixture_loss(windows[1], std::vector{by_control, 1 - by_control}), 1e-9);
  EXPECT_NEAR(mean(FitTarget::deaths), mixture_death_loss(windows[1], std::vector{1 - by_control, by_control}), 1e-9);
  const std::vector even{0.5, 0.5};
  EXPECT_NEAR(mean(FitTarget::both), (mixture_loss(windows[1], even) + mixture_death_loss(windows[1], even)) / 2, 1e-9);
}

TEST(Bank, the_losses_of_a_mixture_by_unit_are_those_of_each_alone) {
  BankWindow both = window(91, 180, {0, 0}, {1, 0});
  BankWindow one = window(91, 180, {0}, {1});
  BankWindow other = window(91, 180, {0}, {0});
  const std::vector<Runs> draws{{{1, 0}, {1, 0}, {0, 1}}, {{0, 0}, {0, 1}, {0, 0}}, {{1, 1}, {1, 1}, {1, 0}}};
  for (const Runs& runs : draws) {
    Runs first;
    Runs second;
    for (const std::vector<int>& run : runs) {
      first.push_back({run[0]});
      second.push_back({run[1]});
    }
    add_draw(both, runs);
    add_draw(one, first);
    add_draw(other, second);
  }
  const std::vector<double> weights{0.5, 0.3, 0.2};
  const std::vector<double> losses = mixture_losses(both, weights);
  ASSERT_EQ(losses.size(), 2U);
  EXPECT_NEAR(losses[0], mixture_loss(one, weights), 1e-12);
  EXPECT_NEAR(losses[1], mixture_loss(other, weights), 1e-12);
  EXPECT_NEAR(losses[0] + losses[1], mixture_loss(both, weights), 1e-12);
  EXPECT_NE(losses[0], losses[1]);
}

TEST(Bank, weights_before_a_window_are_those_of_the_windows_that_had_ended) {
  std::vector<BankWindow> windows{window(0, 90, {0}, {1}), window(0, 181, {0}, {1}), window(91, 181, {0}, {0})};
  for (BankWindow& w : windows) {
    add_draw(w, Runs{{1}, {0}, {1}});
    add_draw(w, Runs{{0}, {0}, {1}});
  }
  const std::vector<const BankWindow*> first{&windows[0]};
  EXPECT_EQ(weights_before(windows, windows[2], 2), bank_weights(first, 2, 2));
  EXPECT_TRUE(weights_before(windows, windows[0], 2).empty());
}

}  // namespace
}  // namespace truel::record::fit
