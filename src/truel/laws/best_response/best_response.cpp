#include "truel/laws/best_response/best_response.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

#include "truel/laws/best_response/round_game.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/lots.hpp"

namespace truel::laws {
namespace {

constexpr std::size_t kWeighAll = 4;  ///< commands that look at all orders of their targets in a decision

/// The game of this decision: ground actors with fighters are its sides.
struct Setting {
  AllocationGame game;
  std::vector<ActorIndex> actor;        ///< [side]
  std::vector<CommandIndex> of_player;  ///< [player]
};

Setting setting(const CompiledModel& model, const State& s, const View& v) {
  const War& war = model.war();
  Setting out;
  std::array<std::size_t, kMaxActors> side_of{};
  for (ActorIndex a = 0; a < v.n_actors; ++a) {
    if (!model.is_air(a) && v.total[at(a)] > 0) {
      side_of[at(a)] = out.actor.size();
      out.actor.push_back(a);
    }
  }
  TotalWar& total = out.game.war;
  total.n = out.actor.size();
  total.days = model.n_days() - s.day;
  for (const ActorIndex a : out.actor) {
    total.strength.push_back(v.total[at(a)]);
    for (const ActorIndex b : out.actor) {
      total.rate.push_back(s.derived.kill[s.pair(a, b)]);
    }
  }
  // They answer one after another, in an order drawn for this decision.
  std::vector<CommandIndex> order;
  for (CommandIndex c = 0; c < v.n_commands; ++c) {
    if (doctrine(war, s, c) == Doctrine::best_response) {
      order.push_back(c);
    }
  }
  std::ranges::sort(order, [&](int x, int y) { return is_drawn_before(s, Lot::command, x, y); });
  for (const CommandIndex c : order) {
    Player player;
    player.enemy_weight = s.value(war.command(c, CommandParameter::enemy_weight));
    for (const ActorIndex a : model.members(c)) {
      if (!model.is_air(a) && v.total[at(a)] > 0) {
        player.members.push_back(side_of[at(a)]);
      }
    }
    for (const ActorIndex b : out.actor) {
      const bool can_hit = std::any_of(player.members.begin(), player.members.end(), [&](std::size_t side) {
        return total.rate[side * total.n + side_of[at(b)]] > 0;
      });
      if ((v.enemies[at(c)] & bit(b)) != 0 && can_hit) {
        player.targets.push_back(side_of[at(b)]);
      }
    }
    std::ranges::sort(player.targets, [&](std::size_t x, std::size_t y) {
      return is_drawn_before(s, Lot::actor, out.actor[x], out.actor[y]);
    });
    if (!player.targets.empty()) {
      player.weighs_all = out.game.players.size() < kWeighAll;
      out.game.players.push_back(std::move(player));
      out.of_player.push_back(c);
    }
  }
  return out;
}

/// The game of rounds among the same sides, where fire comes in rounds, men are whole and the chain is small enough.
std::optional<RoundGame> round_game(const CompiledModel& model, const State& s, const Setting& set,
                                    const std::vector<double>& shares) {
  const War& war = model.war();
  const double most_states = s.value(war.law(number_of<BestResponse>(BestResponse::states)));
  const laws::FireTiming timing = laws::fire_timing(war, s);
  if (most_states <= 0 || timing == laws::FireTiming::continuous) {
    return std::nullopt;
  }
  const TotalWar& total = set.game.war;
  RoundGame game;
  game.war.n = total.n;
  for (const double strength : total.strength) {
    if (strength != std::floor(strength) || strength > most_states) {
      return std::nullopt;
    }
    game.war.fighters.push_back(static_cast<int>(strength));
  }
  for (int k = 0; k < s.n_actors && timing == laws::FireTiming::turns; ++k) {
    const auto side = std::ranges::find(set.actor, s.derived.turn[at(k)]);
    if (side != set.actor.end()) {
      game.war.turn.push_back(static_cast<std::size_t>(side - set.actor.begin()));
    }
  }
  if (chain_states(game.war) > most_states) {
    return std::nullopt;
  }
  const double step = s.value(war.law(laws::number_of<laws::Fire>(laws::Fire::step_days)));
  for (const double rate : total.rate) {
    game.war.kills.push_back(rate * step);
  }
  for (const ActorIndex a : set.actor) {
    const std::size_t one = at(a);
    game.fires.push_back(s.effort_total[one] * (1 - s.derived.abstention[one]));
  }
  game.players = set.game.players;
  game.shares = shares;
  return game;
}

/// Nobody's abstention is a choice any more.
void forget_passing(const CompiledModel& model, State& s) {
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    if (double& passing = own_state<BestResponse>(s).passing[at(a)]; !std::isnan(passing)) {
      passing = kAbsent;
      s.derived.abstention[at(a)] = s.value(model.war().command(model.command_of(a), CommandParameter::abstention));
    }
  }
}

}  // namespace

void respond_best(const CompiledModel& model, State& s, const View& v, const std::vector<double>& last) {
  const War& war = model.war();
  forget_passing(model, s);
  const auto is_player = [&](CommandIndex c) { return doctrine(war, s, c) == Doctrine::best_response; };
  bool some_play = false;
  for (CommandIndex c = 0; c < v.n_commands; ++c) {
    some_play = some_play || is_player(c);
  }
  if (!some_play) {
    return;
  }
  const Setting set = setting(model, s, v);
  if (set.game.players.empty()) {
    return;
  }
  const std::size_t n = set.game.war.n;
  std::vector<double> shares(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    const ActorIndex a = set.actor[i];
    const bool decides = is_player(model.command_of(a));
    for (std::size_t j = 0; j < n; ++j) {
      const ActorIndex b = set.actor[j];
      shares[i * n + j] = decides ? last[at(a * v.n_actors + b)] : s.effort[s.pair(a, b)];
    }
  }
  const auto rounds = static_cast<int>(s.value(war.law(number_of<BestResponse>(BestResponse::rounds))));
  GameEnd end;
  if (const auto game = round_game(model, s, set, shares)) {
    RoundSolution solution = solve(*game, rounds);
    end = solution.end;
    shares = std::move(solution.shares);
    for (const Player& player : set.game.players) {
      const auto row = shares.begin() + static_cast<std::ptrdiff_t>(player.members[0] * n);
      const double passing = std::max(0.0, 1 - std::accumulate(row, row + static_cast<std::ptrdiff_t>(n), 0.0));
      for (const std::size_t member : player.members) {
        const std::size_t one = at(set.actor[member]);
        own_state<BestResponse>(s).passing[one] = passing;
        s.derived.abstention[one] = passing;
      }
    }
  } else {
    end = best_responses(set.game, rounds, shares);
  }

  GameTally& tally = own_state<BestResponse>(s).games;
  tally.games += 1;
  tally.converged += end.converged ? 1 : 0;
  tally.cycles += end.period > 0 ? 1 : 0;
  tally.rounds += end.rounds;
  Journal* journal = s.journal;
  for (std::size_t p = 0; p < set.of_player.size(); ++p) {
    const Player& player = set.game.players[p];
    const CommandIndex c = set.of_player[p];
    for (const ActorIndex a : model.members(c)) {
      for (ActorIndex b = 0; b < v.n_actors; ++b) {
        s.effort[s.pair(a, b)] = 0;
      }
      s.effort_total[at(a)] = 1;
      for (const std::size_t target : player.targets) {
        s.effort[s.pair(a, set.actor[target])] = shares[player.members[0] * n + target];
      }
    }
    for (const std::size_t target : player.targets) {
      if (journal != nullptr) {
        journal->priorities.push_back({s.day, c, set.actor[target], shares[player.members[0] * n + target], 0, {}});
      }
    }
  }
  if (journal != nullptr) {
    const EventCause& how = end.converged    ? BestResponse::kSettled
                            : end.period > 0 ? BestResponse::kGoRound
                                             : BestResponse::kUnsettled;
    const EventNumbers numbers{.rounds = static_cast<double>(end.rounds),
                               .period = end.period > 0 ? static_cast<double>(end.period) : kAbsent};
    const ActorIndex first = set.actor[set.game.players[0].members[0]];
    journal->events.push_back({s.day, BestResponse::kAnswers.kind, first, kNone, kNone, end.gain, &how, numbers});
  }
}

}  // namespace truel::laws
