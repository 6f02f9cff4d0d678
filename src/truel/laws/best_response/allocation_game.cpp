#include "truel/laws/best_response/allocation_game.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace truel::laws {
namespace {

constexpr double kAfter = 1e-9;        ///< effort on the next target of an order, relative to the one before it
constexpr double kWorthIt = 1e-5;      ///< gains below this part of all strength change nobody's mind
constexpr double kSameShare = 1e-7;    ///< shares that differ by less are the same allocation
constexpr double kFinest = 0x1p-24;    ///< the least part of the effort that the search moves
constexpr std::size_t kAllOrders = 4;  ///< targets up to which every order is tried
constexpr double kGolden = 0.3819660112501051;  ///< 1 - 1 / golden ratio
constexpr double kCoarse = 0x1p-4;              ///< part of a bracket above which a flat stretch means nothing

using ShareRow = std::vector<double>;

class Responder {
 public:
  Responder(const AllocationGame& game, ShareRow& shares) : game_(game), shares_(shares) {
    worth_it_ = kWorthIt * std::accumulate(game.war.strength.begin(), game.war.strength.end(), 0.0);
    solver_.begin(game.war);
  }

  /// Gives the player its best allocation, if that is worth changing for; returns the gain, or 0.
  double respond(const Player& player) {
    const std::size_t m = player.targets.size();
    ShareRow present(m);
    for (std::size_t k = 0; k < m; ++k) {
      present[k] = shares_[player.members[0] * game_.war.n + player.targets[k]];
    }
    normalise(present);
    set(player, present);
    if (m == 1) {
      return 0;
    }
    const double before = value_of_present(player);
    best_ = before;
    choice_ = present;
    if (player.weighs_all) {
      try_orders(player);
    }
    improve(player);
    const double gain = best_ - before;
    const bool is_worth_it = gain > worth_it_;
    set(player, is_worth_it ? choice_ : present);
    if (is_worth_it) {
      present_shares_ = shares_;
      present_left_ = choice_left_;
    }
    return is_worth_it ? gain : 0;
  }

 private:
  /// Targets one after another, tried.
  struct Order {
    std::vector<std::size_t> targets;  ///< indices into Player::targets
    double worth = 0;
    std::vector<bool> falls;  ///< [place in the order] whether this target is dead at the end
  };

  static void normalise(ShareRow& row) {
    const double sum = std::accumulate(row.begin(), row.end(), 0.0);
    for (double& share : row) {
      share = sum > 0 ? share / sum : 1 / static_cast<double>(row.size());
    }
  }

  void set(const Player& player, const ShareRow& row) {
    for (const std::size_t member : player.members) {
      for (std::size_t k = 0; k < row.size(); ++k) {
        shares_[member * game_.war.n + player.targets[k]] = row[k];
      }
    }
  }

  double value(const Player& player, const ShareRow& row) {
    set(player, row);
    left_ = solver_.solve(shares_);
    return worth_of(player, left_);
  }

  /// With all shares as they are: for most players those at which the one before them stayed.
  double value_of_present(const Player& player) {
    if (present_shares_ != shares_) {
      present_shares_ = shares_;
      present_left_ = solver_.solve(shares_);
    }
    return worth_of(player, present_left_);
  }

  static double worth_of(const Player& player, const ShareRow& left) {
    double worth = 0;
    for (const std::size_t member : player.members) {
      worth += left[member];
    }
    for (const std::size_t target : player.targets) {
      worth -= player.enemy_weight * left[target];
    }
    return worth;
  }

  double consider(const Player& player, const ShareRow& row) {
    const double worth = value(player, row);
    if (worth > best_) {
      best_ = worth;
      choice_ = row;
      choice_left_ = left_;
    }
    return worth;
  }

  /// What an order leaves to a later target is small beyond counting while an earlier one lives.
  Order tried(const Player& player, std::vector<std::size_t> targets) {
    ShareRow row(targets.size());
    double effort = 1;
    for (const std::size_t k : targets) {
      row[k] = effort;
      effort *= kAfter;
    }
    normalise(row);
    Order order{std::move(targets), consider(player, row), {}};
    for (const std::size_t k : order.targets) {
      order.falls.push_back(left_[player.targets[k]] <= 0);
    }
    return order;
  }

  void try_orders(const Player& player) {
    const std::size_t m = player.targets.size();
    std::vector<double> threat(m);
    for (std::size_t k = 0; k < m; ++k) {
      for (const std::size_t member : player.members) {
        threat[k] += game_.war.rate[member * game_.war.n + player.targets[k]] *
                     game_.war.rate[player.targets[k] * game_.war.n + member];
      }
    }
    std::vector<std::size_t> by_threat(m);
    std::iota(by_threat.begin(), by_threat.end(), std::size_t{0});
    std::stable_sort(by_threat.begin(), by_threat.end(),
                     [&](std::size_t a, std::size_t b) { return threat[a] > threat[b]; });
    choose(player, tried(player, by_threat), 0);
  }

  /// Tries each later target in this place of an order, and what follows on those of them that fall: behind one that
  /// stands to the end the order has no effect.
  void choose(const Player& player, Order order, std::size_t place) {
    const std::size_t m = order.targets.size();
    if (place + 1 == m) {
      return;
    }
    std::vector<Order> branches;
    for (std::size_t k = place + 1; k < m; ++k) {
      std::vector<std::size_t> targets = order.targets;
      const auto here = targets.begin() + static_cast<std::ptrdiff_t>(place);
      const auto chosen = targets.begin() + static_cast<std::ptrdiff_t>(k);
      std::rotate(here, chosen, chosen + 1);
      branches.push_back(tried(player, std::move(targets)));
    }
    branches.insert(branches.begin(), std::move(order));
    if (m > kAllOrders) {
      const auto best = std::max_element(branches.begin(), branches.end(),
                                         [](const Order& a, const Order& b) { return a.worth < b.worth; });
      branches = {*best};
    }
    for (Order& branch : branches) {
      if (branch.falls[place]) {
        choose(player, std::move(branch), place + 1);
      }
    }
  }

  /// From the best so far: divides the effort anew between two targets, if that is worth it.
  void improve(const Player& player) {
    if (player.weighs_all && choice_.size() == 2) {  // the one case where looking at every size costs little
      for (double part = 0.5; part >= kFinest; part /= 2) {
        for (const std::size_t from : {0U, 1U}) {
          ShareRow row = choice_;
          const double moved = std::min(part, row[from]);
          row[from] -= moved;
          row[1 - from] += moved;
          const double before = best_;
          if (moved > 0 && consider(player, row) > before) {
            balance(player, from, 1 - from);
          }
        }
      }
      return;
    }
    shift(player);
  }

  /// What moving the least effort from one target to another gains, for all of the effort on the first.
  double gain_of(const Player& player, std::size_t from, std::size_t to) {
    ShareRow row = choice_;
    row[from] -= kFinest;
    row[to] += kFinest;
    return (value(player, row) - best_) / kFinest * choice_[from];
  }

  /// Between which two targets effort moves at the greatest gain is known, but for kinks, from what each gains of the
  /// target that gets most.
  void shift(const Player& player) {
    const std::size_t m = choice_.size();
    const auto most = static_cast<std::size_t>(std::max_element(choice_.begin(), choice_.end()) - choice_.begin());
    std::vector<double> gain(m);
    std::size_t from = most;
    std::size_t to = most;
    for (std::size_t k = 0; k < m; ++k) {
      gain[k] = k == most ? 0 : gain_of(player, most, k);
      to = gain[k] > gain[to] ? k : to;
      from = choice_[k] > kFinest && gain[k] < gain[from] ? k : from;
    }
    if (from != most && from != to && gain_of(player, from, to) > worth_it_) {
      balance(player, from, to);
    } else if (gain[to] > worth_it_) {
      balance(player, most, to);
    }
  }

  /// The best division of what two targets get, by golden section around the best so far: to kFinest, or until what
  /// is left to gain is not worth it.
  void balance(const Player& player, std::size_t one, std::size_t other) {
    const double both = choice_[one] + choice_[other];
    const auto at = [&](double part) {
      ShareRow row = choice_;
      row[one] = part;
      row[other] = both - part;
      return consider(player, row);
    };
    double low = 0;
    double high = both;
    double middle = choice_[one];
    double reached = best_;
    while (high - low > kFinest) {
      const bool is_left = middle - low > high - middle;
      const double next = is_left ? middle - kGolden * (middle - low) : middle + kGolden * (high - middle);
      const double worth = at(next);
      const bool is_better = worth > reached;
      const double difference = std::abs(worth - reached);
      (is_left == is_better ? high : low) = is_better ? middle : next;
      if (is_better) {
        middle = next;
        reached = worth;
      }
      if (high - low < kCoarse * both && difference < worth_it_) {
        return;
      }
    }
  }

  const AllocationGame& game_;
  ShareRow& shares_;
  TotalWarSolver solver_;
  ShareRow left_;  ///< [side] at the end of the war last tried
  ShareRow choice_, choice_left_;
  ShareRow present_shares_, present_left_;  ///< all shares at which a player last stayed; [side] at the end of that war
  double best_ = 0;
  double worth_it_ = 0;  ///< fighters
};

bool is_same(const ShareRow& a, const ShareRow& b) {
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (std::abs(a[k] - b[k]) > kSameShare) {
      return false;
    }
  }
  return true;
}

}  // namespace

GameEnd best_responses(const AllocationGame& game, int most_rounds, std::vector<double>& shares) {
  GameEnd end;
  Responder responder(game, shares);
  std::vector<ShareRow> past;
  std::size_t content = 0;  // players in a row who keep what they have
  while (end.rounds < most_rounds) {
    ++end.rounds;
    end.gain = 0;
    for (const Player& player : game.players) {
      const double gain = player.members.empty() || player.targets.empty() ? 0 : responder.respond(player);
      end.gain = std::max(end.gain, gain);
      content = gain > 0 ? 0 : content + 1;
      if (content == game.players.size()) {
        end.gain = 0;
        end.converged = true;
        return end;
      }
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

}  // namespace truel::laws
