#include "truel/laws/best_response/round_game.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace truel::laws {
namespace {

constexpr double kLeastGain = 1e-9;  ///< gains below this part of all fighters change nobody's mind
constexpr double kHairOfAShot = 1e-9;
constexpr double kNoEnd = 1e-14;  ///< chance of any death in a round below which nobody is said to fire

using FireShares = std::vector<double>;  ///< [side] parts of a side's fire; the rest of 1 goes into the air
using Plan = std::vector<FireShares>;    ///< [side]
using Chances = std::vector<double>;     ///< [state]

class Chain {
 public:
  Chain(const RoundGame& game, int most_rounds)
      : game_(game), war_(game.war), n_(game.war.n), most_rounds_(most_rounds), stride_(n_) {
    std::size_t states = 1;
    for (std::size_t i = 0; i < n_; ++i) {
      stride_[i] = states;
      states *= static_cast<std::size_t>(war_.fighters[i]) + 1;
    }
    n_seats_ = war_.turn.empty() ? 1 : n_;
    left_.assign(states * n_seats_ * n_, 0);
  }

  RoundSolution solve() {
    RoundSolution solution;
    const std::size_t states = left_.size() / (n_seats_ * n_);
    for (std::size_t state = 0; state < states; ++state) {
      open(state);
      plan_.assign(n_, FireShares(n_, 0));
      if (fighting_.empty()) {
        for (std::size_t seat = 0; seat < n_seats_; ++seat) {
          std::copy(alive_.begin(), alive_.end(), at(state, seat));
        }
        continue;
      }
      for (const std::size_t side : fighting_) {
        const Player* player = player_of(side);
        plan_[side] = player == nullptr ? given(side) : first_choice(*player);
        aim(side);
      }
      solution.end = settle();
      store(value());
    }
    for (const FireShares& row : plan_) {
      solution.shares.insert(solution.shares.end(), row.begin(), row.end());
    }
    solution.shares.resize(n_ * n_);
    solution.left.assign(at(states - 1, first_seat()), at(states - 1, first_seat()) + static_cast<std::ptrdiff_t>(n_));
    return solution;
  }

 private:
  std::vector<double>::iterator at(std::size_t state, std::size_t seat) {
    return left_.begin() + static_cast<std::ptrdiff_t>((state * n_seats_ + seat) * n_);
  }
  double kills(std::size_t by, std::size_t whom) const { return war_.kills[by * n_ + whom]; }
  bool is_target(std::size_t by, std::size_t whom) const { return kills(by, whom) > 0 && alive_[whom] > 0; }

  /// Who lives in the state, and who of them has an enemy there, in the order of fire.
  void open(std::size_t state) {
    state_ = state;
    alive_.assign(n_, 0);
    for (std::size_t i = 0; i < n_; ++i) {
      alive_[i] = static_cast<double>(state / stride_[i] % (static_cast<std::size_t>(war_.fighters[i]) + 1));
    }
    fighting_ = fighting(alive_);
    fire_.assign(n_, {});
  }

  std::vector<std::size_t> fighting(const std::vector<double>& alive) const {
    std::vector<std::size_t> order(n_);
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (!war_.turn.empty()) {
      order = war_.turn;
    }
    std::erase_if(order, [&](std::size_t i) {
      bool has_enemy = false;
      for (std::size_t j = 0; j < n_; ++j) {
        has_enemy = has_enemy || (kills(i, j) > 0 && alive[j] > 0);
      }
      return alive[i] <= 0 || !has_enemy;
    });
    return order;
  }

  const Player* player_of(std::size_t side) const {
    for (const Player& player : game_.players) {
      if (std::find(player.members.begin(), player.members.end(), side) != player.members.end()) {
        return &player;
      }
    }
    return nullptr;
  }

  FireShares given(std::size_t side) const {
    FireShares row(n_, 0);
    double sum = 0;
    double enemies = 0;
    for (std::size_t j = 0; j < n_; ++j) {
      sum += is_target(side, j) ? game_.shares[side * n_ + j] : 0;
      enemies += is_target(side, j) ? 1 : 0;
    }
    for (std::size_t j = 0; j < n_; ++j) {
      const double share = sum > 0 ? game_.shares[side * n_ + j] / sum : 1 / enemies;
      row[j] = is_target(side, j) ? share * (enemies > 1 ? game_.fires[side] : 1) : 0;
    }
    return row;
  }

  std::vector<std::size_t> living_targets(const Player& player) const {
    std::vector<std::size_t> living = player.targets;
    std::erase_if(living, [&](std::size_t target) { return alive_[target] <= 0; });
    return living;
  }

  FireShares first_choice(const Player& player) const {
    FireShares row(n_, 0);
    if (const std::vector<std::size_t> living = living_targets(player); living.size() == 1) {
      row[living[0]] = 1;  // nobody abstains before the last enemy
    }
    return row;
  }

  /// Adds the dead of a side's fire to the chances of all states: those of a round as it goes on.
  Chances shoot(std::size_t side, const Chances& before) const {
    double expected = 0;
    for (std::size_t j = 0; j < n_; ++j) {
      expected += is_target(side, j) ? plan_[side][j] * kills(side, j) : 0;
    }
    const int shots = static_cast<int>(alive_[side] * std::max(1.0, std::ceil(expected - kHairOfAShot)));
    Chances chances = before;
    for (int shot = 0; shot < shots; ++shot) {
      const Chances fired = chances;
      for (std::size_t state = 0; state < fired.size(); ++state) {
        for (std::size_t j = 0; j < n_ && fired[state] > 0; ++j) {
          const double hit = is_target(side, j) ? plan_[side][j] * kills(side, j) * alive_[side] / shots : 0;
          const bool is_left = state / stride_[j] % (static_cast<std::size_t>(war_.fighters[j]) + 1) > 0;
          if (hit > 0 && is_left) {
            chances[state] -= hit * fired[state];
            chances[state - stride_[j]] += hit * fired[state];
          }
        }
      }
    }
    return chances;
  }

  Chances present() const {
    Chances chances(state_ + 1, 0);
    chances[state_] = 1;
    return chances;
  }

  std::size_t first_seat() const { return war_.turn.empty() || fighting_.empty() ? 0 : fighting_[0]; }

  /// Whose turn it is in another state after `side`.
  std::size_t next_seat(std::size_t state, std::size_t side) const {
    std::vector<double> alive(n_);
    for (std::size_t i = 0; i < n_; ++i) {
      alive[i] = static_cast<double>(state / stride_[i] % (static_cast<std::size_t>(war_.fighters[i]) + 1));
    }
    const std::vector<std::size_t> order = fighting(alive);
    const auto place = [&](std::size_t one) {
      return std::find(war_.turn.begin(), war_.turn.end(), one) - war_.turn.begin();
    };
    for (const std::size_t one : order) {
      if (place(one) > place(side)) {
        return one;
      }
    }
    return order.empty() ? 0 : order[0];
  }

  /// What the side's fire leads to: the chance that nobody dies, and what is expected to be left if somebody does,
  /// times its chance.
  struct Fire {
    double nobody = 1;
    FireShares left;
  };

  void aim(std::size_t side) {
    if (war_.turn.empty()) {
      return;
    }
    const Chances chances = shoot(side, present());
    Fire fire{chances[state_], FireShares(n_, 0)};
    for (std::size_t state = 0; state < state_; ++state) {
      if (chances[state] > 0) {
        const auto then = at(state, next_seat(state, side));
        for (std::size_t i = 0; i < n_; ++i) {
          fire.left[i] += chances[state] * then[static_cast<std::ptrdiff_t>(i)];
        }
      }
    }
    fire_[side] = std::move(fire);
  }

  /// What is left in the end: [seat][side], 0 for seats that are nobody's.
  std::vector<FireShares> value() {
    return war_.turn.empty() ? std::vector<FireShares>{value_at_once()} : value_in_turn();
  }

  FireShares value_at_once() {
    Chances chances = present();
    for (const std::size_t side : fighting_) {
      chances = shoot(side, chances);
    }
    FireShares left(n_, 0);
    if (1 - chances[state_] < kNoEnd) {
      return alive_;
    }
    for (std::size_t state = 0; state < state_; ++state) {
      for (std::size_t i = 0; i < n_ && chances[state] > 0; ++i) {
        left[i] += chances[state] / (1 - chances[state_]) * at(state, 0)[static_cast<std::ptrdiff_t>(i)];
      }
    }
    return left;
  }

  /// Once round the table nothing may have happened; then it begins again.
  std::vector<FireShares> value_in_turn() {
    std::vector<FireShares> values(n_, FireShares(n_, 0));
    double nobody = 1;
    FireShares once(n_, 0);
    for (const std::size_t side : fighting_) {
      for (std::size_t i = 0; i < n_; ++i) {
        once[i] += nobody * fire_[side].left[i];
      }
      nobody *= fire_[side].nobody;
    }
    FireShares after = alive_;
    if (1 - nobody >= kNoEnd) {
      for (std::size_t i = 0; i < n_; ++i) {
        after[i] = once[i] / (1 - nobody);
      }
    }
    for (auto side = fighting_.rbegin(); side != fighting_.rend(); ++side) {
      for (std::size_t i = 0; i < n_; ++i) {
        after[i] = fire_[*side].left[i] + fire_[*side].nobody * after[i];
      }
      values[*side] = after;
    }
    return values;
  }

  void store(const std::vector<FireShares>& values) {
    for (std::size_t seat = 0; seat < n_seats_; ++seat) {
      std::copy(values[seat].begin(), values[seat].end(), at(state_, seat));
    }
  }

  /// What a choice is worth when the turn of the player's first member comes.
  double worth(const Player& player, std::size_t member) {
    const FireShares left = value()[war_.turn.empty() ? 0 : member];
    double worth = 0;
    for (const std::size_t own : player.members) {
      worth += left[own];
    }
    for (const std::size_t target : player.targets) {
      worth -= player.enemy_weight * left[target];
    }
    return worth;
  }

  void choose(const Player& player, const FireShares& row) {
    for (const std::size_t member : player.members) {
      if (std::find(fighting_.begin(), fighting_.end(), member) != fighting_.end()) {
        plan_[member] = row;
        aim(member);
      }
    }
  }

  /// Gives the player its best choice; returns the gain, or 0.
  double respond(const Player& player) {
    const auto member = std::find_if(fighting_.begin(), fighting_.end(), [&](std::size_t side) {
      return std::find(player.members.begin(), player.members.end(), side) != player.members.end();
    });
    if (member == fighting_.end()) {
      return 0;
    }
    const double before = worth(player, *member);
    FireShares best = plan_[*member];
    double most = before + kLeastGain * std::accumulate(alive_.begin(), alive_.end(), 0.0);
    double gain = 0;
    const auto consider = [&](const FireShares& row) {
      choose(player, row);
      if (const double now = worth(player, *member); now > most) {
        most = now;
        best = row;
        gain = now - before;
      }
    };
    consider(first_choice(player));
    for (const std::size_t target : living_targets(player)) {
      FireShares row(n_, 0);
      row[target] = 1;
      consider(row);
    }
    choose(player, best);
    return gain;
  }

  GameEnd settle() {
    GameEnd end;
    std::vector<Plan> past;
    while (end.rounds < most_rounds_) {
      ++end.rounds;
      end.gain = 0;
      for (const Player& player : game_.players) {
        end.gain = std::max(end.gain, respond(player));
      }
      if (end.gain <= 0) {
        end.converged = true;
        return end;
      }
      const bool has_been = std::find(past.begin(), past.end(), plan_) != past.end();
      past.push_back(plan_);
      if (has_been) {
        break;
      }
    }
    const auto last = std::find(past.rbegin() + 1, past.rend(), past.back());
    end.period = last == past.rend() ? 0 : static_cast<int>(last - past.rbegin());
    const std::size_t kept = end.period > 0 ? static_cast<std::size_t>(end.period) : (past.size() + 1) / 2;
    for (const std::size_t side : fighting_) {
      std::fill(plan_[side].begin(), plan_[side].end(), 0);
      for (std::size_t r = past.size() - kept; r < past.size(); ++r) {
        for (std::size_t j = 0; j < n_; ++j) {
          plan_[side][j] += past[r][side][j] / static_cast<double>(kept);
        }
      }
      aim(side);
    }
    return end;
  }

  const RoundGame& game_;
  const RoundWar& war_;
  const std::size_t n_;
  const int most_rounds_;
  std::vector<std::size_t> stride_;  ///< [side] of its fighters in the number of a state
  std::size_t n_seats_ = 1;
  std::vector<double> left_;  ///< [state][seat][side]

  // The state being solved.
  std::size_t state_ = 0;
  std::vector<double> alive_;          ///< [side] fighters
  std::vector<std::size_t> fighting_;  ///< who fires, in order
  Plan plan_;
  std::vector<Fire> fire_;  ///< [side] in turns
};

}  // namespace

double chain_states(const RoundWar& war) {
  double states = war.turn.empty() ? 1 : static_cast<double>(war.n);
  for (const int fighters : war.fighters) {
    states *= fighters + 1.0;
  }
  return states;
}

RoundSolution solve(const RoundGame& game, int most_rounds) {
  return Chain(game, most_rounds).solve();
}

}  // namespace truel::laws
