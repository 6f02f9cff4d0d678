// The allocation of effort as a game: sides that divide their fire over their enemies, in the square law of totals.
#pragma once

#include <cstddef>
#include <vector>

namespace truel::laws {

/// A war of n sides without places: x_j' = - sum over i of rate[i][j] w[i][j] x_i while x_j > 0 (the square law among
/// many; for three sides Kress, Caulkins, Feichtinger, Grass and Seidl 2018). w are the shares of i, rescaled to sum to
/// 1 over the living whom it kills; even over these where all of its shares on them are 0.
struct TotalWar {
  std::size_t n = 0;
  std::vector<double> strength;  ///< [side] persons, at least 0
  std::vector<double> rate;      ///< [by][whom] kills per fighter and day; 0: no enemies
  double days = 0;
};

/// Strengths after `days`, by Taylor series of the matrix exponential from one death to the next and by the closed form
/// of the square law (Lanchester 1916) once two sides are left: exact to rounding, as the equations are linear while
/// nobody dies. Keeps its scratch space: one object a thread.
class TotalWarSolver {
 public:
  /// shares: [by][whom], not negative. Returns [side], 0 for the dead.
  /// Cost: some five steps for a dozen sides of which half die, each of 8 to 20 products with the sparse matrix of
  /// rates, as the next death needs; allocates nothing after the first call of a size.
  const std::vector<double>& solve(const TotalWar& war, const std::vector<double>& shares) {
    begin(war);
    return solve(shares);
  }
  /// The same for many shares in one war, of which it keeps who could fire at whom: it stays as it is meanwhile.
  void begin(const TotalWar& war);
  const std::vector<double>& solve(const std::vector<double>& shares);

 private:
  struct PossibleTarget {
    std::size_t whom, pair;  ///< pair: where its share stands
    double rate, share;      ///< rate: of all its effort
  };
  struct Fire {
    std::size_t by, whom;
    double rate;
  };
  void aim();
  void aim_anew();
  void aim_of(std::size_t by);
  bool end_duel(double days);  ///< false: this is no duel
  void begin_series();
  void lengthen(std::size_t by);             ///< the series, by so many terms
  [[nodiscard]] bool holds(double t) const;  ///< what the series leaves out at t is too little to matter
  [[nodiscard]] double held() const;         ///< how long the longest series holds
  void evaluate(double t);                   ///< fills value_
  std::size_t first_death(double& t);        ///< within t; t: when, or how long the series holds if it is nobody's

  const TotalWar* war_ = nullptr;
  std::vector<double> left_;
  std::vector<PossibleTarget> could_;  ///< whom sides could fire at, by side
  std::vector<std::size_t> row_;       ///< [side] where its own begin in could_
  std::vector<Fire> fire_, before_;    ///< who fires at whom, by `by`; the same before the last death
  std::size_t stride_ = 0;
  std::size_t n_terms_ = 0;    ///< that are known
  std::vector<double> terms_;  ///< [term][side], rows of stride_
  double all_ = 0;             ///< strength of all sides
  double greatest_ = 0;        ///< rate of fire of any side, on all of its targets
  double last_ = 0;            ///< of the terms, in the sum of all sides
  std::vector<double> value_, lives_until_;
};

/// A command in the game: it chooses one row of shares, the same for all of its members.
struct Player {
  std::vector<std::size_t> members, targets;  ///< sides
  double enemy_weight = 1;                    ///< of a surviving enemy, in units of an own survivor
  bool weighs_all = true;                     ///< tries orders of its targets, not only what is close to its shares
};

struct AllocationGame {
  TotalWar war;
  std::vector<Player> players;  ///< sides that belong to none keep their shares
};

/// How the best responses ended. `gain`: the most that a player could still gain by another allocation that the search
/// found, in survivors.
struct GameEnd {
  bool converged = false;
  int rounds = 0;
  int period = 0;  ///< rounds after which the allocations repeat themselves; 0: they converged, or did neither
  double gain = 0;
};

/// Best responses, player after player, round after round, until nobody gains (an equilibrium in shares that stay as
/// they are to the end) or the allocations repeat themselves. A player values what is left of its members after `days`
/// less `enemy_weight` times what is left of its targets (Kress, Lin and MacKay 2018 value survivors so). `shares` is
/// the beginning and the result; where the responses go round, or do not settle within `most_rounds`, it is the mean of
/// the rounds that repeat, or of the last half.
/// The response is searched among the present shares and, where the player weighs all, the orders of the targets (one
/// after another; all for up to four targets, else the best first target, the best second behind it, and so on; orders
/// that differ only behind a target that outlives the war are one). From the best of these, effort is divided anew, by
/// golden section, between the two targets between which moving 2^-24 of it gains most (between only two every halving
/// is tried): a local search, that may miss a better allocation far from all of these. Cost: for each player about one
/// war a target, three more a target if it weighs all, and up to 35 where it divides effort anew.
GameEnd best_responses(const AllocationGame& game, int most_rounds, std::vector<double>& shares);

}  // namespace truel::laws
