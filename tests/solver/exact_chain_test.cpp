// The exact solver against Markov chains solved state by state: who wins, with how many, after how long. The chains
// themselves are held against closed forms and published tables first.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/battle.hpp"
#include "support/markov_chain.hpp"
#include "support/statistics.hpp"

namespace truel::test {
namespace {

using Share = std::array<std::array<double, kSides>, kSides>;

constexpr double kPeople = 1000;  ///< among whom area fire falls

struct Observed {
  std::array<Sample, kSides> survivors;
  std::array<double, kSides> wins{};
  std::array<std::vector<double>, kSides> survivor_counts;
  Sample duration;
};

Observed observe(const Battle& battle, std::size_t runs = kRuns, std::uint64_t seed = 10) {
  const std::size_t sides = battle.strength.size();
  solver::SolveOptions options{.solver = solver::SolverKind::exact, .seed = seed};
  const int days = 5000;  // rates are scaled so that nobody fights as long
  options.every_days = days;
  const CompiledModel model = battle_war(battle, days).compile();
  Observed seen;
  for (std::size_t i = 0; i < sides; ++i) {
    seen.survivor_counts[i].assign(static_cast<std::size_t>(battle.strength[i]) + 1, 0);
  }
  for (const solver::Run& run : solve_many(model, options, runs)) {
    EXPECT_EQ(run.status, solver::RunStatus::complete);
    const Ending end = ending(run, sides);
    double last = 0;
    for (std::size_t i = 0; i < sides; ++i) {
      seen.survivors[i].add(end.left[i]);
      seen.wins[i] += end.left[i] > 0;
      seen.survivor_counts[i][static_cast<std::size_t>(end.left[i])] += 1;
      last = std::isnan(end.gone[i]) ? last : std::max(last, end.gone[i]);
    }
    seen.duration.add(last);
  }
  return seen;
}

/// Compares chances, mean survivors, duration and the whole distribution of survivors.
void expect_like(const Observed& seen, const ChainEnd& chain, std::size_t sides, const std::string& what) {
  const double n = seen.duration.n();
  double wins = 0;
  for (std::size_t i = 0; i < sides; ++i) {
    const std::string side = what + ", side " + std::to_string(i);
    expect_share(seen.wins[i], n, chain.wins[i], side + " wins");
    expect_mean(seen.survivors[i], chain.survivors[i], side + " survivors");
    expect_distribution(seen.survivor_counts[i], chain.survivor_chance[i], n, side + " survivors");
    wins += seen.wins[i];
  }
  EXPECT_EQ(wins, n) << "somebody wins every battle";
  expect_mean(seen.duration, chain.duration, what + ", duration");
}

Battle aimed(const std::vector<double>& units, const std::array<double, kSides>& rate, const Share& share) {
  const std::size_t n = units.size();
  Battle battle{units, all_pairs(n, 0), all_pairs(n, 0)};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      battle.rate[i][j] = rate[i];
      battle.share[i][j] = share[i][j];
    }
  }
  return battle;
}

const Share kDuel = {{{0, 1, 0}, {1, 0, 0}, {0, 0, 0}}};
const Share kEven = {{{0, .5, .5}, {.5, 0, .5}, {.5, .5, 0}}};
const Share kStrongest = {{{0, 1, 0}, {1, 0, 0}, {1, 0, 0}}};
const Share kTwoOnOne = {{{0, .5, .5}, {1, 0, 0}, {1, 0, 0}}};

double chance_of_first(int m, int n, double r) {
  return solve_chain({m, n, 0}, aimed_fire({r, 1, 0}, kDuel)).wins[0];
}

// Brown (1963); the sum is that of the fair square-law fight.
TEST(MarkovChain, chances_of_the_fair_fight_are_the_closed_form) {
  EXPECT_NEAR(chance_of_first(2, 1, 1), 5. / 6, 1e-12);
  EXPECT_NEAR(chance_of_first(3, 2, 1), 31. / 40, 1e-12);
  EXPECT_NEAR(chance_of_first(2, 3, 1), 9. / 40, 1e-12);
  for (int m = 1; m <= 10; ++m) {
    for (int n = 1; n <= 10; ++n) {
      double sum = 0;
      for (int k = 1; k <= m; ++k) {
        sum += ((m - k) % 2 == 0 ? 1 : -1) *
               std::exp((m + n) * std::log(k) - std::lgamma(m - k + 1) - std::lgamma(n + k + 1));
      }
      EXPECT_NEAR(chance_of_first(m, n, 1), sum, 1e-9);
      EXPECT_NEAR(chance_of_first(m, n, 2), 1 - chance_of_first(n, m, .5), 1e-12);
    }
  }
  EXPECT_NEAR(chance_of_first(10, 10, 2), 0.912443, 1e-6);
  EXPECT_NEAR(chance_of_first(4, 7, 2), 0.292054, 1e-6);
  EXPECT_NEAR(solve_chain({10, 10, 0}, aimed_fire({1, 1, 0}, kDuel)).survivor_chance[0][10], 390625. / 26189163, 1e-12);
}

// Kilgour's truel with a shooter drawn at random and everyone aiming at the best other is the chain with one unit a
// side.
TEST(MarkovChain, random_truels_have_their_closed_form) {
  for (const auto& [a, b, c] : {std::array{1., .8, .5}, std::array{1., 2. / 3, 1. / 3}, std::array{.9, .4, .1}}) {
    const ChainEnd end = solve_chain({1, 1, 1}, aimed_fire({a, b, c}, kStrongest));
    EXPECT_NEAR(end.wins[0], a * a / ((a + c) * (a + b + c)), 1e-12);
    EXPECT_NEAR(end.wins[1], b / (a + b + c), 1e-12);
    EXPECT_NEAR(end.wins[2], c * (2 * a + c) / ((a + c) * (a + b + c)), 1e-12);
  }
}

struct TwoSided {
  const char* law;
  int m, n;
  double a, b;  ///< kill rate of the first side, of the second
  double wins, left_a, left_b, duration;
};

const TwoSided kTwoSided[] = {
    {"square", 5, 5, .1, .1, 0.500000, 1.676973, 1.676973, 10.605241},
    {"square", 10, 10, .1, .1, 0.500000, 2.857574, 2.857574, 12.737227},
    {"square", 10, 8, .1, .1, 0.791358, 5.216568, 0.898418, 11.069611},
    {"square", 6, 9, .2, .1, 0.437775, 1.617290, 3.131732, 8.273712},
    {"linear", 5, 5, .01, .01, 0.500000, 1.230469, 1.230469, 66.739583},
    {"linear", 6, 4, .01, .02, 0.349693, 0.939389, 1.469695, 45.251613},
    {"deitchman", 6, 9, .05, .1, 0.581617, 2.222821, 1.477096, 11.645709},
    {"deitchman", 6, 4, .05, .1, 0.923625, 4.368473, 0.132247, 8.829487},
};

/// Losses of the first side are aimed in the square law and Deitchman's; those of the second in the square law alone.
LossRates two_sided_rates(const TwoSided& row) {
  const bool first_is_seen = std::string(row.law) != "linear";
  const bool second_is_seen = std::string(row.law) == "square";
  return [=](const Units& u) {
    return std::array<double, kSides>{row.b * u[1] * (first_is_seen ? 1 : u[0]),
                                      row.a * u[0] * (second_is_seen ? 1 : u[1]), 0};
  };
}

Battle two_sided_battle(const TwoSided& row) {
  const bool first_is_seen = std::string(row.law) != "linear";
  const bool second_is_seen = std::string(row.law) == "square";
  const double people = first_is_seen && second_is_seen ? 0 : kPeople;
  return {{static_cast<double>(row.m), static_cast<double>(row.n)},
          {{0, row.a * (second_is_seen ? 1 : kPeople)}, {row.b * (first_is_seen ? 1 : kPeople), 0}},
          even_shares(2),
          {{0, second_is_seen ? 1. : 0.}, {first_is_seen ? 1. : 0., 0}},
          people};
}

TEST(MarkovChain, two_sided_laws_agree_with_the_table) {
  for (const TwoSided& row : kTwoSided) {
    const ChainEnd end = solve_chain({row.m, row.n, 0}, two_sided_rates(row));
    EXPECT_NEAR(end.wins[0], row.wins, 1e-6) << row.law;
    EXPECT_NEAR(end.survivors[0], row.left_a, 1e-6) << row.law;
    EXPECT_NEAR(end.survivors[1], row.left_b, 1e-6) << row.law;
    EXPECT_NEAR(end.duration, row.duration, 1e-6) << row.law;
  }
}

TEST(ExactSolver, two_sided_battles_end_as_the_chain_has_it) {
  for (const TwoSided& row : kTwoSided) {
    expect_like(observe(two_sided_battle(row)), solve_chain({row.m, row.n, 0}, two_sided_rates(row)), 2,
                std::string(row.law) + " " + std::to_string(row.m) + " against " + std::to_string(row.n));
  }
}

TEST(ExactSolver, small_fights_are_won_with_the_chances_of_the_recursion) {
  struct Row {
    int m, n;
    double r;
  };
  for (const Row& row : {Row{1, 1, 1}, Row{2, 1, 1}, Row{3, 2, 1}, Row{2, 3, 1}, Row{7, 9, 1}, Row{1, 2, 2},
                         Row{4, 5, 2}, Row{8, 10, 2}}) {
    const Observed seen =
        observe(aimed({static_cast<double>(row.m), static_cast<double>(row.n)}, {row.r, 1, 0}, kDuel));
    expect_share(seen.wins[0], kRuns, chance_of_first(row.m, row.n, row.r),
                 std::to_string(row.m) + " against " + std::to_string(row.n));
  }
}

struct ThreeSided {
  Units units;
  std::array<double, kSides> rate;
  Share share;
  std::array<double, kSides> wins;
  double duration;
  std::array<double, kSides> left;
};

const ThreeSided kThreeSided[] = {
    {{1, 1, 1}, {1, 1, 1}, kEven, {1. / 3, 1. / 3, 1. / 3}, 0.833333, {0.333333, 0.333333, 0.333333}},
    {{1, 1, 1}, {1, .8, .5}, kStrongest, {0.289855, 0.347826, 0.362319}, 1.159420, {0.289855, 0.347826, 0.362319}},
    {{1, 1, 1}, {1, .8, .5}, kEven, {0.434783, 0.347826, 0.217391}, 1.086957, {0.434783, 0.347826, 0.217391}},
    {{2, 1, 1}, {1, 1, 1}, kEven, {0.708333, 0.145833, 0.145833}, 0.833333, {1.208333, 0.145833, 0.145833}},
    {{2, 2, 1}, {1, 1, 1}, kEven, {0.456250, 0.456250, 0.087500}, 1.000000, {0.739583, 0.739583, 0.087500}},
    {{2, 2, 2}, {1, .8, .5}, kEven, {0.467568, 0.346301, 0.186130}, 1.500345, {0.749503, 0.545531, 0.285009}},
    {{2, 2, 2}, {1, .8, .5}, kStrongest, {0.211020, 0.334961, 0.454019}, 1.620601, {0.333064, 0.526357, 0.773823}},
    {{3, 2, 1}, {1, 1, 1}, kEven, {0.739757, 0.223090, 0.037153}, 0.940972, {1.760590, 0.349479, 0.037153}},
    {{3, 2, 1}, {1, 1, 1}, kStrongest, {0.500000, 0.279167, 0.220833}, 1.095833, {1.133333, 0.429167, 0.220833}},
    {{3, 3, 2}, {1, 1, 1}, kTwoOnOne, {0.112624, 0.656865, 0.230511}, 1.227455, {0.231870, 1.504435, 0.358115}},
    {{3, 3, 3}, {1, 1, 1}, kEven, {1. / 3, 1. / 3, 1. / 3}, 1.352319, {0.687583, 0.687583, 0.687583}},
    {{3, 3, 3}, {1, .8, .5}, kStrongest, {0.159055, 0.317824, 0.523120}, 1.855413, {0.328856, 0.661346, 1.267276}},
    {{3, 3, 3}, {1, 1, 1}, kTwoOnOne, {0.041642, 0.479179, 0.479179}, 1.300620, {0.083507, 1.053447, 1.053447}},
};

TEST(MarkovChain, three_sided_battles_agree_with_the_table) {
  for (const ThreeSided& row : kThreeSided) {
    const ChainEnd end = solve_chain(row.units, aimed_fire(row.rate, row.share));
    for (std::size_t i = 0; i < kSides; ++i) {
      EXPECT_NEAR(end.wins[i], row.wins[i], 1e-6);
      EXPECT_NEAR(end.survivors[i], row.left[i], 1e-6);
    }
    EXPECT_NEAR(end.duration, row.duration, 1e-6);
  }
}

TEST(ExactSolver, three_sided_battles_end_as_the_chain_has_it) {
  for (const ThreeSided& row : kThreeSided) {
    const std::vector<double> units(row.units.begin(), row.units.end());
    expect_like(observe(aimed(units, row.rate, row.share)), solve_chain(row.units, aimed_fire(row.rate, row.share)), 3,
                std::to_string(row.units[0]) + std::to_string(row.units[1]) + std::to_string(row.units[2]));
  }
}

TEST(ExactSolver, faster_fire_shortens_a_battle_and_changes_nothing_else) {
  const Observed slow = observe(aimed({3, 2, 1}, {.1, .1, .1}, kEven));
  const Observed fast = observe(aimed({3, 2, 1}, {1, 1, 1}, kEven), kRuns, 11);
  for (std::size_t i = 0; i < kSides; ++i) {
    EXPECT_NEAR(slow.survivors[i].mean(), fast.survivors[i].mean(),
                kStandardErrors * std::hypot(slow.survivors[i].se(), fast.survivors[i].se()));
  }
  EXPECT_NEAR(slow.duration.mean(), 10 * fast.duration.mean(),
              kStandardErrors * std::hypot(slow.duration.se(), 10 * fast.duration.se()));
}

TEST(ExactSolver, the_side_that_wins_for_certain_in_the_equations_wins_more_often_the_larger_the_battle) {
  double before = 0;
  for (const double size : {1., 4., 16.}) {
    const double wins = observe(aimed({5 * size, 4 * size}, {.1, .1, 0}, kDuel), 1500).wins[0];
    const int units = static_cast<int>(size);
    expect_share(wins, 1500, chance_of_first(5 * units, 4 * units, 1), "chance");
    EXPECT_GT(wins / 1500, before);
    before = wins / 1500;
  }
  EXPECT_GT(before, .97);
}

// Two battles at once at two places: independent, so both first sides win with the product of the chances.
TEST(ExactSolver, battles_at_two_places_do_not_touch_each_other) {
  WarBuilder war(5000);
  war.ground("a").ground("b").ground("c").ground("d").place("north", "a").place("south", "c");
  war.default_alignment(0).align("a", "b", -1).align("c", "d", -1);
  war.force("a", "north", 3).force("b", "north", 2).force("c", "south", 2).force("d", "south", 3);
  for (const char* actor : {"a", "b", "c", "d"}) {
    war.set(std::string("actors.") + actor + ".kill_rate", .5);
  }
  const CompiledModel model = war.compile();
  double both = 0;
  double first = 0;
  double second = 0;
  for (const solver::Run& run : solve_many(model, {.solver = solver::SolverKind::exact, .every_days = 5000}, kRuns)) {
    const Ending end = ending(run, 4);
    first += end.left[0] > 0;
    second += end.left[2] > 0;
    both += end.left[0] > 0 && end.left[2] > 0;
  }
  const double p = 31. / 40;
  expect_share(first, kRuns, p, "north");
  expect_share(second, kRuns, 1 - p, "south");
  expect_share(both, kRuns, p * (1 - p), "both");
}

/// An outcome of these runs has this mean and variance.
void expect_moments(const std::vector<solver::Run>& runs, ActorIndex actor, ActorOutcome outcome, double mean,
                    double variance, const std::string& what) {
  Sample values;
  Sample squares;
  for (const solver::Run& run : runs) {
    const double value = run.of(actor, outcome);
    values.add(value);
    squares.add((value - mean) * (value - mean));
  }
  expect_mean(values, mean, what);
  expect_mean(squares, variance, "variance");
}

// Fighters that come at rate R and each leave at rate delta (immigration and death): after t days a binomial number of
// the first ones, plus a Poisson number with mean R / delta (1 - exp(-delta t)).
TEST(ExactSolver, recruits_and_deserters_have_the_moments_of_immigration_and_death) {
  WarBuilder war(10);
  war.ground("a").place("home", "a").force("a", "home", 40);
  war.set("scenario.laws.recruitment.on", 1).set("scenario.laws.income.on", 1);
  war.set("actors.a.recruits_per_day", 3).set("actors.a.income", 0).set("actors.a.desertion_per_day", .1);
  const double stay = std::exp(-1);
  const double mean = 40 * stay + 30 * (1 - stay);
  const double variance = 40 * stay * (1 - stay) + 30 * (1 - stay);
  expect_moments(solve_many(war.compile(), {.solver = solver::SolverKind::exact}, kRuns), 0,
                 ActorOutcome::final_fighters, mean, variance, "fighters");
}

// Sorties kill at a constant rate while anybody is left: the last of n dies at a sum of n exponential times.
TEST(ExactSolver, a_garrison_struck_from_the_air_dies_in_gamma_distributed_time) {
  WarBuilder war(5000);
  war.ground("a").air("z").place("base", "a").force("a", "base", 8);
  war.set("scenario.laws.strikes.on", 1).set("scenario.laws.strikes.exposure_garrison", .25).set("ties.z.a.share", 1);
  war.set("actors.z.sorties_per_day", 10).set("actors.z.kills_per_sortie", .2);
  const solver::SolveOptions options{.solver = solver::SolverKind::exact, .every_days = 5000};
  const std::vector<solver::Run> runs = solve_many(war.compile(), options, kRuns);
  for (const solver::Run& run : runs) {
    EXPECT_EQ(run.losses[2], 8);  // by z, of a
  }
  expect_moments(runs, 0, ActorOutcome::extinction_day, 8 / .5, 8 / .25, "time");
}

// Battles that tire: a target too large to run out, shot at by men nobody can hit, loses a Poisson number with mean
// alpha n times the integral of 1 / ln(e + s/t0). Thinned events are drawn at too high a rate and then dropped: were
// they all kept, the mean would be 1.9 times as high.
TEST(ExactSolver, thinned_events_of_a_tiring_battle_are_poisson_with_the_integrated_rate) {
  const int days = 12;
  const double t0 = .4;
  const double tau = tired_days(days, t0);
  WarBuilder war(days);
  war.ground("a").ground("b").place("field", "a").force("a", "field", 100).force("b", "field", 5000);
  war.set("actors.a.kill_rate", .05).set("scenario.laws.fire.fatigue_days", t0);
  const solver::SolveOptions options{.solver = solver::SolverKind::exact, .every_days = days};
  const double mean = 5 * tau;
  EXPECT_GT(5 * days / mean, 1.8);
  expect_moments(solve_many(war.compile(), options, 3000), 1, ActorOutcome::killed, mean, mean, "killed");
}

// Harm is no event: it drifts at the tired rate. Blind fire that hardly ever kills, on a day's grid of rates.
TEST(ExactSolver, harm_done_in_a_tiring_battle_follows_the_integrated_rate) {
  const int days = 60;
  WarBuilder war(days);
  war.ground("a").ground("b").place("field", "a").force("a", "field", 100).force("b", "field", 1);
  war.set("actors.a.kill_rate", .05).set("ties.a.b.visibility", 0).set("places.field.population", 1e9);
  war.set("scenario.laws.fire.fatigue_days", 2);
  solver::SolveOptions options{.solver = solver::SolverKind::mean_field, .every_days = days};
  const double expected = solve_one(war.compile(), options).civilian_harm;
  EXPECT_LT(expected, .5 * 5 * days);
  options.solver = solver::SolverKind::exact;
  EXPECT_NEAR(solve_one(war.compile(), options).civilian_harm, expected, .02 * expected);
}

TEST(ExactSolver, a_realization_longer_than_the_event_limit_says_so) {
  WarBuilder war = battle_war(aimed({50, 50}, {.1, .1, 0}, kDuel), 100);
  const solver::Run run = solve_one(war.compile(), {.solver = solver::SolverKind::exact, .event_limit = 20});
  EXPECT_EQ(run.status, solver::RunStatus::event_limit);
  const double killed = run.of(0, ActorOutcome::killed) + run.of(1, ActorOutcome::killed);
  EXPECT_EQ(killed, 20);
}

}  // namespace
}  // namespace truel::test
