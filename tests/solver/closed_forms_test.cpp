// The mean-field solver against closed forms of the attrition literature. Strengths and times agree to a relative 1e-6;
// where a source prints fewer digits than that, the expected value is computed here from the same closed form and the
// printed one is compared as far as it goes.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "support/battle.hpp"
#include "support/outcomes.hpp"

namespace truel::test {
namespace {

constexpr double kClose = 1e-6;  ///< relative

void expect_close(double value, double expected, const std::string& what) {
  EXPECT_NEAR(value, expected, kClose * std::max(std::abs(expected), 1e-3)) << what;
}

void expect_state(const Battle& battle, int day, const std::vector<double>& expected) {
  const Ending end = solve_battle(battle, day);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    expect_close(end.left[i], expected[i], "side " + std::to_string(i) + " on day " + std::to_string(day));
  }
}

/// x' = -a y, y' = -b x: side a is hit at rate a, side b at rate b.
Battle square(double x, double y, double a, double b) {
  return {{x, y}, {{0, b}, {a, 0}}, even_shares(2)};
}

constexpr double kCrowd = 10'000;  ///< among whom area fire falls

/// x' = -a x y, y' = -b x y.
Battle linear(double x, double y, double a, double b) {
  return {{x, y}, {{0, b * kCrowd}, {a * kCrowd, 0}}, even_shares(2), all_pairs(2, 0), kCrowd};
}

/// x' = -a y, y' = -b x y: y hides.
Battle deitchman(double x, double y, double a, double b) {
  return {{x, y}, {{0, b * kCrowd}, {a, 0}}, even_shares(2), {{0, 0}, {1, 0}}, kCrowd};
}

// Lanchester (1916).

TEST(SquareLaw, strengths_follow_the_hyperbolic_functions) {
  expect_state(square(100, 50, .01, .01), 20, {91.939875, 30.869738});
  expect_state(square(54000, 21500, .05, .01), 36, {29444.302, 7241.780});
  expect_state(square(1000, 800, .02, .01), 30, {596.827969, 564.005153});
  expect_state(square(19, 10, .1, .1), 3, {16.816229, 4.667500});  // ten times slower than the source's
  for (const auto& [x, y, a, b] : {std::array{100., 50., .01, .01}, std::array{700., 900., .03, .05}}) {
    const double r = std::sqrt(a * b);
    for (const int t : {1, 5, 20}) {
      expect_state(square(x, y, a, b), t,
                   {std::max(0., x * std::cosh(r * t) - y * std::sqrt(a / b) * std::sinh(r * t)),
                    std::max(0., y * std::cosh(r * t) - x * std::sqrt(b / a) * std::sinh(r * t))});
      if (t * r > 0.5) {
        break;
      }
    }
  }
}

TEST(SquareLaw, the_winner_and_the_hour_of_the_end_are_those_of_the_closed_form) {
  struct Row {
    double x, y, a, b, left, time;
    bool first_wins;
  };
  for (const Row& row :
       {Row{100, 50, .01, .01, 86.602540, 54.930614, true}, Row{19, 10, 1, 1, 16.155494, 0.585036, true},
        Row{54000, 21500, .05, .01, 24591.665, 63.652125, true},
        Row{1000, 800, .02, .01, 374.165739, 98.517525, false}}) {
    const Ending end = solve_battle(square(row.x, row.y, row.a, row.b), 120);
    const std::size_t winner = row.first_wins ? 0 : 1;
    EXPECT_NEAR(end.left[winner], row.left, kClose * row.left);
    EXPECT_EQ(end.left[1 - winner], 0);
    EXPECT_NEAR(end.gone[1 - winner], row.time, kClose * row.time);
    EXPECT_TRUE(std::isnan(end.gone[winner]));
  }
}

TEST(SquareLaw, equals_wear_each_other_down_together) {
  expect_state(square(100, 100, .01, .01), 100, {100 / std::exp(1), 100 / std::exp(1)});
}

TEST(LinearLaw, area_fire_among_people_gives_the_linear_law) {
  expect_state(linear(100, 80, .001, .001), 10, {57.968427, 37.968427});
  expect_state(linear(100, 50, .002, .001), 10, {50, 25});
  expect_state(linear(60, 100, .001, .001), 50, {3.535101, 43.535101});
}

TEST(LinearLaw, the_difference_weighted_by_the_rates_is_kept) {
  const Ending end = solve_battle(linear(300, 200, .002, .001), 5);
  expect_close(.001 * end.left[0] - .002 * end.left[1], .001 * 300 - .002 * 200, "invariant");
}

// Deitchman (1962).

TEST(DeitchmanLaw, strengths_follow_the_closed_form) {
  expect_state(deitchman(100, 40, 1, .01), 2, {61.273977, 8.772501});
  expect_state(deitchman(100, 60, 1, .01), 2, {37.901929, 17.182781});
  expect_state(deitchman(100, 50, 1, .01), 2, {50, 12.5});
}

TEST(DeitchmanLaw, guerrillas_who_win_do_so_at_the_closed_form_s_hour) {
  const Ending end = solve_battle(deitchman(100, 60, 1, .01), 10);
  const double d = std::sqrt(2 * 60 / .01 - 100 * 100);
  const double time = 2 / (.01 * d) * std::atan(100 / d);
  EXPECT_NEAR(time, 5.144128, 5e-7);
  expect_close(end.gone[0], time, "time");
  expect_close(end.left[1], 10, "guerrillas");
}

// Below the absolute tolerance of the integration, 1e-11 of a fighter, the solver may call them gone.
TEST(DeitchmanLaw, guerrillas_who_lose_fade_away_without_an_end) {
  for (const int day : {10, 20, 40}) {
    const Ending end = solve_battle(deitchman(100, 40, 1, .01), day);
    const double c = std::sqrt(2000);
    const double e = (100 - c) / (100 + c) * std::exp(-.01 * c * day);
    const double x = c * (1 + e) / (1 - e);
    expect_close(end.left[0], x, "conventional side");
    EXPECT_NEAR(end.left[1], .005 * (x * x - 2000), 1e-8 + kClose * end.left[1]);
    EXPECT_TRUE(std::isnan(end.gone[1]));
  }
}

// General exponents: x' = -a x^h y^g, y' = -b y^h x^g.

WarBuilder exponents_war(double x, double y, double a, double b, double g, double h, int days) {
  WarBuilder war = battle_war(square(x, y, a, b), days);
  war.set("scenario.laws.fire.power_law", 1)
      .set("scenario.laws.fire.attacker_exponent", g)
      .set("scenario.laws.fire.target_exponent", h);
  return war;
}

Ending solve_exponents(double x, double y, double a, double b, double g, double h, int days, double extinction = 0) {
  WarBuilder war = exponents_war(x, y, a, b, g, h, days);
  war.set("scenario.thresholds.extinction", extinction);
  return ending(solve_one(war.compile(), {.solver = solver::SolverKind::mean_field}), 2);
}

TEST(GeneralExponents, one_and_zero_are_the_square_law) {
  const Ending end = solve_exponents(100, 50, .01, .01, 1, 0, 60);
  expect_close(end.left[0], std::sqrt(7500), "winner");
  expect_close(end.gone[1], 100 * std::atanh(.5), "time");
}

TEST(GeneralExponents, one_and_one_are_the_linear_law) {
  const Ending end = solve_exponents(100, 80, .001, .001, 1, 1, 10);
  expect_close(end.left[0], 57.968427, "a");
  expect_close(end.left[1], 37.968427, "b");
}

TEST(GeneralExponents, zero_and_one_are_the_logarithmic_law_in_which_nobody_is_gone) {
  const Ending end = solve_exponents(100, 50, .03, .02, 0, 1, 200);
  expect_close(end.left[0], 100 * std::exp(-.03 * 200), "a");
  expect_close(end.left[1], 50 * std::exp(-.02 * 200), "b");
  EXPECT_TRUE(std::isnan(end.gone[0]) && std::isnan(end.gone[1]));
}

TEST(GeneralExponents, the_power_of_strength_that_the_exponents_imply_is_conserved) {
  for (const auto& [g, h] :
       {std::pair{1., 0.}, std::pair{.75, .25}, std::pair{1., .5}, std::pair{.6, .9}, std::pair{0., .5}}) {
    const double k = 1 + g - h;
    const double a = .004;
    const double b = .007;
    const Ending end = solve_exponents(100, 80, a, b, g, h, 5);
    EXPECT_GT(end.left[0], 0);
    EXPECT_GT(end.left[1], 0);
    EXPECT_LT(end.left[0], 100);
    expect_close(b * std::pow(end.left[0], k) - a * std::pow(end.left[1], k),
                 b * std::pow(100, k) - a * std::pow(80, k), "g " + std::to_string(g) + " h " + std::to_string(h));
  }
}

// Who is gone at the threshold was killed by somebody: few whom nobody shoots at are not gone.
TEST(MeanField, few_men_beside_enemies_who_do_not_shoot_stay) {
  WarBuilder war(10);
  war.ground("a").ground("b").place("field", "b").force("a", "field", .3).force("b", "field", 10);
  war.set("scenario.thresholds.extinction", .5);
  const solver::SolveOptions options{.solver = solver::SolverKind::mean_field};
  const solver::Run peace = solve_one(war.compile(), options);
  EXPECT_EQ(peace.of(0, ActorOutcome::killed), 0);
  EXPECT_EQ(peace.of(0, ActorOutcome::final_fighters), .3);
  war.set("actors.b.kill_rate", .01);
  const solver::Run shot = solve_one(war.compile(), options);
  EXPECT_EQ(shot.of(0, ActorOutcome::killed), .3);
  EXPECT_EQ(shot.losses[1 * 2 + 0], .3);
}

// Helmbold (1965), g = h = 1/2: x - y is constant and y' = -b sqrt(y (y + 50)), so y falls to e at the time
// (2 / b) (asinh sqrt(50/50) - asinh sqrt(e/50)). y touches zero with slope zero, where no root finder sees a crossing:
// the scenario's extinction threshold ends the battle.
TEST(GeneralExponents, helmbold_s_halves_end_where_the_integral_says) {
  for (const double threshold : {1e-2, 1e-4, 1e-6}) {
    const Ending end = solve_exponents(100, 50, .01, .01, .5, .5, 200, threshold);
    const double time = 2 / .01 * (std::asinh(1) - std::asinh(std::sqrt(threshold / 50)));
    expect_close(end.gone[1], time, "time");
    expect_close(end.left[0], 50 + threshold, "winner");
  }
  EXPECT_NEAR(200 * std::log(1 + std::sqrt(2)), 176.2747, 5e-5);
}

// Battles that tire: all rates divided by ln(e + t/t0), so strengths follow the untired closed form at the time
// tau(t) = integral of 1 / ln(e + s/t0) from 0 to t.
TEST(Fatigue, a_tiring_battle_is_the_untired_one_on_a_slower_clock) {
  const double t0 = 3;
  const int days = 40;
  const double tau = tired_days(days, t0);
  WarBuilder war = battle_war(square(1000, 900, .01, .012), days);
  war.set("scenario.laws.fire.fatigue_days", t0);
  const Ending end = ending(solve_one(war.compile(), {.solver = solver::SolverKind::mean_field}), 2);
  const double r = std::sqrt(.01 * .012);
  expect_close(end.left[0], 1000 * std::cosh(r * tau) - 900 * std::sqrt(.01 / .012) * std::sinh(r * tau), "a");
  expect_close(end.left[1], 900 * std::cosh(r * tau) - 1000 * std::sqrt(.012 / .01) * std::sinh(r * tau), "b");
}

// Kress and Szechtman (2009), attrition only: G' = -alpha I, I' = -gamma G (mu + (1 - mu) I / P).

Battle insurgency(double g0, double i0, double people, double mu) {
  return {{g0, i0}, all_pairs(2, 1), even_shares(2), {{0, mu}, {1, 0}}, people};
}

/// G0 squared of the smallest force that wipes out i0 insurgents, alpha = gamma = 1.
double least_force_squared(double i0, double people, double mu) {
  const double k = (1 - mu) / people;
  return mu == 1 ? i0 * i0 : mu == 0 ? 2 * people * i0 : 2 * (i0 / k - mu / (k * k) * std::log1p(k * i0 / mu));
}

TEST(KressSzechtman, what_is_left_and_how_long_it_takes_follow_the_closed_form) {
  struct Row {
    double mu, g_needed, g0, left, time;
    bool government_wins;
  };
  for (const Row& row :
       {Row{1, 1000, 1200, 663.3250, 1.1989, true}, Row{.5, 1409.5268, 1600, 757.1223, 1.9488, true},
        Row{.1, 3072.0982, 3500, 1676.9654, 4.2652, true}, Row{.1, 3072.0982, 2500, 574.2085, 3.5252, false},
        Row{.01, 7848.4960, 8000, 1549.5515, 21.3351, true}}) {
    const double needed2 = least_force_squared(1000, 100'000, row.mu);
    EXPECT_NEAR(std::sqrt(needed2), row.g_needed, 5e-5);
    const Ending end = solve_battle(insurgency(row.g0, 1000, 100'000, row.mu), 30);
    const std::size_t winner = row.government_wins ? 0 : 1;
    EXPECT_NEAR(end.left[winner], row.left, 5e-5 + kClose * row.left);
    EXPECT_NEAR(end.gone[1 - winner], row.time, 1e-4);
    if (row.government_wins) {
      expect_close(end.left[0], std::sqrt(row.g0 * row.g0 - needed2), "government");
    }
  }
}

TEST(KressSzechtman, without_intelligence_the_insurgents_are_never_all_found) {
  const Ending end = solve_battle(insurgency(15'000, 1000, 100'000, 0), 400);
  expect_close(end.left[0], 5000, "government");
  EXPECT_TRUE(std::isnan(end.gone[1]));
  EXPECT_LT(end.left[1], 1e-3);
  EXPECT_NEAR(std::sqrt(least_force_squared(1000, 100'000, 0)), 14142.1356, 5e-5);
}

TEST(KressSzechtman, the_force_needed_parts_victory_from_defeat) {
  for (const double mu : {.9, .3, .05}) {
    const double needed = std::sqrt(least_force_squared(1000, 100'000, mu));
    EXPECT_FALSE(std::isnan(solve_battle(insurgency(needed * 1.0001, 1000, 100'000, mu), 200).gone[1]));
    EXPECT_FALSE(std::isnan(solve_battle(insurgency(needed * .9999, 1000, 100'000, mu), 200).gone[0]));
  }
}

// Three sides with fixed shares (Kress, Caulkins, Feichtinger, Grass and Seidl 2018).

/// p1: share of side 1 on side 2; p2: of 2 on 1; p3: of 3 on 1.
Matrix shares(double p1, double p2, double p3) {
  return {{0, p1, 1 - p1}, {p2, 0, 1 - p2}, {p3, 1 - p3, 0}};
}

struct Deaths {
  std::vector<double> strength;
  Matrix rate, share;
  std::vector<std::pair<int, double>> deaths;  ///< side (from 1), day
  int winner;
  double left;
};

void expect_deaths(const Deaths& row, int days) {
  const Ending end = solve_battle({row.strength, row.rate, row.share}, days);
  for (const auto& [side, day] : row.deaths) {
    expect_close(end.gone[at(side - 1)], day, "death of side " + std::to_string(side));
    EXPECT_EQ(end.left[at(side - 1)], 0);
  }
  expect_close(end.left[at(row.winner - 1)], row.left, "winner");
  EXPECT_TRUE(std::isnan(end.gone[at(row.winner - 1)]));
}

TEST(ThreeWayBattle, deaths_and_survivors_are_those_of_the_table) {
  const Matrix unit = all_pairs(3, 1);
  const std::vector<double> equals = {10, 9, 8};
  const std::vector<double> strong = {10, 4, 5};
  const Deaths rows[] = {
      {equals, unit, shares(.5, .5, .5), {{3, 2. / 3 * std::log(9)}, {2, 2.014123}}, 1, std::sqrt(3) * std::cbrt(9)},
      {equals, unit, shares(1, 1, 1), {{1, 0.674963}, {2, 1.579430}}, 3, 5.564498},
      {equals, unit, shares(1, 1, 0), {{2, 0.549306}, {1, 2.366493}}, 3, 2.532847},
      {equals, unit, shares(0, 0, 0), {{3, 0.448971}, {2, 1.363646}}, 1, 6.904619},
      {equals, unit, shares(1, 0, 1), {{2, 1.410450}, {3, 2.190064}}, 1, 3.021559},
      {strong, unit, shares(.5, 1, 1), {{2, 1.244770}, {3, 1.472219}}, 1, std::sqrt(19)},
      {strong, unit, shares(.2, 1, 1), {{3, 0.877085}, {2, 1.472219}}, 1, std::sqrt(19)},
      {strong, unit, shares(.5, .5, .5), {{2, 0.665686}, {3, 0.833922}}, 1, 8.252507},
      {strong, unit, shares(1, 0, .5), {{2, 0.336540}, {3, 0.846277}}, 1, 8.151170},
  };
  for (const Deaths& row : rows) {
    expect_deaths(row, 4);
  }
}

const Matrix kUnequal = {{0, .02, .03}, {.04, 0, .01}, {.025, .035, 0}};

TEST(ThreeWayBattle, unequal_rates_end_as_the_table_has_it) {
  expect_deaths({{100, 80, 120}, kUnequal, shares(.6, .5, .3), {{2, 22.628439}, {1, 58.507043}}, 3, 61.875444}, 80);
  expect_deaths({{100, 80, 120}, kUnequal, shares(.2, .9, .7), {{1, 24.817475}, {2, 40.795495}}, 3, 86.723019}, 80);
  expect_state({{100, 80, 120}, kUnequal, shares(.6, .5, .3)}, 10, {79.469311, 41.686134, 106.300718});
}

// 1 and 2 on each other, 3 on 2, so that x_3 stays and (x_1 + x_3)^2 - x_2^2 is kept until 2 is gone; then a duel. Its
// survivors hang on the small difference of two squares, which makes this the hardest row of the table.
TEST(ThreeWayBattle, small_differences_of_squares_come_out_on_a_slow_clock_too) {
  for (const double rate : {1., .001}) {
    const Ending end = solve_battle({{10, 9, 8}, all_pairs(3, rate), shares(1, 1, 0)}, static_cast<int>(4 / rate));
    const double rest = std::sqrt(18. * 18 - 9 * 9) - 8;
    const double first = .5 * std::log(27. / 9) / rate;
    EXPECT_NEAR(end.gone[1], first, 1e-8 * first);
    const double second = first + .5 * std::log((8 + rest) / (8 - rest)) / rate;
    EXPECT_NEAR(end.gone[0], second, 1e-7 * second);
    EXPECT_NEAR(end.left[2], std::sqrt(64 - rest * rest), 1e-7 * end.left[2]);
  }
}

TEST(ThreeWayBattle, a_side_stronger_than_both_others_wins_whatever_they_do) {
  for (const double p1 : {0., .3, 1.}) {
    for (const double p2 : {0., .5, 1.}) {
      for (const double p3 : {0., .5, 1.}) {
        const Ending end = solve_battle({{10, 5, 4}, all_pairs(3, 1), shares(p1, p2, p3)}, 10);
        EXPECT_TRUE(std::isnan(end.gone[0])) << p1 << ' ' << p2 << ' ' << p3;
        EXPECT_GE(end.left[0], std::sqrt(19) * (1 - kClose));
        EXPECT_EQ(end.left[1] + end.left[2], 0);
      }
    }
  }
}

/// Winner (from 1) of 10, x2, x3 at unit rates.
int winner(double x2, double x3, double p1, double p2, double p3) {
  const Ending end = solve_battle({{10, x2, x3}, all_pairs(3, 1), shares(p1, p2, p3)}, 40);
  return end.left[0] > 0 ? 1 : end.left[1] > 0 ? 2 : 3;
}

TEST(ThreeWayBattle, the_weakest_side_decides_who_wins_by_the_split_of_its_fire) {
  EXPECT_EQ(winner(9, 8, .5, .5, 0.629248 - 1e-5), 1);
  EXPECT_EQ(winner(9, 8, .5, .5, 0.629248 + 1e-5), 2);
  EXPECT_EQ(winner(9.5, 3, .7, .7, 0.817234 - 1e-5), 1);
  EXPECT_EQ(winner(9.5, 3, .7, .7, 0.817234 + 1e-5), 2);
  EXPECT_EQ(winner(9.5, 3, 1, 1, 19. / 44 - 1e-5), 1);
  EXPECT_EQ(winner(9.5, 3, 1, 1, 19. / 44 + 1e-5), 3);
  EXPECT_EQ(winner(9.5, 3, 1, 1, 35. / 44 - 1e-5), 3);
  EXPECT_EQ(winner(9.5, 3, 1, 1, 35. / 44 + 1e-5), 2);
  for (const double p3 : {0., .5, 1.}) {
    EXPECT_EQ(winner(9.5, 3, .5, .5, p3), 1);
  }
}

TEST(FourWayBattle, deaths_and_survivors_are_those_of_the_table) {
  const Matrix on_the_strongest = {{0, 1, 0, 0}, {1, 0, 0, 0}, {1, 0, 0, 0}, {1, 0, 0, 0}};
  const std::vector<double> x = {10, 8, 7, 6};
  expect_deaths({x,
                 all_pairs(4, 1),
                 even_shares(4),
                 {{4, 3. / 4 * std::log(7.75 / 1.75)}, {3, 1.489135}, {2, 1.835709}},
                 1,
                 4.944514},
                3);
  expect_deaths({x, all_pairs(4, 1), on_the_strongest, {{1, 0.518046}, {2, 1.977738}, {4, 2.340940}}, 3, 2.983352}, 4);
}

TEST(ManySidedBattle, other_names_give_the_same_end) {
  const Ending one = solve_battle({{10, 9, 8}, kUnequal, shares(.6, .5, .3)}, 200);
  // Sides 1, 2, 3 now stand in the order 3, 1, 2.
  Battle turned{{8, 10, 9}, all_pairs(3, 0), all_pairs(3, 0)};
  const Matrix p = shares(.6, .5, .3);
  const std::size_t to[] = {1, 2, 0};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      turned.rate[to[i]][to[j]] = kUnequal[i][j];
      turned.share[to[i]][to[j]] = p[i][j];
    }
  }
  const Ending other = solve_battle(turned, 200);
  for (std::size_t i = 0; i < 3; ++i) {
    expect_close(other.left[to[i]], one.left[i], "left");
    EXPECT_EQ(std::isnan(other.gone[to[i]]), std::isnan(one.gone[i]));
    if (!std::isnan(one.gone[i])) {
      expect_close(other.gone[to[i]], one.gone[i], "gone");
    }
  }
}

TEST(ManySidedBattle, larger_strengths_scale_the_survivors_and_faster_rates_the_clock) {
  const Ending one = solve_battle({{10, 9, 8}, all_pairs(3, 1), shares(1, 0, 1)}, 4);
  const Ending large = solve_battle({{10'000, 9000, 8000}, all_pairs(3, 1), shares(1, 0, 1)}, 4);
  const Ending slow = solve_battle({{10, 9, 8}, all_pairs(3, .01), shares(1, 0, 1)}, 400);
  expect_close(large.left[0], 1000 * one.left[0], "survivors");
  expect_close(slow.left[0], one.left[0], "survivors");
  for (const std::size_t side : {1, 2}) {
    expect_close(large.gone[side], one.gone[side], "time");
    expect_close(slow.gone[side], 100 * one.gone[side], "time");
  }
}

TEST(ManySidedBattle, two_allied_halves_fight_like_the_whole) {
  const Ending whole = solve_battle({{10, 9, 8}, all_pairs(3, 1), shares(.7, .6, .2)}, 4);
  // Side 1 as two actors of 4 and 6; the others' share on it is divided in proportion to the halves.
  WarBuilder war(4);
  war.ground("a", "first").ground("aa", "first").ground("b").ground("c").place("field", "a");
  war.force("a", "field", 4).force("aa", "field", 6).force("b", "field", 9).force("c", "field", 8);
  for (const char* actor : {"a", "aa", "b", "c"}) {
    war.set(std::string("actors.") + actor + ".kill_rate", 1);
  }
  for (const std::string half : {"a", "aa"}) {
    const double part = half == "a" ? .4 : .6;
    war.set("ties." + half + ".b.share", .7).set("ties." + half + ".c.share", .3);
    war.set("ties.b." + half + ".share", .6 * part).set("ties.c." + half + ".share", .2 * part);
  }
  war.set("ties.b.c.share", .4).set("ties.c.b.share", .8);
  const Ending halves = ending(solve_one(war.compile(), {.solver = solver::SolverKind::mean_field}), 4);
  expect_close(halves.left[0] + halves.left[1], whole.left[0], "side 1");
  expect_close(halves.left[2] + halves.left[3], whole.left[1] + whole.left[2], "the others");
}

// The multiduel (Kress, Lin and MacKay 2018): where nobody is stronger than all others together there are shares under
// which all fade in proportion.
TEST(Multiduel, balanced_shares_freeze_the_proportions) {
  for (const std::vector<double>& x : {std::vector<double>{10, 9, 8}, {5, 4, 3}, {10, 6, 5}}) {
    Matrix p = all_pairs(3, 0);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        if (i != j) {
          p[i][j] = (x[i] + x[j] - x[3 - i - j]) / (2 * x[i]);
        }
      }
    }
    for (const int t : {1, 3}) {
      expect_state({x, all_pairs(3, 1), p}, t, {x[0] * std::exp(-t), x[1] * std::exp(-t), x[2] * std::exp(-t)});
    }
  }
}

struct Enemy {
  double x, d, c;  ///< strength; kill rate against side 1; rate at which side 1 kills it
};

/// What is left of side 1 when it fights the coalition in this order (0 if it loses).
double fight_in_order(double x1, const std::vector<Enemy>& enemies) {
  const std::size_t n = enemies.size() + 1;
  Battle battle{{x1}, all_pairs(n, 0), all_pairs(n, 0)};
  double reserved = 1;
  for (std::size_t k = 1; k < n; ++k) {
    battle.strength.push_back(enemies[k - 1].x);
    battle.rate[k][0] = enemies[k - 1].d;
    battle.rate[0][k] = enemies[k - 1].c;
    battle.share[k][0] = 1;
    // Each enemy gets nearly all that is left when those before it are gone: shares are rescaled over the living.
    battle.share[0][k] = reserved * (k + 1 < n ? 1 - 1e-12 : 1);
    reserved *= 1e-12;
  }
  WarBuilder war = battle_war(battle, 30);
  war.default_alignment(0);  // the coalition does not fight itself
  for (std::size_t k = 1; k < n; ++k) {
    war.align("a", {static_cast<char>('a' + k)}, -1);
  }
  return ending(solve_one(war.compile(), {.solver = solver::SolverKind::mean_field}), n).left[0];
}

// Lin and MacKay (2014): one against many does best in decreasing order of c d.
TEST(OneAgainstMany, survivors_follow_the_closed_form_of_the_order) {
  const std::vector<Enemy> equals = {{4, 1, 1}, {5, 1, 1}};
  EXPECT_NEAR(fight_in_order(10, equals), std::sqrt(19), 1e-5);
  const std::vector<Enemy> two = {{4, 2, 1}, {3, 1, 1}};
  EXPECT_NEAR(fight_in_order(10, two), 5.916080, 1e-5);
  EXPECT_NEAR(fight_in_order(10, {two[1], two[0]}), 3.316625, 1e-5);
  EXPECT_EQ(fight_in_order(8.06, two), 0);
  EXPECT_GT(fight_in_order(8.07, two), 0);
  const std::vector<Enemy> three = {{2, 1, 1.5}, {3, 2, .5}, {5, .5, 1}};
  EXPECT_NEAR(fight_in_order(13, three), 8.072587, 1e-5);
  EXPECT_NEAR(fight_in_order(13, {three[2], three[1], three[0]}), 3.719319, 1e-5);
}

// Fighters who come and go without a shot: R recruits a day, desertion at rate delta of all.
TEST(Recruitment, strength_relaxes_to_recruits_over_desertion) {
  WarBuilder war(30);
  war.ground("a").place("home", "a").force("a", "home", 500);
  war.set("scenario.laws.recruitment.on", 1).set("scenario.laws.income.on", 1);
  war.set("actors.a.recruits_per_day", 20).set("actors.a.income", 0).set("actors.a.desertion_per_day", .1);
  const solver::Run run = solve_one(war.compile(), {.solver = solver::SolverKind::mean_field});
  expect_close(run.of(0, ActorOutcome::final_fighters), 200 + 300 * std::exp(-3), "fighters");
  expect_close(run.of(0, kRecruited), 600, "recruited");
  expect_close(run.of(0, kDeserted), 500 + 600 - 200 - 300 * std::exp(-3), "deserted");
}

// R recruits a day come to a town of their command's that an enemy of theirs alone shells with F kills a day. Where F <
// R the force grows by the difference; where F > R everybody falls as he comes and the force stays at zero.
TEST(Recruitment, under_fire_that_kills_faster_than_they_come_recruits_fall_as_they_come) {
  for (const double fire : {1.5, 8.}) {
    WarBuilder war(30);
    war.ground("a", "home").ground("b").ground("c", "home").place("town", "c").decide_every(7);
    war.force("b", "town", 100).force("c", "town", 10).align("b", "c", 0);
    war.set("scenario.laws.recruitment.on", 1).set("actors.a.recruits_per_day", 2);
    war.set("actors.b.kill_rate", fire / 100);
    solver::SolveOptions options{.solver = solver::SolverKind::mean_field};
    const solver::Run run = solve_one(war.compile(), options);
    EXPECT_EQ(run.status, solver::RunStatus::complete);
    const double killed = std::min(fire, 2.) * 30;
    expect_close(run.of(0, kRecruited), 60, "recruited");
    expect_close(run.of(0, ActorOutcome::killed), killed, "killed");
    expect_close(run.losses[3], killed, "killed by b");
    expect_close(1 + run.of(0, ActorOutcome::final_fighters), 1 + 60 - killed, "left");
    options.solver = solver::SolverKind::exact;
    double recruited = 0;
    double fallen = 0;
    for (const solver::Run& one : solve_many(war.compile(), options, 100)) {
      recruited += one.of(0, kRecruited) / 100;
      fallen += one.of(0, ActorOutcome::killed) / 100;
    }
    // By single events the queue of those not yet shot is a little longer: no more than one man where fire is heavy.
    EXPECT_NEAR(recruited, 60, 4 * std::sqrt(60. / 100));
    EXPECT_NEAR(fallen, killed, fire > 2 ? 2 + 4 * std::sqrt(killed / 100) : 8);
  }
}

// Iwo Jima as Engel (1954) computed it: landings of 54,000 on the first day, 6,000 on the third and 13,000 on the
// sixth, against 21,500 who get no help; x' = P(t) - 0.0544 y, y' = -0.0106 x.
TEST(Recruitment, engel_s_landing_is_reproduced_from_dated_changes) {
  struct Row {
    int day;
    double x, y;
  };
  for (const Row& row :
       {Row{6, 66453.6576, 18274.3388}, Row{28, 53042.4032, 4656.3590}, Row{36, 51985.2461, 216.8317}}) {
    WarBuilder war = battle_war({{0, 21500}, {{0, .0106}, {.0544, 0}}, even_shares(2)}, row.day);
    war.decide_every(1).set("scenario.laws.recruitment.on", 1).set("actors.a.recruits_per_day", 54'000);
    war.change(1, "actors.a.recruits_per_day", 0).change(2, "actors.a.recruits_per_day", 6000);
    war.change(3, "actors.a.recruits_per_day", 0).change(5, "actors.a.recruits_per_day", 13'000);
    war.change(6, "actors.a.recruits_per_day", 0);
    const Ending end = ending(solve_one(war.compile(), {.solver = solver::SolverKind::mean_field}), 2);
    expect_close(end.left[0], row.x, "landed");
    EXPECT_NEAR(end.left[1], row.y, kClose * 21500) << "defenders";
  }
}

// Strikes on a garrison among people: n' = -sigma lambda (m + (1 - m) n / P).
TEST(Strikes, a_struck_garrison_shrinks_as_the_closed_form_says) {
  const double full = 30 * .5;
  const double m = .1;
  for (const double people : {0., 5000.}) {
    WarBuilder war(40);
    war.ground("a").air("z").place("town", "a").force("a", "town", 100);
    war.set("places.town.population", people).set("scenario.laws.strikes.on", 1);
    war.set("scenario.laws.strikes.exposure_garrison", m).set("ties.z.a.share", 1);
    war.set("actors.z.sorties_per_day", 30).set("actors.z.kills_per_sortie", .5);
    const solver::SolveOptions options{.solver = solver::SolverKind::mean_field};
    const Ending end = ending(solve_one(war.compile(), options), 1);
    if (people > 0) {
      const double k = full * (1 - m) / people;
      expect_close(end.left[0], (100 + full * m / k) * std::exp(-k * 40) - full * m / k, "garrison");
    } else {
      expect_close(end.left[0], 100 - full * m * 40, "garrison");
    }
    war.set("actors.z.sorties_per_day", 300);
    const Ending gone = ending(solve_one(war.compile(), options), 1);
    const double k = 10 * full * (1 - m) / people;
    expect_close(gone.gone[0], people > 0 ? std::log1p(100 * k / (10 * full * m)) / k : 100 / (10 * full * m), "end");
  }
}

// The integrator's memory is kept from one realization to the next, and what fire finds while nobody goes.
TEST(MeanField, is_the_same_to_the_byte_alone_as_after_others) {
  WarBuilder war(400);
  war.decide_every(50).ground("a").ground("b").ground("c").ground("d").place("field", "a");
  for (const std::string side : {"a", "b", "c", "d"}) {
    war.force(side, "field", 100);
    war.set("actors." + side + ".kill_rate", {.kind = DistributionKind::uniform, .a = .001, .b = .02});
  }
  const CompiledModel model = war.compile();
  const solver::SolveOptions options{.solver = solver::SolverKind::mean_field};
  const std::vector<solver::Run> runs = solve_many(model, options, 24);
  std::size_t gone = 0;
  for (std::size_t k = 0; k < runs.size(); ++k) {
    EXPECT_EQ(bytes_of(runs[k]), bytes_of(solve_one(model, options, static_cast<std::uint32_t>(k)))) << k;
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      gone += std::isnan(runs[k].of(a, ActorOutcome::extinction_day)) ? 0 : 1;
    }
  }
  EXPECT_GT(gone, runs.size());  // by turns four, three and two sides fight
}

}  // namespace
}  // namespace truel::test
