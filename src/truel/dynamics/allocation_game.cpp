#include "truel/dynamics/allocation_game.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace truel::dynamics {
namespace {

constexpr double kAfter = 1e-9;        ///< effort on the next target of an order, relative to the one before it
constexpr double kWorthIt = 1e-9;      ///< gains below this part of all strength change nobody's mind
constexpr double kSame = 1e-7;         ///< shares that differ by less are the same allocation
constexpr int kFinest = 24;            ///< halvings of the effort that the search moves
constexpr std::size_t kAllOrders = 4;  ///< targets up to which every order is tried

using Shares = std::vector<double>;

class Responder {
 public:
  Responder(const AllocationGame& game, Shares& shares) : game_(game), shares_(shares) {}

  /// Gives the player its best allocation, if that is worth changing for; returns the gain, or 0.
  double respond(const Player& player) {
    const std::size_t m = player.targets.size();
    Shares present(m);
    for (std::size_t k = 0; k < m; ++k) {
      present[k] = shares_[player.members[0] * game_.war.n + player.targets[k]];
    }
    normalise(present);
    const double before = value(player, present);
    best_ = before;
    choice_ = present;
    consider(player, Shares(m, 1 / static_cast<double>(m)));
    try_orders(player);
    const Shares start = choice_;
    climb(player, present);
    climb(player, start);
    const double gain = best_ - before;
    const double scale = std::accumulate(game_.war.strength.begin(), game_.war.strength.end(), 0.0);
    const bool is_worth_it = gain > kWorthIt * scale;
    set(player, is_worth_it ? choice_ : present);
    return is_worth_it ? gain : 0;
  }

 private:
  static void normalise(Shares& row) {
    const double sum = std::accumulate(row.begin(), row.end(), 0.0);
    for (double& share : row) {
      share = sum > 0 ? share / sum : 1 / static_cast<double>(row.size());
    }
  }

  void set(const Player& player, const Shares& row) {
    for (const std::size_t member : player.members) {
      for (std::size_t k = 0; k < row.size(); ++k) {
        shares_[member * game_.war.n + player.targets[k]] = row[k];
      }
    }
  }

  double value(const Player& player, const Shares& row) {
    set(player, row);
    const Shares& left = solver_.solve(game_.war, shares_);
    double worth = 0;
    for (const std::size_t member : player.members) {
      worth += left[member];
    }
    for (const std::size_t target : player.targets) {
      worth -= player.enemy_weight * left[target];
    }
    return worth;
  }

  bool consider(const Player& player, const Shares& row) {
    const double worth = value(player, row);
    if (worth <= best_) {
      return false;
    }
    best_ = worth;
    choice_ = row;
    return true;
  }

  /// One after another: what an order leaves to a later target is small beyond counting while an earlier one lives.
  void try_orders(const Player& player) {
    const std::size_t m = player.targets.size();
    std::vector<std::size_t> order(m);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto try_order = [&](const std::vector<std::size_t>& one) {
      Shares row(m);
      double effort = 1;
      for (const std::size_t k : one) {
        row[k] = effort;
        effort *= kAfter;
      }
      normalise(row);
      consider(player, row);
    };
    if (m <= kAllOrders) {
      do {
        try_order(order);
      } while (std::next_permutation(order.begin(), order.end()));
      return;
    }
    std::vector<double> threat(m);
    for (std::size_t k = 0; k < m; ++k) {
      for (const std::size_t member : player.members) {
        threat[k] += game_.war.rate[member * game_.war.n + player.targets[k]] *
                     game_.war.rate[player.targets[k] * game_.war.n + member];
      }
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return threat[a] > threat[b]; });
    for (std::size_t first = 0; first < m; ++first) {
      std::vector<std::size_t> one = order;
      std::rotate(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(first),
                  one.begin() + static_cast<std::ptrdiff_t>(first) + 1);
      try_order(one);
    }
  }

  /// Moves parts of the effort from one target to another as long as that gains; halves the part when nothing does.
  void climb(const Player& player, Shares row) {
    const std::size_t m = row.size();
    double reached = value(player, row);
    for (int halving = 1; halving <= kFinest; ++halving) {
      const double part = std::ldexp(1, -halving);
      bool has_moved = true;
      for (int moves = 0; has_moved && moves < 4; ++moves) {
        has_moved = false;
        for (std::size_t from = 0; from < m; ++from) {
          for (std::size_t to = 0; to < m; ++to) {
            const double moved = std::min(part, row[from]);
            if (from == to || moved <= 0) {
              continue;
            }
            Shares next = row;
            next[from] -= moved;
            next[to] += moved;
            if (const double worth = value(player, next); worth > reached) {
              reached = worth;
              row = std::move(next);
              has_moved = true;
            }
          }
        }
      }
    }
    if (reached > best_) {
      best_ = reached;
      choice_ = row;
    }
  }

  const AllocationGame& game_;
  Shares& shares_;
  TotalWarSolver solver_;
  Shares choice_;
  double best_ = 0;
};

bool is_same(const Shares& a, const Shares& b) {
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (std::abs(a[k] - b[k]) > kSame) {
      return false;
    }
  }
  return true;
}

}  // namespace

GameEnd best_responses(const AllocationGame& game, int most_rounds, std::vector<double>& shares) {
  GameEnd end;
  Responder responder(game, shares);
  std::vector<Shares> past;
  while (end.rounds < most_rounds) {
    ++end.rounds;
    end.gain = 0;
    for (const Player& player : game.players) {
      if (!player.members.empty() && !player.targets.empty()) {
        end.gain = std::max(end.gain, responder.respond(player));
      }
    }
    if (end.gain <= 0) {
      end.converged = true;
      return end;
    }
    past.push_back(shares);
    for (std::size_t back = 1; back < past.size() && end.period == 0; ++back) {
      if (is_same(past[past.size() - 1 - back], shares)) {
        end.period = static_cast<int>(back);
      }
    }
    if (end.period > 0) {
      break;
    }
  }
  const std::size_t kept = end.period > 0 ? static_cast<std::size_t>(end.period) : (past.size() + 1) / 2;
  std::fill(shares.begin(), shares.end(), 0);
  for (std::size_t r = past.size() - kept; r < past.size(); ++r) {
    for (std::size_t k = 0; k < shares.size(); ++k) {
      shares[k] += past[r][k] / static_cast<double>(kept);
    }
  }
  return end;
}

}  // namespace truel::dynamics
