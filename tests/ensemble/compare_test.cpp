// Pairs of runs: the same until the sides part, and differences that are those of the two ensembles.
#include "truel/ensemble/compare/compare.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "support/war_builder.hpp"
#include "truel/ensemble/compare/variants.hpp"

namespace truel::test {
namespace {

using ensemble::ComparedRow;
using ensemble::Comparison;

/// Two sides who fire at each other, with recruits and numbers that are uncertain; on day 30 more of red arrive.
WarBuilder skirmish() {
  WarBuilder war(60);
  war.decide_every(7)
      .ground("blue")
      .ground("red")
      .place("field", "blue")
      .place("hill", "red")
      .road("field", "hill", 20);
  war.force("blue", "field", 120).force("red", "field", 100).force("red", "hill", 40);
  war.set("actors.blue.kill_rate", {DistributionKind::loguniform, 0.004, 0.012});
  war.set("actors.red.kill_rate", {DistributionKind::uniform, 0.005, 0.01});
  war.set("scenario.laws.recruitment.on", 1).set("actors.blue.recruits_per_day", 1);
  return war.arrive(30, "red", "hill", 10);
}

std::string arrival_of(const War& war) {
  return war.parameters[at(war.intervention(0))].path;
}

std::shared_ptr<const War> changed(const std::shared_ptr<const War>& war, const std::string& path,
                                   const Distribution& distribution) {
  auto copy = std::make_shared<War>(*war);
  copy->parameters[at(copy->find_parameter(path))].distribution = distribution;
  return copy;
}

template <class T>
void expect_same_until(const std::vector<T>& one, const std::vector<T>& other, std::size_t n_times, std::size_t until) {
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (i % n_times < until) {
      EXPECT_EQ(one[i], other[i]) << "day " << i % n_times;
    }
  }
}

TEST(Compare, a_change_at_a_date_is_a_fork_of_history) {
  const auto base = skirmish().build();
  const auto more = changed(base, arrival_of(*base), {DistributionKind::uniform, 50, 90});
  ASSERT_EQ(ensemble::fork_day(*base, *more), kFirstDay + 30);
  const auto one = compile(base);
  const auto other = compile(more);
  const std::vector<std::uint32_t> numbers = {0, 1, 2, 3, 4, 5, 6, 7};
  for (const solver::SolverKind kind : {solver::SolverKind::leap, solver::SolverKind::exact}) {
    const solver::SolveOptions options{.solver = kind, .every_days = 1};
    const auto a = ensemble::replay(*one, options, numbers);
    const auto b = ensemble::replay(*other, options, numbers);
    for (const std::uint32_t r : numbers) {
      expect_same_until(a[r].run.fighters, b[r].run.fighters, 61, 30);
      expect_same_until(a[r].run.dyad_losses, b[r].run.dyad_losses, 61, 30);
      expect_same_until(a[r].run.control, b[r].run.control, 61, 30);
      const std::size_t a_day = at(base->places.size() * base->actors.size());
      ASSERT_EQ(a[r].path.fighters.size(), 61 * a_day);
      EXPECT_TRUE(std::equal(a[r].path.fighters.begin(), a[r].path.fighters.begin() + 30 * static_cast<long>(a_day),
                             b[r].path.fighters.begin()));
      EXPECT_NE(a[r].run.fighters[61 + 30], b[r].run.fighters[61 + 30]) << "red, who gets more men on that day";
    }
  }
}

TEST(Compare, sides_part_on_the_day_of_the_first_number_that_differs) {
  WarBuilder builder = skirmish();
  builder.sponsor("blue", "abroad", 20, 40).set("sponsors.blue.abroad.finance", 5);
  const auto war = builder.build();
  const auto fork = [&](const std::string& path, double value) {
    return ensemble::fork_day(*war, *changed(war, path, {.a = value}));
  };
  EXPECT_EQ(ensemble::fork_day(*war, *war), std::nullopt);
  EXPECT_EQ(fork("actors.blue.recruits_per_day", 2), kFirstDay);
  War given = *war;
  given.given.emplace_back(0, 1);
  EXPECT_EQ(ensemble::fork_day(*war, given), kFirstDay);
  EXPECT_EQ(fork("sponsors.blue.abroad.finance", 6), kFirstDay + 20);
  EXPECT_EQ(fork(arrival_of(*war), 11), kFirstDay + 30);
  EXPECT_EQ(fork(arrival_of(*war), 10), std::nullopt);
  const auto moved = [&](int day) { return fork("interventions.change0.date", kFirstDay + day); };
  EXPECT_EQ(moved(12), kFirstDay + 12);
  EXPECT_EQ(moved(50), kFirstDay + 30);
  EXPECT_EQ(moved(-5), kFirstDay);
  EXPECT_EQ(fork("interventions.change0.on", 0), kFirstDay + 30);
}

const ComparedRow& row(const Comparison& comparison, const std::string& name) {
  const auto found = std::find_if(comparison.rows.begin(), comparison.rows.end(),
                                  [&](const ComparedRow& r) { return r.outcome.name == name; });
  TRUEL_CHECK(found != comparison.rows.end());
  return *found;
}

TEST(Compare, differences_are_those_of_the_two_ensembles_and_less_noisy) {
  const auto base = skirmish().build();
  const auto first = compile(base);
  const auto second = compile(changed(base, "actors.blue.recruits_per_day", {.a = 1.2}));
  const ensemble::EnsembleOptions options{.runs = 300};
  const Comparison comparison = ensemble::compare(*first, *second, options);
  const auto alone = [&](const CompiledModel& model) {
    auto store = ensemble::RunStore::open({}, "test");
    TRUEL_CHECK(store.has_value() && ensemble::run(model, options, *store));
    return ensemble::summarise(model, options.solve, *store);
  };
  const ensemble::Summary a = alone(*first);
  const ensemble::Summary b = alone(*second);
  const auto blue = at(0);
  const ComparedRow& fighters = row(comparison, "actors.blue.final_fighters");
  EXPECT_DOUBLE_EQ(fighters.first.value, a.actors[blue].of(ActorOutcome::final_fighters).mean);
  EXPECT_DOUBLE_EQ(fighters.second.value, b.actors[blue].of(ActorOutcome::final_fighters).mean);
  EXPECT_NEAR(fighters.difference.value, fighters.second.value - fighters.first.value, 1e-9);
  EXPECT_EQ(fighters.difference.n, 300U);
  EXPECT_LT(fighters.difference.standard_error, 0.5 * std::hypot(a.actors[blue].of(ActorOutcome::final_fighters).se,
                                                                 b.actors[blue].of(ActorOutcome::final_fighters).se));
  EXPECT_TRUE(fighters.is_certain()) << "a fifth more recruits over sixty days";
  EXPECT_DOUBLE_EQ(row(comparison, "actors.red.losses").first.value, a.actors[1].of(ActorOutcome::killed).mean);
  EXPECT_DOUBLE_EQ(row(comparison, "civilian_harm").second.value, b.civilian_harm.mean);
  EXPECT_EQ(comparison.first_failed + comparison.second_failed, 0U);
}

TEST(Compare, who_survives_lasts_until_the_last_day) {
  WarBuilder war(50);
  war.ground("blue").ground("red").place("field", "blue").force("blue", "field", 200).force("red", "field", 5);
  war.set("actors.blue.kill_rate", 1).set("actors.red.kill_rate", 0.001);
  const auto base = war.build();
  const auto first = compile(base);
  const auto second = compile(changed(base, "actors.blue.kill_rate", {.a = 0}));
  const Comparison comparison = ensemble::compare(*first, *second, {.runs = 10});
  const ComparedRow& life = row(comparison, "actors.red.life_days");
  EXPECT_LT(life.first.value, 10);
  EXPECT_EQ(life.second.value, 50);
  EXPECT_EQ(row(comparison, "actors.red.survival_probability").difference.value, 1);
}

TEST(Compare, holders_of_a_place_are_counted_pair_by_pair) {
  const auto base = skirmish().build();
  const auto first = compile(base);
  const auto second = compile(std::make_shared<const War>(*ensemble::without(*base, 0)));
  const ensemble::EnsembleOptions options{.runs = 40};
  const Comparison comparison = ensemble::compare(*first, *second, options);
  std::vector<std::uint32_t> numbers(options.runs);
  std::iota(numbers.begin(), numbers.end(), 0U);
  const auto a = ensemble::replay(*first, options.solve, numbers);
  const auto b = ensemble::replay(*second, options.solve, numbers);
  ASSERT_EQ(comparison.places.size(), base->places.size());
  bool is_news = false;
  for (std::size_t p = 0; p < base->places.size(); ++p) {
    const auto holder = [p, n = base->places.size()](const ensemble::KeptRun& k) {
      const std::size_t n_times = k.run.control.size() / n;
      return static_cast<int>(k.run.control[(p + 1) * n_times - 1]);
    };
    double sum_first = 0;
    double sum_second = 0;
    for (const ensemble::ComparedHolder& h : comparison.places[p]) {
      std::size_t one = 0;
      std::size_t other = 0;
      std::size_t gained = 0;
      std::size_t lost = 0;
      for (std::size_t r = 0; r < numbers.size(); ++r) {
        const bool in_first = holder(a[r]) == h.holder;
        const bool in_second = holder(b[r]) == h.holder;
        one += in_first;
        other += in_second;
        gained += !in_first && in_second;
        lost += in_first && !in_second;
      }
      EXPECT_EQ(h.first, static_cast<double>(one) / 40);
      EXPECT_EQ(h.second, static_cast<double>(other) / 40);
      EXPECT_EQ(h.difference.low, matched_proportions(40, gained, lost).low);
      EXPECT_EQ(h.difference.high, matched_proportions(40, gained, lost).high);
      sum_first += h.first;
      sum_second += h.second;
      is_news = is_news || gained + lost > 0;
    }
    EXPECT_NEAR(sum_first, 1, 1e-12);
    EXPECT_NEAR(sum_second, 1, 1e-12);
  }
  EXPECT_TRUE(is_news) << "without blue its places are another's";
}

TEST(Compare, realizations_measured_elsewhere_and_put_together_in_order_give_the_same) {
  const auto base = skirmish().build();
  const auto one = compile(base);
  const auto other = compile(changed(base, "actors.red.kill_rate", {.a = 0.02}));
  const ensemble::EnsembleOptions options{.runs = 12};
  const Comparison expected = ensemble::compare(*one, *other, options);
  ensemble::MeasuredSide first(*one);
  ensemble::MeasuredSide second(*other);
  const auto piece = [&](const CompiledModel& model, std::uint32_t from, std::uint32_t runs) {
    ensemble::EnsembleOptions some = options;
    some.first = from;
    some.runs = runs;
    return ensemble::MeasuredSide(model).measured(some);
  };
  for (ensemble::MeasuredSide* side : {&first, &second}) {
    const CompiledModel& model = side == &first ? *one : *other;
    const std::string last = piece(model, 5, 7);
    EXPECT_FALSE(side->append(last)) << "it does not come next";
    EXPECT_TRUE(side->append(piece(model, 0, 5)));
    EXPECT_FALSE(side->append(last.substr(0, last.size() - 1)));
    EXPECT_FALSE(side->append(""));
    EXPECT_TRUE(side->append(last));
    EXPECT_EQ(side->runs(), 12U);
  }
  const Comparison found = ensemble::compare(first, second, 12);
  ASSERT_EQ(found.rows.size(), expected.rows.size());
  for (std::size_t r = 0; r < found.rows.size(); ++r) {
    EXPECT_EQ(found.rows[r].first_numbers, expected.rows[r].first_numbers);
    EXPECT_EQ(found.rows[r].second_numbers, expected.rows[r].second_numbers);
    EXPECT_EQ(found.rows[r].difference.value, expected.rows[r].difference.value);
  }
  for (std::size_t p = 0; p < found.places.size(); ++p) {
    ASSERT_EQ(found.places[p].size(), expected.places[p].size());
    for (std::size_t k = 0; k < found.places[p].size(); ++k) {
      EXPECT_EQ(found.places[p][k].second, expected.places[p][k].second);
    }
  }
}

TEST(Compare, what_no_pair_changes_has_the_interval_that_so_many_pairs_allow) {
  const auto base = skirmish().build();
  const auto one = compile(base);
  const auto late = compile(changed(base, "actors.red.turn", {.a = 3}));  // an order of fire that no law here asks for
  const ensemble::EnsembleOptions options{.runs = 40};
  const Comparison comparison = ensemble::compare(*one, *late, options);
  ASSERT_TRUE(comparison.fork.has_value());
  const ComparedRow& land = row(comparison, "actors.blue.value_share");
  ASSERT_EQ(land.changed, 0U);
  EXPECT_NEAR(land.high, .0881, 1e-4);
  EXPECT_EQ(land.low, -land.high);
  EXPECT_NEAR(row(comparison, "actors.blue.life_days").high, 60 * land.high, 1e-12);
  const ComparedRow& killed = row(comparison, "actors.blue.losses");
  EXPECT_TRUE(std::isnan(killed.low)) << "nothing bounds it";
  EXPECT_FALSE(killed.is_certain());
  const Comparison same = ensemble::compare(*one, *one, options);
  EXPECT_EQ(row(same, "actors.blue.losses").low, 0) << "the same war";
  EXPECT_EQ(row(same, "actors.blue.value_share").high, 0);
}

}  // namespace
}  // namespace truel::test
