// The game of rounds against the published equilibria of truels (Kilgour 1972, 1975) and small chains by hand.
#include "truel/laws/best_response/round_game.hpp"

#include <gtest/gtest.h>

#include <string>

namespace truel::test {
namespace {

using laws::Player;
using laws::RoundGame;
using laws::RoundSolution;

/// One marksman a side, everybody a player; order: sides in the order of fire, "" for all at once.
RoundGame truel_of(const std::vector<double>& hit_chance, const std::string& order, double enemy_weight = 1) {
  const std::size_t n = hit_chance.size();
  RoundGame game;
  game.war = {n, std::vector<int>(n, 1), std::vector<double>(n * n, 0), {}};
  for (const char side : order) {
    game.war.turn.push_back(static_cast<std::size_t>(side - 'A'));
  }
  for (std::size_t i = 0; i < n; ++i) {
    Player player{{i}, {}, enemy_weight};
    for (std::size_t j = 0; j < n; ++j) {
      if (i != j) {
        game.war.kills[i * n + j] = hit_chance[i];
        player.targets.push_back(j);
      }
    }
    game.players.push_back(player);
  }
  game.shares.assign(n * n, 0);
  game.fires.assign(n, 1);
  return game;
}

/// Whom each side fires at, such as "BA-": A at B, B at A, C into the air.
std::string choices(const RoundSolution& solution) {
  const std::size_t n = solution.left.size();
  std::string text;
  for (std::size_t i = 0; i < n; ++i) {
    char whom = '-';
    for (std::size_t j = 0; j < n; ++j) {
      whom = solution.shares[i * n + j] == 1 ? static_cast<char>('A' + j) : whom;
    }
    text += whom;
  }
  return text;
}

void expect_left(const RoundSolution& solution, const std::vector<double>& left, const std::string& what) {
  for (std::size_t i = 0; i < left.size(); ++i) {
    EXPECT_NEAR(solution.left[i], left[i], 1e-12) << what << ", side " << i;
  }
}

TEST(RoundGame, the_worst_shot_of_a_truel_in_turns_fires_into_the_air) {
  struct Row {
    std::vector<double> hit_chance, left;
    std::string orders;
  };
  for (const Row& row : {Row{{1, .8, .5}, {1. / 2, 0, 1. / 2}, "ABC ACB CAB"},
                         Row{{1, .8, .5}, {1. / 10, 16. / 45, 49. / 90}, "BAC BCA CBA"},
                         Row{{1, 2. / 3, 1. / 3}, {2. / 3, 0, 1. / 3}, "ABC ACB CAB"},
                         Row{{1, 2. / 3, 1. / 3}, {2. / 9, 8. / 21, 25. / 63}, "BAC BCA CBA"}}) {
    for (std::size_t k = 0; k < row.orders.size(); k += 4) {
      const std::string order = row.orders.substr(k, 3);
      const RoundSolution solution = solve(truel_of(row.hit_chance, order), 20);
      EXPECT_TRUE(solution.end.converged) << order;
      EXPECT_EQ(choices(solution), "BA-") << order;
      expect_left(solution, row.left, order);
    }
  }
}

// Where both others are poor shots, missing a chance to hit the best one costs more than being aimed at. With A at B, B
// at A: C gains by aiming at A in every order of fire.
TEST(RoundGame, a_worst_shot_among_poor_shots_fires) {
  for (const std::string order : {"ABC", "ACB", "BAC", "BCA", "CAB", "CBA"}) {
    EXPECT_EQ(choices(solve(truel_of({.5, .1, .05}, order), 20)), "BAA") << order;
  }
}

TEST(RoundGame, all_at_once_the_chain_gives_the_chances_of_the_simultaneous_truel) {
  RoundGame game = truel_of({.6, .5, .3}, "");
  game.players.clear();
  game.shares = {0, 1, 0, 1, 0, 0, 1, 0, 0};
  expect_left(solve(game, 20), {49. / 344, 7. / 43, 97. / 172}, "each at the better other");
}

TEST(RoundGame, who_only_wants_to_live_lets_live) {
  const RoundSolution peace = solve(truel_of({1, .8, .5}, "ABC", 0), 20);
  EXPECT_TRUE(peace.end.converged);
  EXPECT_EQ(choices(peace), "---");
  expect_left(peace, {1, 1, 1}, "peace");
}

// Two men with chance 1/2 against one: V(1, 1) = 2/3 if they fire first, and V(2, 1) = 3/4 2 + 1/4 (V(2, 1) + V(1, 1))
// / 2.
TEST(RoundGame, sides_of_several_men_lose_them_one_by_one) {
  RoundGame game = truel_of({.5, .5}, "AB");
  game.war.fighters = {2, 1};
  const RoundSolution solution = solve(game, 20);
  const double left = (1.5 + 1. / 12) / (7. / 8);
  EXPECT_NEAR(solution.left[0], left, 1e-12);
  EXPECT_EQ(laws::chain_states(game.war), 12);
}

// The two better shots aim at each other as they are told to, and C answers; told to fire at C, they change its mind.
TEST(RoundGame, sides_without_a_player_do_as_they_are_told) {
  RoundGame game = truel_of({1, .8, .5}, "CAB");
  game.players.erase(game.players.begin(), game.players.begin() + 2);
  game.shares = {0, 1, 0, 1, 0, 0, 0, 0, 0};
  EXPECT_EQ(choices(solve(game, 20)), "BA-");
  game.shares = {0, 0, 1, 0, 0, 1, 0, 0, 0};
  EXPECT_EQ(choices(solve(game, 20)), "CCA");
}

TEST(RoundGame, one_round_of_answers_is_not_enough_to_say_that_they_settle) {
  const RoundSolution solution = solve(truel_of({1, .8, .5}, "ABC"), 1);
  EXPECT_FALSE(solution.end.converged);
  EXPECT_EQ(solution.end.rounds, 1);
}

}  // namespace
}  // namespace truel::test
