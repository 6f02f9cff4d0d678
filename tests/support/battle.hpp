// Everybody against everybody at one place: the setting of the closed forms and of the exact Markov chains.
#pragma once

#include <vector>

#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {

using Matrix = std::vector<std::vector<double>>;  ///< [attacker][target]; the diagonal is not used

struct Battle {
  std::vector<double> strength;
  Matrix rate;             ///< kills per fighter and day
  Matrix share;            ///< of the attacker's effort
  Matrix visibility = {};  ///< empty: nobody lives there and all is seen
  double population = 0;
};

/// The same number for every pair.
Matrix all_pairs(std::size_t sides, double number);
/// Every attacker divides its effort evenly over all others.
Matrix even_shares(std::size_t sides);

/// Sides are called "a", "b", ...; side a holds the place "field".
WarBuilder battle_war(const Battle& battle, int days);

/// What is left of the sides and when each was gone (NaN: it was not), in days.
struct Ending {
  std::vector<double> left, gone;
};
Ending ending(const solver::Run& run, std::size_t sides);

/// Days of a battle that does not tire in which as much happens as in so many of one that does: the integral of
/// 1 / ln(e + s/t0), by Simpson's rule with 20,000 intervals.
double tired_days(int days, double t0);

/// By the mean-field equations.
Ending solve_battle(const Battle& battle, int days);

}  // namespace truel::test
