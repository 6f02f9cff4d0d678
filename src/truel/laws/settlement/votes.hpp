// Votes over positions, and the election of one among several options by the chance that
// each would beat each other (probabilistic Condorcet election).
#pragma once

#include <span>
#include <vector>

namespace truel::laws {

/// What differs by less is equal where bargaining turns on which of two numbers is the greater: shares of votes,
/// chances, expected utilities, and positions as a part of the range of an issue. Far above what rounding does to
/// numbers of the order of one, and far below what anybody could mean.
inline constexpr double kSame = 1e-9;

/// Square matrix of pairs of options, row by row.
struct Pairs {
  explicit Pairs(int options) : n(options), values(static_cast<std::size_t>(options * options), 0) {}
  double& operator()(int i, int j) { return values[static_cast<std::size_t>(i * n + j)]; }
  double operator()(int i, int j) const { return values[static_cast<std::size_t>(i * n + j)]; }
  std::span<const double> row(int i) const {
    return std::span(values).subspan(static_cast<std::size_t>(i * n), at_n());
  }
  std::size_t at_n() const { return static_cast<std::size_t>(n); }

  int n;
  std::vector<double> values;
};

/// How the chance of each option follows from the chances in pairs.
enum class ElectionRule {
  conditional,       ///< that it beats all others at once, given that some option does
  markov_uniform,    ///< stationary, each challenger of the favourite equally likely
  markov_incentive,  ///< stationary, challengers likelier where more stands behind them
};

struct ElectionOptions {
  ElectionRule rule = ElectionRule::conditional;
  double victory_exponent = 1;  ///< n of c^n / (c^n + d^n) between two options: 1 linear, 2 square, 4 quartic
  double cubic_share = 0;       ///< part of a vote that grows with the cube of the difference of utilities
};

/// Vote of an actor of this weight between options of the two utilities: positive for the first.
double vote(double weight, double utility, double other, double cubic_share);

/// Chance that a coalition of strength `strength` wins against one of strength `other`; 0.5 if both are 0.
double victory_chance(double strength, double other, double exponent);

/// Strength of those who prefer option i to option j [i][j], from each voter's utility of each option
/// (utility(voter, option)) and the voters' weights; a small part of all weight keeps every pair decidable.
Pairs coalition_strengths(const Pairs& utility, std::span<const double> weight, double cubic_share);

/// Chance of each option; sums to 1. strength: [i][j] as from coalition_strengths, all above 0 off the diagonal.
/// Source: B. Wise, L. Lester, B. Efird, KAPSARC Toolkit for Behavioral Analysis (probabilistic Condorcet election).
std::vector<double> elect(const Pairs& strength, const ElectionOptions& options);

}  // namespace truel::laws
