// Ensembles: the same bytes however they are computed, and statistics that are those of the realizations.
#include "truel/ensemble/ensemble.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "ensemble/summary_bytes.hpp"
#include "support/random_war.hpp"
#include "support/solve.hpp"

namespace truel::test {
namespace {

using ensemble::EnsembleOptions;
using ensemble::RunStore;
using ensemble::Summary;

RunStore fresh_store() {
  auto store = RunStore::open({}, "test");
  TRUEL_CHECK(store.has_value());
  return std::move(store.value());
}

struct Whole {
  std::string summary;
  std::vector<std::string> runs;
  bool operator==(const Whole&) const = default;
};

Whole run_whole(const CompiledModel& model, const EnsembleOptions& options) {
  RunStore store = fresh_store();
  TRUEL_CHECK(ensemble::run(model, options, store));
  Whole whole{bytes_of(ensemble::summarise(model, options.solve, store)), {}};
  solver::Run run;
  for (const std::uint32_t number : store.numbers()) {
    store.read(number, run);
    whole.runs.push_back(bytes_of(run));
  }
  return whole;
}

RC_GTEST_PROP(Ensemble, is_the_same_to_the_byte_for_any_threads, ()) {
  const CompiledModel model = random_war({.most_days = 20}).compile();
  EnsembleOptions options{.solve = {.seed = *rc::gen::arbitrary<std::uint64_t>()}, .runs = 20, .threads = 1};
  const Whole reference = run_whole(model, options);
  RC_ASSERT(reference.runs.size() == 20U);
  for (const int threads : {2, 3}) {
    options.threads = threads;
    const bool is_same = run_whole(model, options) == reference;
    RC_ASSERT(is_same);
  }
}

RC_GTEST_PROP(Ensemble, summed_up_as_it_comes_is_what_its_store_says, ()) {
  const CompiledModel model = random_war({.most_days = 20}).compile();
  EnsembleOptions options{.solve = {.seed = *rc::gen::arbitrary<std::uint64_t>()}, .runs = 40, .threads = 1};
  options.precision = *rc::gen::element(0.0, .06);
  options.most_runs = 80;
  const std::string expected = run_whole(model, options).summary;
  for (const int threads : {1, 3}) {
    options.threads = threads;
    const auto done = ensemble::run_and_summarise(model, options);
    RC_ASSERT(done.has_value() && done->end.has_space);
    const bool is_same = bytes_of(done->summary) == expected;
    RC_ASSERT(is_same);
  }
}

RC_GTEST_PROP(Replay, is_the_realization_of_the_ensemble_bit_for_bit, ()) {
  const CompiledModel model = random_war({.most_fighters = 60, .most_days = 20}).compile();
  for (const solver::SolverKind kind : {solver::SolverKind::leap, solver::SolverKind::exact}) {
    const EnsembleOptions options{.solve = {.solver = kind}, .runs = 12, .threads = 2};
    RunStore store = fresh_store();
    RC_ASSERT(ensemble::run(model, options, store));
    const std::vector<std::uint32_t> numbers = {11, 0, 7};
    const auto kept = ensemble::replay(model, options.solve, numbers);
    const auto again = ensemble::replay(model, options.solve, std::vector<std::uint32_t>{7});
    for (std::size_t k = 0; k < numbers.size(); ++k) {
      solver::Run stored;
      store.read(numbers[k], stored);
      const bool is_same = bytes_of(kept[k].run) == bytes_of(stored);
      RC_ASSERT(is_same);
    }
    const bool has_same_path = bytes_of(again[0].path) == bytes_of(kept[2].path);
    RC_ASSERT(has_same_path);
  }
}

// A law that is on in some realizations only must not decide for the others on which days they stop.
TEST(Replay, is_the_realization_of_the_ensemble_where_a_law_is_on_in_some_of_them) {
  WarBuilder war(60);
  war.decide_every(7).ground("a").ground("b").place("town", "a").align("a", "b", 0);
  war.force("a", "town", 200).force("b", "town", 150).support("a", "town", .4).support("b", "town", .3);
  war.set("actors.a.kill_rate", .02).set("actors.b.kill_rate", .02);
  for (const std::string side : {"a", "b"}) {
    war.set("actors." + side + ".freeing_per_day", .3).set("actors." + side + ".subduing_per_day", .1);
    war.set("actors." + side + ".loyal_share", .5);
  }
  war.set("scenario.laws.loyalty.on", Distribution{.kind = DistributionKind::either, .among = {0, 1}});
  war.change(30, "ties.a.b.alignment", -1);
  const CompiledModel model = war.compile();
  const EnsembleOptions options{.runs = 32};
  RunStore store = fresh_store();
  ASSERT_TRUE(ensemble::run(model, options, store));
  int on = 0;
  for (std::uint32_t number = 0; number < options.runs; ++number) {
    solver::Run stored;
    store.read(number, stored);
    on += stored.draws[0] > 0;
    const std::vector<std::uint32_t> alone = {number};
    EXPECT_EQ(bytes_of(ensemble::replay(model, options.solve, alone)[0].run), bytes_of(stored)) << number;
  }
  EXPECT_GT(on, 4);
  EXPECT_LT(on, 28);
}

/// A duel of which either side wins its share, with an uncertain strength.
CompiledModel duel() {
  WarBuilder war(30);
  war.ground("a").ground("b").place("town", "a").place("hills", "b").road("hills", "town", 20);
  war.force("a", "town", 60).force("b", "town", 60).force("b", "hills", 3);
  war.set("places.town.population", 3000).set("places.hills.value", 3).set("actors.a.kill_rate", .05);
  war.set("actors.b.kill_rate", Distribution{DistributionKind::uniform, .03, .07, 0});
  war.set("ties.a.b.visibility", .5).set("ties.b.a.visibility", 1);
  war.set("scenario.laws.defection.on", 1).set("ties.b.a.defection_per_day", .01);
  war.set("scenario.laws.recruitment.on", 1).set("actors.b.recruits_per_day", .5);
  return war.compile();
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double x : values) {
    sum += x;
  }
  return sum / static_cast<double>(values.size());
}

/// From the means of the replicates. values: of all realizations, NaN where there is none.
double se_of(const std::vector<double>& values) {
  ensemble::Moments moments;
  for (std::uint32_t r = 0; r < values.size(); ++r) {
    if (!std::isnan(values[r])) {
      moments.add(values[r], r);
    }
  }
  return moments.se();
}

double quantile_of(std::vector<double> values, double level) {
  std::sort(values.begin(), values.end());
  const double position = level * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const double above = below + 1 < values.size() ? values[below + 1] : values[below];
  return values[below] + (position - std::floor(position)) * (above - values[below]);
}

/// all: of all realizations, NaN where there is none.
void expect_quantity(const ensemble::Quantity& quantity, const std::vector<double>& all) {
  std::vector<double> values = all;
  std::erase_if(values, [](double x) { return std::isnan(x); });
  EXPECT_NEAR(quantity.mean, mean_of(values), 1e-6 * (1 + std::abs(mean_of(values))));
  EXPECT_NEAR(quantity.se, se_of(all), 1e-6 * (1 + se_of(all)));
  EXPECT_NEAR(quantity.q05, quantile_of(values, .05), 1e-5 * (1 + quantile_of(values, .05)));
  EXPECT_NEAR(quantity.q50, quantile_of(values, .50), 1e-5 * (1 + quantile_of(values, .50)));
  EXPECT_NEAR(quantity.q95, quantile_of(values, .95), 1e-5 * (1 + quantile_of(values, .95)));
}

TEST(Summary, its_statistics_are_those_of_the_realizations) {
  const CompiledModel model = duel();
  const EnsembleOptions options{.runs = 200};
  RunStore store = fresh_store();
  ASSERT_TRUE(ensemble::run(model, options, store));
  const Summary summary = ensemble::summarise(model, options.solve, store);
  const std::vector<solver::Run> runs = solve_many(model, options.solve, options.runs);
  ASSERT_EQ(summary.runs, 200);
  EXPECT_EQ(summary.failed_runs, 0);
  EXPECT_EQ(summary.days, solver::stored_days(model, options.solve));
  const std::size_t n_times = summary.days.size();
  for (const ActorIndex a : {0, 1}) {
    const ensemble::ActorSummary& actor = summary.actors[at(a)];
    const auto outcomes = [&](ActorOutcome o) {
      std::vector<double> values;
      for (const solver::Run& run : runs) {
        values.push_back(run.of(a, o));
      }
      return values;
    };
    for (const ActorOutcomeInfo& info : actor_outcomes()) {
      if (info.is_in(kInSummary) && info.scale != OutcomeScale::day) {
        expect_quantity(actor.of(info.outcome), outcomes(info.outcome));
      }
    }
    EXPECT_NEAR(actor.survival_probability, mean_of(outcomes(ActorOutcome::survives)), 1e-12);
    EXPECT_NEAR(actor.survival_se, se_of(outcomes(ActorOutcome::survives)), 1e-9);
    const std::vector<double> collapses = outcomes(ActorOutcome::collapse_day);
    const auto fell = std::count_if(collapses.begin(), collapses.end(), [](double day) { return !std::isnan(day); });
    EXPECT_NEAR(actor.collapse_share, static_cast<double>(fell) / 200, 1e-12);
    if (fell > 0) {
      expect_quantity(actor.of(ActorOutcome::collapse_day), collapses);
    }
    for (std::size_t t = 0; t < n_times; ++t) {
      std::vector<double> fighters;
      std::vector<double> territory;
      for (const solver::Run& run : runs) {
        fighters.push_back(static_cast<double>(run.fighters[at(a) * n_times + t]));
        territory.push_back(static_cast<double>(run.value_share[at(a) * n_times + t]));
      }
      expect_quantity(actor.fighters[t], fighters);
      expect_quantity(actor.territory[t], territory);
    }
  }
  // Both sides collapse and survive in some realizations: there was something to count.
  EXPECT_GT(summary.actors[0].collapse_share, .1);
  EXPECT_LT(summary.actors[0].survival_probability, .9);
  for (PlaceIndex p = 0; p < model.n_places(); ++p) {
    for (std::size_t t = 0; t < n_times; ++t) {
      double sum = 0;
      for (const int holder : {0, 1, int{kNone}}) {
        double count = 0;
        for (const solver::Run& run : runs) {
          count += run.control[at(p) * n_times + t] == holder;
        }
        EXPECT_NEAR(summary.control.of(p, t, holder), count / 200, 1e-6);
        sum += static_cast<double>(summary.control.of(p, t, holder));
      }
      EXPECT_NEAR(sum, 1, 1e-6);
    }
  }
  ASSERT_EQ(summary.dyads.size(), 2);
  for (const ensemble::DyadSummary& dyad : summary.dyads) {
    std::vector<double> losses;
    std::vector<double> effort;
    const std::size_t pair = at(dyad.attacker * 2 + dyad.target);
    for (const solver::Run& run : runs) {
      losses.push_back(run.losses[pair]);
      effort.push_back(run.effort[pair]);
    }
    expect_quantity(dyad.losses, losses);
    expect_quantity(dyad.effort_share, effort);
    EXPECT_NEAR(dyad.losses_by_time.back(), mean_of(losses), 1e-4);
    EXPECT_TRUE(std::is_sorted(dyad.losses_by_time.begin(), dyad.losses_by_time.end()));
  }
  std::vector<double> harm;
  for (const solver::Run& run : runs) {
    harm.push_back(run.civilian_harm);
  }
  expect_quantity(summary.civilian_harm, harm);
  EXPECT_GT(mean_of(harm), 0);
}

TEST(Ensemble, with_a_precision_runs_until_every_survival_probability_is_known_as_well) {
  const CompiledModel model = duel();
  EnsembleOptions options{.runs = 50, .precision = .02};
  RunStore store = fresh_store();
  ASSERT_TRUE(ensemble::run(model, options, store));
  const Summary summary = ensemble::summarise(model, options.solve, store);
  EXPECT_GT(summary.runs, 300);  // p (1 - p) / n = 0.02 squared, with p near one half
  EXPECT_LT(summary.runs, 1200);
  for (const ensemble::ActorSummary& actor : summary.actors) {
    EXPECT_LE(actor.survival_se, .02);
  }
  options.precision = .001;
  options.most_runs = summary.runs + 100;
  ASSERT_TRUE(ensemble::run(model, options, store));
  EXPECT_EQ(store.size(), summary.runs + 100);
}

TEST(Ensemble, a_precision_is_not_reached_at_once_where_all_runs_agree) {
  WarBuilder war(5);
  war.ground("a").place("town", "a").force("a", "town", 60);
  const CompiledModel model = war.compile();
  const EnsembleOptions options{.runs = 50, .precision = .001};
  RunStore store = fresh_store();
  ASSERT_TRUE(ensemble::run(model, options, store));
  EXPECT_EQ(store.size(), 1024U) << "0 deaths in n runs: half of Wilson's interval is 1.96 thousandths at 977 runs";
  const Summary summary = ensemble::summarise(model, options.solve, store);
  EXPECT_EQ(summary.actors[0].survival_se, 0);
  EXPECT_NEAR(summary.actors[0].survival_interval.low, 1024 / (1024 + 3.8415), 1e-6);
}

// Where nothing is drawn before the first decision is made, all realizations of a batch begin with that of the first.
TEST(Replay, is_the_realization_of_the_ensemble_where_all_begin_alike) {
  WarBuilder war(20);
  war.decide_every(7).ground("a").ground("b").place("town", "a");
  war.force("a", "town", 30).force("b", "town", 30).set("actors.a.kill_rate", .05).set("actors.b.kill_rate", .04);
  const CompiledModel model = war.compile();
  for (const solver::SolverKind kind : {solver::SolverKind::leap, solver::SolverKind::exact}) {
    const EnsembleOptions options{.solve = {.solver = kind}, .runs = 64, .threads = 1};
    RunStore store = fresh_store();
    ASSERT_TRUE(ensemble::run(model, options, store));
    const auto kept = ensemble::replay(model, options.solve, store.numbers());
    for (const ensemble::KeptRun& one : kept) {
      solver::Run stored;
      store.read(one.run.number, stored);
      EXPECT_EQ(bytes_of(one.run), bytes_of(stored)) << one.run.number;
    }
  }
}

TEST(Ensemble, asked_for_fewer_than_are_kept_it_uses_exactly_those) {
  const CompiledModel model = duel();
  EnsembleOptions options{.runs = 30};
  const std::string expected = run_whole(model, options).summary;
  RunStore store = fresh_store();
  options.runs = 64;
  ASSERT_TRUE(ensemble::run(model, options, store));
  options.runs = 30;
  const ensemble::RunEnd end = ensemble::run(model, options, store);
  EXPECT_EQ(end.wanted, 30U);
  EXPECT_EQ(store.size(), 30U);
  EXPECT_EQ(bytes_of(ensemble::summarise(model, options.solve, store)), expected);
}

TEST(Ensemble, the_number_of_runs_that_a_precision_takes_does_not_depend_on_threads) {
  const CompiledModel model = duel();
  EnsembleOptions options{.runs = 10, .precision = .03, .threads = 1};
  const Whole one = run_whole(model, options);
  options.threads = 2;
  EXPECT_EQ(run_whole(model, options), one);
}

TEST(Ensemble, stopped_by_its_user_keeps_what_is_done_and_goes_on_from_there) {
  const CompiledModel model = duel();
  EnsembleOptions options{.runs = 64, .threads = 2};
  std::atomic<bool> stop = false;
  options.stop = &stop;
  std::size_t greatest = 0;
  options.progress = [&](const ensemble::Progress& progress) {
    EXPECT_EQ(progress.wanted, 64);
    EXPECT_GT(progress.done, greatest);
    EXPECT_GE(progress.seconds, 0);
    greatest = progress.done;
    stop = progress.done >= 20;
  };
  RunStore store = fresh_store();
  ASSERT_TRUE(ensemble::run(model, options, store));
  EXPECT_EQ(store.size(), greatest);
  EXPECT_GE(store.size(), 20);
  EXPECT_LE(store.size(), 30);
  EXPECT_EQ(ensemble::summarise(model, options.solve, store).runs, greatest);
  options.stop = nullptr;
  options.progress = nullptr;
  ASSERT_TRUE(ensemble::run(model, options, store));
  EXPECT_EQ(bytes_of(ensemble::summarise(model, options.solve, store)), run_whole(model, options).summary);
}

TEST(Summary, of_nothing_yet_says_so) {
  const CompiledModel model = duel();
  const Summary summary = ensemble::summarise(model, {}, fresh_store());
  EXPECT_EQ(summary.runs, 0);
  EXPECT_TRUE(std::isnan(summary.actors[0].survival_probability));
  EXPECT_TRUE(std::isnan(summary.actors[0].of(ActorOutcome::final_fighters).mean));
}

TEST(Summary, counts_those_who_turn_and_when_apart_from_those_who_never_do) {
  const CompiledModel model = duel();
  const EnsembleOptions options;
  RunStore store = fresh_store();
  for (solver::Run& run : solve_many(model, options.solve, 10)) {
    const bool turns = run.number % 4 == 0;
    run.of(0, ActorOutcome::turn_day) = turns ? 14 + run.number : kAbsent;
    ASSERT_TRUE(store.append(run));
  }
  const Summary summary = ensemble::summarise(model, options.solve, store);
  EXPECT_DOUBLE_EQ(summary.actors[0].turn_share, .3);
  EXPECT_DOUBLE_EQ(summary.actors[0].of(ActorOutcome::turn_day).mean, 18);
  EXPECT_EQ(summary.actors[1].turn_share, 0);  // it has one enemy all along
  EXPECT_TRUE(std::isnan(summary.actors[1].of(ActorOutcome::turn_day).mean));
}

TEST(Summary, counts_failed_realizations_and_leaves_them_out) {
  WarBuilder war(30);
  war.ground("a").ground("b").place("town", "a").force("a", "town", 60).force("b", "town", 60);
  war.set("actors.a.kill_rate", .1).set("actors.b.kill_rate", .1);
  const CompiledModel model = war.compile();
  EnsembleOptions options{.solve = {.solver = solver::SolverKind::exact}, .runs = 40};
  RunStore all = fresh_store();
  ASSERT_TRUE(ensemble::run(model, options, all));
  options.solve.event_limit = 95;  // some battles take more events, some fewer
  RunStore store = fresh_store();
  ASSERT_TRUE(ensemble::run(model, options, store));
  const Summary summary = ensemble::summarise(model, options.solve, store);
  EXPECT_GT(summary.failed_runs, 3);
  EXPECT_GT(summary.runs, 3);
  EXPECT_EQ(summary.runs + summary.failed_runs, 40);
  std::vector<double> left(40, kAbsent);
  solver::Run run;
  for (std::uint32_t r = 0; r < 40; ++r) {
    store.read(r, run);
    if (run.status == solver::RunStatus::complete) {
      left[r] = run.of(0, ActorOutcome::final_fighters);
      solver::Run free;
      all.read(r, free);
      EXPECT_EQ(bytes_of(run), bytes_of(free));
    } else {
      EXPECT_EQ(run.status, solver::RunStatus::event_limit);
    }
  }
  expect_quantity(summary.actors[0].of(ActorOutcome::final_fighters), left);
}

}  // namespace
}  // namespace truel::test
