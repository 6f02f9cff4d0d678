#include "truel/laws/priority/priority.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>

#include "truel/base/math.hpp"
#include "truel/laws/best_response/best_response.hpp"
#include "truel/laws/contest.hpp"
#include "truel/laws/hidden_lethality/hidden_lethality.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/lots.hpp"

namespace truel::laws {
namespace {

using Features = std::array<double, kFeatures.size()>;

/// Of kFeatures those that take longest: found only for commands that weigh them.
constexpr std::size_t kWeakness = 5, kOthers = 6, kAllies = 9;
static_assert(kFeatures[kWeakness].name == "weakness" && kFeatures[kOthers].name == "others" &&
              kFeatures[kAllies].name == "allies");

using CommandMask = std::uint64_t;  ///< there are no more commands than actors
using CommandsByActor = std::array<CommandMask, kMaxActors>;

/// [actor] the commands in whose mask it is.
CommandsByActor commands_of(const std::vector<ActorMask>& masks) {
  CommandsByActor commands{};
  for (std::size_t c = 0; c < masks.size(); ++c) {
    for (ActorMask rest = masks[c]; rest != 0; rest &= rest - 1) {
      commands[at(first_of(rest))] |= CommandMask{1} << c;
    }
  }
  return commands;
}

/// vital[command][enemy]: value of the places that the command's side holds, weighted by how close the enemy is to
/// each, relative to all it holds.
std::vector<double>& closeness_to_vital_places(const CompiledModel& model, const View& v,
                                               const CommandsByActor& at_war) {
  thread_local std::vector<double> vital;
  thread_local std::vector<double> held;
  const auto befriended = commands_of(v.friends);
  vital.assign(at(v.n_commands * v.n_actors), 0);
  held.assign(at(v.n_commands), 0);
  const auto add = [&](PlaceIndex ours, ActorIndex enemy, double weight) {
    const CommandMask who = befriended[at(v.control[at(ours)])] & at_war[at(enemy)];
    for (CommandMask rest = who; rest != 0; rest &= rest - 1) {
      vital[at(first_of(rest) * v.n_actors + enemy)] += weight * v.value[at(ours)];
    }
  };
  for (PlaceIndex p = 0; p < v.n_places; ++p) {
    const ActorIndex holder = v.control[at(p)];
    if (holder < 0) {
      continue;
    }
    for (ActorMask rest = v.present[at(p)]; rest != 0; rest &= rest - 1) {
      add(p, first_of(rest), 1);
    }
    for (CommandMask rest = befriended[at(holder)]; rest != 0; rest &= rest - 1) {
      held[at(first_of(rest))] += v.value[at(p)];
    }
  }
  for (int l = 0; l < static_cast<int>(model.war().links.size()); ++l) {
    const Link& link = model.war().links[at(l)];
    const ActorIndex a = v.control[at(link.a)];
    const ActorIndex b = v.control[at(link.b)];
    if (a >= 0 && b >= 0 && a != b) {
      add(link.a, b, v.closeness[at(l)]);
      add(link.b, a, v.closeness[at(l)]);
    }
  }
  for (CommandIndex c = 0; c < v.n_commands; ++c) {
    for (ActorIndex b = 0; b < v.n_actors && held[at(c)] > 0; ++b) {
      vital[at(c * v.n_actors + b)] /= held[at(c)];
    }
  }
  return vital;
}

/// Support of each actor among the people of the places it holds: [actor].
std::array<double, kMaxActors> all_roots(const State& s, const View& v) {
  std::array<double, kMaxActors> people{};
  std::array<double, kMaxActors> supporters{};
  for (PlaceIndex p = 0; p < v.n_places; ++p) {
    if (const ActorIndex holder = v.control[at(p)]; holder >= 0) {
      const double here = s.population[at(p)];
      people[at(holder)] += here;
      supporters[at(holder)] += here * s.support[s.slot(p, holder)];
    }
  }
  for (ActorIndex b = 0; b < v.n_actors; ++b) {
    supporters[at(b)] = people[at(b)] > 0 ? supporters[at(b)] / people[at(b)] : 0;
  }
  return supporters;
}

/// Share of the effort of the other commands at war with b that goes to b, weighted by their strength.
/// at_war: the commands with b as an enemy.
double others(const CompiledModel& model, const View& v, const std::vector<double>& last, CommandIndex c, ActorIndex b,
              CommandMask at_war) {
  double spent = 0;
  double all = 0;
  for (CommandMask rest = at_war & ~(CommandMask{1} << c); rest != 0; rest &= rest - 1) {
    for (const ActorIndex a : model.members(std::countr_zero(rest))) {
      spent += last[at(a * v.n_actors + b)] * v.total[at(a)];
      all += v.total[at(a)];
    }
  }
  return all > 0 ? spent / all : 0;
}

/// How hostile the actors outside a command who side with a member are to b: from 0, as friends, to 1, as enemies;
/// weighted by how close they stand (balance: Heider 1946). Those who depend on an ally spare whom he spares (Pressman
/// 2008).
double view_of_allies(const CompiledModel& model, const State& s, CommandIndex c, ActorIndex b) {
  double seen = 0;
  double all = 0;
  for (ActorIndex ally = 0; ally < s.n_actors; ++ally) {
    double close = 0;
    for (const ActorIndex a : model.members(c)) {
      close = ally != b && model.command_of(ally) != c ? std::max(close, s.alignment[s.pair(a, ally)]) : 0;
    }
    all += close;
    seen += close * (1 - s.alignment[s.pair(ally, b)]) / 2;
  }
  return all > 0 ? seen / all : 0;
}

/// The part of b in the fighters of all enemies of a command who are its friends, b included.
double part_of_bloc(const State& s, const View& v, ActorIndex b, ActorMask enemies) {
  double all = 0;
  for (ActorMask rest = enemies & s.derived.friendly[at(b)]; rest != 0; rest &= rest - 1) {
    all += std::max(1.0, v.total[at(first_of(rest))]);
  }
  return std::max(1.0, v.total[at(b)]) / all;
}

/// Who gets most of an actor's effort, since when, and the first day on which that is another than at the first
/// decision.
void note_first_enemies(State& s) {
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    ActorIndex first = kNone;
    double most = 0;
    bool is_tied = false;
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      const double share = s.effort[s.pair(a, b)];
      if (share > most) {
        first = b;
        most = share;
        is_tied = false;
      } else if (share == most) {
        is_tied = true;
        first = first != kNone && is_drawn_before(s, Lot::actor, b, first) ? b : first;
      }
    }
    if (first != kNone && !is_tied) {
      double& since = s.attack(a, first, AttackTally::first_enemy_day);
      since = std::isnan(since) ? s.day : since;
    }
    ActorIndex& before = own_state<Priority>(s).first_enemy[at(a)];
    if (before == kNone) {
      before = first;
    } else if (first != kNone && std::isnan(own_state<Priority>(s).turn_day[at(a)]) &&
               most > s.effort[s.pair(a, before)]) {
      own_state<Priority>(s).turn_day[at(a)] = s.day;
    }
  }
}

/// Effort of the members of a command by the fixed doctrine: their shares, evenly among enemies who are given none.
void divide_as_fixed(const CompiledModel& model, State& s, CommandIndex c, ActorMask enemies) {
  for (const ActorIndex a : model.members(c)) {
    double sum = 0;
    double on_enemies = 0;
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      const double share = s.derived.fixed_share[s.pair(a, b)];
      s.effort[s.pair(a, b)] = share;
      sum += share;
      on_enemies += (enemies & bit(b)) != 0 ? share : 0;
    }
    const double total = sum > 0 ? std::min(1.0, sum) : 1;
    s.effort_total[at(a)] = total;
    for (ActorIndex b = 0; b < s.n_actors && on_enemies <= 0 && enemies != 0; ++b) {
      s.effort[s.pair(a, b)] = (enemies & bit(b)) != 0 ? total / std::popcount(enemies) : 0;
    }
  }
}

}  // namespace

PriorityState::PriorityState(const CompiledModel& model)
    : first_enemy(at(model.n_actors()), kNone),
      turn_day(at(model.n_actors()), kAbsent),
      recent_gain(at(model.n_actors())),
      gain_mark(at(model.n_actors())) {}

void Priority::look_back(const CompiledModel&, State& s, int days, bool) {
  static const std::vector<ActorOutcomeInfo> flows = [] {
    std::vector<ActorOutcomeInfo> found;
    std::copy_if(actor_outcomes().begin(), actor_outcomes().end(), std::back_inserter(found),
                 [](const ActorOutcomeInfo& info) { return info.flow == Flow::gain || info.flow == Flow::departure; });
    return found;
  }();
  PriorityState& own = own_state<Priority>(s);
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    double gained = 0;
    for (const ActorOutcomeInfo& info : flows) {
      gained += info.flow == Flow::gain ? s.tally(info.outcome, a) : -s.tally(info.outcome, a);
    }
    own.recent_gain[a] = days > 0 ? (gained - own.gain_mark[a]) / days : 0;
    own.gain_mark[a] = gained;
  }
}

void prioritise(const CompiledModel& model, State& s, const View& v) {
  const War& war = model.war();
  const int n = v.n_actors;
  thread_local std::vector<double> last;
  last.assign(at(n * n), 0);
  for (ActorIndex a = 0; a < n; ++a) {
    const ActorMask enemies = v.enemies[at(model.command_of(a))];
    for (ActorIndex b = 0; b < n; ++b) {
      last[at(a * n + b)] = s.day > 0                 ? s.effort[s.pair(a, b)]
                            : (enemies & bit(b)) != 0 ? 1.0 / std::popcount(enemies)
                                                      : 0;
    }
  }
  const CommandsByActor at_war = commands_of(v.enemies);
  const std::vector<double>& vital = closeness_to_vital_places(model, v, at_war);
  const std::array<double, kMaxActors> root = all_roots(s, v);
  const double k = contest_exponent(war, s);
  std::vector<double> land;
  with_issue_law([&]<class L>() { land = L::land_gains(model, s, v); });
  const bool has_blocs = s.value(war.law(number_of<Priority>(Priority::blocs))) > 0;
  Features greatest;
  for (std::size_t f = 0; f < kFeatures.size(); ++f) {
    greatest[f] =
        s.value(war.law(number_of<Priority>(static_cast<Priority::Number>(Priority::greatest + static_cast<int>(f)))));
  }

  for (CommandIndex c = 0; c < v.n_commands; ++c) {
    const ActorMask enemies = v.enemies[at(c)];
    if (doctrine(war, s, c) != Doctrine::priority || enemies == 0) {
      divide_as_fixed(model, s, c, enemies);
      continue;
    }
    const double tau = s.value(war.command(c, CommandParameter::temperature));
    Features weights;
    for (std::size_t f = 0; f < kFeatures.size(); ++f) {
      weights[f] = s.value(war.command(c, CommandParameter::weight) + static_cast<int>(f));
    }
    double friends_strength = 0;
    for (ActorMask rest = v.friends[at(c)]; rest != 0; rest &= rest - 1) {
      friends_strength += v.total[at(first_of(rest))];
    }
    const double strength =
        v.strength[at(c)] > 0 ? v.strength[at(c)] : friends_strength;  // an air arm fights beside its friends

    std::array<double, kMaxActors> score{};
    std::array<Features, kMaxActors> contribution;
    double best = -kUnbounded;
    for (ActorMask rest = enemies; rest != 0; rest &= rest - 1) {
      const ActorIndex b = first_of(rest);
      double bargain = 0;
      double blowback = 0;
      for (const ActorIndex a : model.members(c)) {
        bargain = std::max(bargain, s.value(war.tie(a, b, TieParameter::bargain)));
        blowback = std::max(blowback, s.value(war.tie(a, b, TieParameter::blowback)));
      }
      const double men = std::max(1.0, v.total[at(b)]);
      const Features feature = std::array{vital[at(c * n + b)],
                                          s.derived.backing[at(b)],
                                          s.value(war.actor(b, ActorParameter::horizon)),
                                          root[at(b)],
                                          own_state<Priority>(s).recent_gain[at(b)] / men,
                                          weights[kWeakness] != 0 ? win_probability(strength, v.total[at(b)], k) : 0,
                                          weights[kOthers] != 0 ? others(model, v, last, c, b, at_war[at(b)]) : 0,
                                          bargain,
                                          blowback,
                                          weights[kAllies] != 0 ? view_of_allies(model, s, c, b) : 0,
                                          land.empty() ? 0 : land[at(c * n + b)]};
      for (std::size_t f = 0; f < kFeatures.size(); ++f) {
        contribution[at(b)][f] = weights[f] != 0 ? weights[f] * std::clamp(feature[f] / greatest[f], 0.0, 1.0) : 0;
        score[at(b)] += contribution[at(b)][f];
      }
      best = std::max(best, score[at(b)]);
    }
    double sum = 0;
    std::array<double, kMaxActors> weight;
    for (ActorMask rest = enemies; rest != 0; rest &= rest - 1) {
      const ActorIndex b = first_of(rest);
      weight[at(b)] = math::exp((score[at(b)] - best) / tau);
      weight[at(b)] *= has_blocs ? part_of_bloc(s, v, b, enemies) : 1;
      weight[at(b)] *= hidden_leaning(model, s, c, b);
      sum += weight[at(b)];
    }
    for (ActorIndex b = 0; b < n; ++b) {
      const bool is_enemy = (enemies & bit(b)) != 0;
      const double share = is_enemy ? weight[at(b)] / sum : 0;
      for (const ActorIndex a : model.members(c)) {
        s.effort[s.pair(a, b)] = share;
        s.effort_total[at(a)] = 1;
      }
      if (Journal* journal = s.journal; journal != nullptr && is_enemy) {
        journal->priorities.push_back({s.day, c, b, share, score[at(b)], contribution[at(b)]});
      }
    }
  }
  respond_best(model, s, v, last);
  note_first_enemies(s);
}

}  // namespace truel::laws
