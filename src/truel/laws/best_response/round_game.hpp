// Whom to fire at, or whether to fire at all, as a game among a few fighters whose fire comes in rounds (truels:
// Kilgour 1972, 1975): the exact chain of who is left and whose turn it is.
#pragma once

#include <cstddef>
#include <vector>

#include "truel/laws/best_response/allocation_game.hpp"

namespace truel::laws {

/// A war of n sides that goes on until nobody has an enemy left, or nobody fires. In a round all sides fire at once, or
/// one of them, in turn. A fighter fires one shot a round, or the least number for which the chance of a kill is at
/// most 1 a shot; shots at the dead are lost.
struct RoundWar {
  std::size_t n = 0;
  std::vector<int> fighters;      ///< [side]
  std::vector<double> kills;      ///< [by][whom] expected kills of a fighter and round; 0: no enemies
  std::vector<std::size_t> turn;  ///< sides in the order of their fire; empty: all fire at once
};

struct RoundGame {
  RoundWar war;
  std::vector<Player> players;
  /// [by][whom] What sides without a player do: shares, rescaled over living enemies, even where all are 0; what is
  /// missing to 1 in `fires` is fired into the air while more than one enemy lives.
  std::vector<double> shares;
  std::vector<double> fires;  ///< [side]
};

/// States of the chain: numbers of fighters left, times the sides whose turn it may be. Infinite if beyond counting.
double chain_states(const RoundWar& war);

/// Equilibrium in stationary strategies, from the last fighters backwards. In every state each player in turn chooses
/// what is best for it when its turn comes: all fire on one enemy, or, while more than one lives, all into the air;
/// round after round until nobody gains by changing. The search begins with everybody firing into the air, so that
/// nothing is assumed of who fires at whom. A player values what is left of its members in the end less `enemy_weight`
/// times what is left of its targets; where nobody fires any more, all who live are left. Where the choices go round,
/// or do not settle within `most_rounds`, the strategy of the state is the mean of those that repeat, or of the last
/// half. Returns how the search ended in the present state; `shares`: [by][whom] the fire of each side there, that of
/// players chosen; the rest of 1 is fired into the air. `left`: [side] the fighters expected to be left in the end, the
/// next to fire being the first of `turn` that lives. Cost: states times choices, times the numbers of dead that one
/// round may have.
struct RoundSolution {
  GameEnd end;
  std::vector<double> shares, left;
};
RoundSolution solve(const RoundGame& game, int most_rounds);

}  // namespace truel::laws
