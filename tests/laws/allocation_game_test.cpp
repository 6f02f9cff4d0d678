// The allocation game: its integrator against the mean-field solver and closed forms, its solutions against what is
// known of three sides (Kress, Caulkins, Feichtinger, Grass and Seidl 2018), of one against many (Lin and MacKay 2014)
// and of the multiduel (Kress, Lin and MacKay 2018).
#include "truel/laws/best_response/allocation_game.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "support/battle.hpp"

namespace truel::test {
namespace {

using laws::AllocationGame;
using laws::best_responses;
using laws::GameEnd;
using laws::Player;
using laws::TotalWar;
using laws::TotalWarSolver;

std::vector<double> flat(const Matrix& matrix) {
  std::vector<double> out;
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    for (std::size_t j = 0; j < matrix.size(); ++j) {
      out.push_back(i == j ? 0 : matrix[i][j]);
    }
  }
  return out;
}

/// Everybody against everybody at unit rates.
TotalWar unit_war(const std::vector<double>& strength, double days = 40) {
  return {strength.size(), strength, flat(all_pairs(strength.size(), 1)), days};
}

/// These sides decide, each for itself against all others.
AllocationGame game_of(const TotalWar& war, const std::vector<std::size_t>& deciding) {
  AllocationGame game{war, {}};
  for (const std::size_t i : deciding) {
    Player player{{i}, {}, 1};
    for (std::size_t j = 0; j < war.n; ++j) {
      if (war.rate[i * war.n + j] > 0) {
        player.targets.push_back(j);
      }
    }
    game.players.push_back(player);
  }
  return game;
}

TEST(TotalWar, agrees_with_the_mean_field_solver) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (int trial = 0; trial < 60; ++trial) {
    const std::size_t n = 2 + at(trial % 4);
    Battle battle{{}, all_pairs(n, 0), all_pairs(n, 0)};
    for (std::size_t i = 0; i < n; ++i) {
      battle.strength.push_back(50 + 100 * uniform(random));
      double left = 1;
      for (std::size_t j = 0; j < n; ++j) {
        battle.rate[i][j] = 0.01 + 0.05 * uniform(random);
        battle.share[i][j] = i == j ? 0 : left * uniform(random);
        left -= battle.share[i][j];
      }
      if (trial % 5 == 0) {  // nothing planned for the one enemy who may be left: divided evenly
        battle.share[i][(i + 1) % n] = 0;
      }
    }
    for (std::size_t i = 0; i < n; ++i) {  // what an allocation leaves unspent is the mean field's own
      double sum = 0;
      for (std::size_t j = 0; j < n; ++j) {
        sum += i == j ? 0 : battle.share[i][j];
      }
      for (std::size_t j = 0; j < n; ++j) {
        battle.share[i][j] = sum > 0 ? battle.share[i][j] / sum : battle.share[i][j];
      }
    }
    const int days = trial % 3 == 0 ? 15 : 400;
    const Ending expected = solve_battle(battle, days);
    TotalWarSolver solver;
    const auto& left =
        solver.solve({n, battle.strength, flat(battle.rate), static_cast<double>(days)}, flat(battle.share));
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_NEAR(left[i], expected.left[i], 1e-6 * battle.strength[i]) << "trial " << trial << " side " << i;
    }
  }
}

TEST(TotalWar, ends_as_the_closed_forms_do) {
  TotalWarSolver solver;
  EXPECT_NEAR(solver.solve(unit_war({10, 9, 8}), flat(even_shares(3)))[0], std::sqrt(3) * std::cbrt(9), 1e-12);
  EXPECT_NEAR(solver.solve(unit_war({10, 6}), flat(even_shares(2)))[0], 8, 1e-12);
  EXPECT_NEAR(solver.solve(unit_war({10, 6}, .2), flat(even_shares(2)))[1], 6 * std::cosh(.2) - 10 * std::sinh(.2),
              1e-12);
  EXPECT_NEAR(solver.solve(unit_war({7, 7}, 2), flat(even_shares(2)))[1], 7 * std::exp(-2), 1e-12);
  const auto& faded = solver.solve(unit_war({7, 7, 7}, 1000), flat(even_shares(3)));
  EXPECT_LT(faded[0] + faded[1] + faded[2], 1e-7);
}

// What is left of the winner is least where he changes: there the third side, who can only lose, wants to be.
TEST(AllocationGame, a_third_side_that_cannot_win_goes_to_where_the_winner_changes) {
  std::vector<double> shares = {0, .7, .3, .7, 0, .3, .5, .5, 0};
  const GameEnd end = best_responses(game_of(unit_war({10, 9.5, 3}), {2}), 20, shares);
  EXPECT_TRUE(end.converged);
  EXPECT_NEAR(shares[6], 0.817234, 1e-6);
  EXPECT_NEAR(shares[6] + shares[7], 1, 1e-12);
}

TEST(AllocationGame, a_third_side_that_can_win_does) {
  std::vector<double> shares = {0, 1, 0, 1, 0, 0, .5, .5, 0};
  const GameEnd end = best_responses(game_of(unit_war({10, 9.5, 3}), {2}), 20, shares);
  EXPECT_TRUE(end.converged);
  EXPECT_GT(shares[6], 19. / 44);
  EXPECT_LT(shares[6], 35. / 44);
  // 1 and 2 fight each other and 3 is untouched: x1' = -x2 - 3 p, x2' = -x1 - 3 (1 - p). No share of a grid is better.
  TotalWarSolver solver;
  const double best = solver.solve(unit_war({10, 9.5, 3}), shares)[2];
  for (int k = 0; k <= 1000; ++k) {
    std::vector<double> other = shares;
    other[6] = k / 1000.;
    other[7] = 1 - other[6];
    const auto& left = solver.solve(unit_war({10, 9.5, 3}), other);
    EXPECT_LE(left[2] - left[0] - left[1], best + 1e-9);
  }
}

TEST(AllocationGame, one_against_many_fights_them_by_falling_c_d) {
  struct Enemy {
    double x, d, c;
  };
  const Enemy enemies[] = {{5, .5, 1}, {3, 2, .5}, {2, 1, 1.5}};  // c d = 0.5, 1, 1.5
  TotalWar war{4, {13, 5, 3, 2}, std::vector<double>(16, 0.0), 100};
  for (std::size_t k = 0; k < 3; ++k) {
    war.rate[k + 1] = enemies[k].c;
    war.rate[(k + 1) * 4] = enemies[k].d;
  }
  std::vector<double> shares(16, 0.0);
  shares[4] = shares[8] = shares[12] = 1;
  shares[1] = shares[2] = shares[3] = 1 / 3.;
  const GameEnd end = best_responses(game_of(war, {0}), 20, shares);
  EXPECT_TRUE(end.converged);
  EXPECT_GT(shares[3], 0.999);            // c d = 1.5 first
  EXPECT_GT(shares[2], 1e6 * shares[1]);  // then 1, then 0.5
  TotalWarSolver solver;
  EXPECT_NEAR(solver.solve(war, shares)[0], 8.072587, 1e-6);
}

TEST(AllocationGame, against_a_dominant_side_all_others_stand_together) {
  std::vector<double> shares = flat(even_shares(3));
  const AllocationGame game = game_of(unit_war({10, 5, 4}), {0, 1, 2});
  const GameEnd end = best_responses(game, 20, shares);
  EXPECT_TRUE(end.converged);
  EXPECT_EQ(end.period, 0);
  EXPECT_GT(shares[3], 1 - 1e-8);
  EXPECT_GT(shares[6], 1 - 1e-8);
  TotalWarSolver solver;
  EXPECT_NEAR(solver.solve(game.war, shares)[0], std::sqrt(19), 1e-7);
}

/// Three sides that all answer anew every `step`, from `x` for `until` units of time; the war has 40 to go.
std::vector<double> answer_anew(std::vector<double> x, double step, double until) {
  std::vector<double> shares = flat(even_shares(3));
  const int steps = static_cast<int>(std::lround(until / step));
  for (int k = 0; k < steps; ++k) {
    AllocationGame game = game_of(unit_war(x), {0, 1, 2});
    EXPECT_FALSE(best_responses(game, 20, shares).converged);
    game.war.days = step;
    x = TotalWarSolver().solve(game.war, shares);
  }
  return x;
}

// Where nobody is dominant plans of constant shares go round, and answering anew lets nobody become dominant: whoever
// is about to win draws the fire of both others.
TEST(AllocationGame, without_a_dominant_side_nobody_becomes_dominant) {
  for (const std::vector<double>& first : {std::vector<double>{10, 9, 8}, {5, 4, 3}, {10, 6, 5}}) {
    const std::vector<double> x = answer_anew(first, .1, 1);
    const double sum = x[0] + x[1] + x[2];
    EXPECT_NEAR(sum, (first[0] + first[1] + first[2]) * std::exp(-1), 1e-9);  // all fire, and all of it hits
    for (const double one : x) {
      EXPECT_GT(one, 0);
      EXPECT_LT(one, sum / 2);
    }
  }
}

TEST(AllocationGame, near_equals_keep_their_proportions_the_better_the_oftener_they_answer) {
  double before = 1;
  for (const double step : {.2, .1, .05}) {
    const std::vector<double> x = answer_anew({10, 9, 8}, step, 1);
    double worst = 0;
    for (const std::size_t i : {0U, 1U, 2U}) {
      worst = std::max(worst, std::abs(x[i] / ((10 - static_cast<double>(i)) * std::exp(-1)) - 1));
    }
    EXPECT_LT(worst, .1 * step);
    EXPECT_LT(worst, before);
    before = worst;
  }
}

TEST(AllocationGame, an_own_survivor_may_be_worth_more_than_dead_enemies) {
  // Side 3 cannot win. Left to itself it cares only for the winner's rest; without any weight on enemies it is content
  // with every allocation, and keeps the one it has.
  AllocationGame game = game_of(unit_war({10, 9.5, 3}), {2});
  game.players[0].enemy_weight = 0;
  std::vector<double> shares = {0, .7, .3, .7, 0, .3, .25, .75, 0};
  EXPECT_TRUE(best_responses(game, 20, shares).converged);
  EXPECT_DOUBLE_EQ(shares[6], .25);
}

TEST(AllocationGame, says_when_the_answers_go_round) {
  // 1 and 2 both want the other to be the one whom side 3 fires at; side 3 answers whoever is ahead.
  std::vector<double> shares = flat(even_shares(3));
  const GameEnd end = best_responses(game_of(unit_war({10, 6, 5}), {0, 1, 2}), 400, shares);
  EXPECT_FALSE(end.converged);
  EXPECT_GT(end.period, 1);
  EXPECT_GT(end.gain, 0);
  EXPECT_LT(end.rounds, 400);
  for (const std::size_t row : {0U, 1U, 2U}) {
    EXPECT_NEAR(shares[row * 3] + shares[row * 3 + 1] + shares[row * 3 + 2], 1, 1e-9);
  }
}

Event decision_of(const CompiledModel& model, solver::Run& run) {
  solver::Path path;
  run = solve_one(model, {.solver = solver::SolverKind::mean_field, .every_days = 1}, 0, &path);
  for (const Event& event : path.journal.events) {
    if (event.kind == "best_response") {
      return event;
    }
  }
  return {};
}

TEST(BestResponse, a_command_of_the_war_answers_the_shares_of_the_others) {
  WarBuilder war = battle_war({{10, 9.5, 3}, all_pairs(3, 1), {{0, .7, .3}, {.7, 0, .3}, {0, 0, 0}}}, 40);
  war.doctrine("c", Doctrine::best_response);
  const CompiledModel model = war.compile();
  solver::Run run;
  const Event decision = decision_of(model, run);
  EXPECT_EQ(decision.cause, &laws::BestResponse::kSettled);
  EXPECT_EQ(decision.numbers.rounds, 2);
  EXPECT_NEAR(run.effort[2 * 3 + 0], 0.817234, 1e-6);
  EXPECT_EQ(run.games.games, 1);
  EXPECT_EQ(run.games.converged, 1);
  EXPECT_EQ(run.games.rounds, 2);
}

TEST(BestResponse, members_of_a_command_share_one_allocation_and_count_together) {
  WarBuilder war(40);
  war.ground("a", "joint").ground("aa", "joint").ground("b").ground("c").place("field", "a");
  war.force("a", "field", 4).force("aa", "field", 6).force("b", "field", 5).force("c", "field", 4);
  for (const char* actor : {"a", "aa", "b", "c"}) {
    war.set(std::string("actors.") + actor + ".kill_rate", 1);
  }
  for (const char* command : {"joint", "b", "c"}) {
    war.doctrine(command, Doctrine::best_response);
  }
  const CompiledModel model = war.compile();
  solver::Run run;
  decision_of(model, run);
  EXPECT_EQ(run.games.converged, 1);
  const ActorIndex a = war.actor("a");
  const ActorIndex aa = war.actor("aa");
  EXPECT_NEAR(run.of(a, ActorOutcome::final_fighters) + run.of(aa, ActorOutcome::final_fighters), std::sqrt(19), 1e-6);
  const auto effort = [&](ActorIndex by, ActorIndex on) { return run.effort[at(by * 4 + on)]; };
  EXPECT_DOUBLE_EQ(effort(a, war.actor("b")), effort(aa, war.actor("b")));
}

TEST(BestResponse, costs_nothing_where_no_command_has_the_doctrine) {
  solver::Run run;
  decision_of(battle_war({{10, 9, 8}, all_pairs(3, 1), even_shares(3)}, 4).compile(), run);
  EXPECT_EQ(run.games.games, 0);
}

}  // namespace
}  // namespace truel::test
