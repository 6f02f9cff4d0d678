// Exact chances of a small battle: the Markov chain of its strengths, solved state by state.
#pragma once

#include <array>
#include <functional>
#include <vector>

namespace truel::test {

inline constexpr std::size_t kSides = 3;
using Units = std::array<int, kSides>;

struct ChainEnd {
  std::array<double, kSides> wins{};       ///< chance to be the last side left
  std::array<double, kSides> survivors{};  ///< expected
  double duration = 0;                     ///< expected time until one side is left
  /// survivor_chance[side][k]: chance that the side ends with k units.
  std::array<std::vector<double>, kSides> survivor_chance;
};

/// Rate at which each side loses its next unit.
using LossRates = std::function<std::array<double, kSides>(const Units&)>;

/// Sends all probability from the first state down to the states with one side left. A battle of two has 0 units on the
/// third side. Cost: one visit to each state.
ChainEnd solve_chain(const Units& first, const LossRates& rates);

/// Aimed fire: side i kills at rate[i] per unit, divided over the enemies by share[i][j], rescaled over the living
/// ones; evenly if all of it was meant for the dead.
LossRates aimed_fire(const std::array<double, kSides>& rate,
                     const std::array<std::array<double, kSides>, kSides>& share);

}  // namespace truel::test
