#include "truel/laws/battles/battles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "truel/base/math.hpp"
#include "truel/laws/laws.hpp"
#include "truel/world/lots.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {
namespace {

using B = Battles;

/// With 0 for attackers and 1 for defenders: values of B::leaving.
constexpr int kLeft = 1, kGaveIn = 3;
/// Who has lost more has nobody left to lead away.
constexpr double kMostBorne = 0.95;

double losses_in_battle(const State& s, PlaceIndex p, ActorMask side) {
  double dead = 0;
  for (ActorMask rest = side; rest != 0; rest &= rest - 1) {
    dead += s.tallies.battle_losses[s.slot(p, first_of(rest))];
  }
  return dead;
}

/// One place as the law sees it: its battle, if there is one, and both sides, attackers (0) and defenders (1).
struct Battlefield {
  Battlefield(const CompiledModel& war, State& state, PlaceIndex place) : model(war), s(state), p(place) {}

  double number(B::Number k) const { return s.value(model.war().law(number_of<B>(k))); }
  double& kept(B::OwnState k) const { return s.laws.lists[state_of<B>(k)][at(p)]; }
  double& brought(int side) const { return kept(side == 0 ? B::attackers : B::defenders); }
  double& bears(int side) const { return kept(side == 0 ? B::attackers_bear : B::defenders_bear); }
  ActorIndex lead(int side) const { return ActorIndex(static_cast<int>(kept(side == 0 ? B::attacker : B::defender))); }
  bool is_fought() const { return kept(B::since) >= 0; }

  ActorMask side(int k) const {
    const ActorIndex holder = lead(1);
    return k == 0 ? s.derived.hostile[holder] : s.derived.friendly[holder];
  }
  double men(int k) const { return fighters_at(s, p, side(k)); }
  double lost(int k) const { return losses_in_battle(s, p, side(k)); }
  using Sides = std::array<double, 2>;
  Sides men() const { return {men(0), men(1)}; }
  Sides lost() const { return {lost(0), lost(1)}; }
  /// Those who come later count, those who go are not forgotten.
  void count_men(const Sides& there, const Sides& dead) const {
    for (const int k : {0, 1}) {
      brought(k) = std::max(brought(k), there[at(k)] + dead[at(k)]);
    }
  }

  const CompiledModel& model;
  State& s;
  PlaceIndex p;
};

double draw_limit(const Battlefield& f, B::Number median, RandomStream& random) {
  const double z = random.normal();
  return f.number(median) < 1 ? std::min(kMostBorne, f.number(median) * math::exp(f.number(B::spread) * z))
                              : kUnbounded;
}

void open(const Battlefield& f) {
  State& s = f.s;
  const ActorIndex holder = s.control[f.p];
  if (holder < 0) {
    return;
  }
  const ActorMask attackers = s.derived.hostile[holder] & s.present[f.p];
  if (attackers == 0 || (s.derived.friendly[holder] & s.present[f.p]) == 0) {
    return;
  }
  f.kept(B::since) = s.day;
  f.kept(B::defender) = holder;
  f.kept(B::attacker) = greatest_of(s, attackers, [&](ActorIndex a) { return s.fighters[s.slot(f.p, a)]; });
  f.kept(B::leaving) = 0;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    s.tallies.battle_losses[s.slot(f.p, a)] = 0;
  }
  f.brought(0) = f.men(0);
  f.brought(1) = f.men(1);
  RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(s.day), B::kPurpose, static_cast<std::uint32_t>(f.p));
  f.bears(0) = draw_limit(f, B::attacker_loss, random);
  f.bears(1) = draw_limit(f, B::defender_loss, random);
}

void note_battle(const Battlefield& f, const EventCause& end) {
  const State& s = f.s;
  if (Journal* journal = s.journal; journal != nullptr) {
    const EventNumbers costs{.brought = f.brought(0),
                             .other_brought = f.brought(1),
                             .lost = f.lost(0),
                             .other_lost = f.lost(1),
                             .days = s.day - f.kept(B::since)};
    journal->events.push_back({s.day, B::kBattle.kind, f.lead(0), f.p, f.lead(1), f.brought(0), &end, costs});
  }
}

/// left: who is there of both sides.
void close_if_over(const Battlefield& f, const Battlefield::Sides& left) {
  const State& s = f.s;
  const bool is_taken = s.is_held_by(f.p, f.side(0));
  if (!is_taken && left[0] > 0 && left[1] > 0) {
    return;
  }
  const bool made_peace = left[0] <= 0 && (s.present[f.p] & bit(f.lead(0))) != 0;
  const int loser = is_taken || left[1] <= 0 ? 1 : 0;
  if (made_peace) {
    note_battle(f, B::kNoMoreEnemies);
  } else if (f.kept(B::leaving) == loser + kGaveIn) {
    note_battle(f, loser == 0 ? B::kAttackersGaveIn : B::kDefendersGaveIn);
  } else if (const bool has_left = f.kept(B::leaving) == loser + kLeft; loser == 0) {
    note_battle(f, has_left                         ? B::kAttackersBrokeOff
                   : f.lost(0) >= f.brought(0) - .5 ? B::kAttackersFell
                                                    : B::kAttackersWent);
  } else {
    note_battle(f, has_left                         ? B::kDefendersBrokeOff
                   : f.lost(1) >= f.brought(1) - .5 ? B::kDefendersFell
                                                    : B::kDefendersWent);
  }
  f.kept(B::since) = -1;
}

const Neighbour* way_out(const Battlefield& f, ActorIndex a) {
  const State& s = f.s;
  const Neighbour* best = nullptr;
  for (const Neighbour& next : f.model.neighbours(f.p)) {
    if (is_safe_for(s, next.place, s.derived.friendly[a], s.derived.hostile[a]) &&
        (best == nullptr || next.km < best->km ||
         (next.km == best->km && is_drawn_before(s, Lot::place, next.place, best->place)))) {
      best = &next;
    }
  }
  return best;
}

/// bears: the share of its men at whose loss the side goes.
void note_exit(const Battlefield& f, int side, ActorIndex a, double men, double bears, const EventInfo& event,
               const EventCause& cause) {
  if (Journal* journal = f.s.journal; journal != nullptr) {
    const double brought = f.brought(side);
    const EventNumbers costs{.brought = brought, .lost = f.lost(side), .bearable_losses = bears * brought};
    journal->events.push_back({f.s.day, event.kind, a, f.p, f.lead(1 - side), men, &cause, costs});
  }
}

/// Those of a side who have a road out take it, but for men whom a law keeps there.
void leave(const Battlefield& f, int side) {
  State& s = f.s;
  const bool is_first = f.kept(B::leaving) != side + kLeft;
  f.kept(B::leaving) = side + kLeft;
  for (ActorMask rest = f.side(side) & s.present[f.p]; rest != 0; rest &= rest - 1) {
    const ActorIndex a = first_of(rest);
    const double men = s.fighters[s.slot(f.p, a)] - stay(s, f.p, a);
    const Neighbour* to = men > 0 ? way_out(f, a) : nullptr;
    if (to == nullptr) {
      continue;
    }
    note_exit(f, side, a, men, f.bears(side), B::kBrokenOff, B::kLostEnough);
    send_march(f.model, s, a, f.p, to->place, to->km, men, MarchTask::retreat);
    s.tally(outcome_of<B>(B::broken_off), a) += is_first ? 1 : 0;
  }
  settle_control(s, f.p);
}

double bears_encircled(const Battlefield& f, int side) {
  return std::min(kMostBorne, f.number(B::encircled) * f.bears(side));
}

/// Whether help from abroad reaches those who are cut off.
bool is_helped_from_abroad(const Battlefield& f) {
  const War& war = f.model.war();
  return war.places[at(f.p)].is_entry && f.s.value(war.law(number_of<Recruitment>(Recruitment::entries_close))) <= 0;
}

/// Whether a side whom no road leads out has lost what it bears even so.
bool gives_in(const Battlefield& f, int side, double lost_share) {
  return f.number(B::encircled) < kMany && !is_helped_from_abroad(f) && f.men(side) > 0 &&
         lost_share >= bears_encircled(f, side);
}

/// Some are taken, the others get away to their friends; whom a law keeps at the place fights on.
void give_in(const Battlefield& f, int side) {
  State& s = f.s;
  for (ActorMask rest = f.side(side) & s.present[f.p]; rest != 0; rest &= rest - 1) {
    const ActorIndex a = first_of(rest);
    double& there = s.fighters[s.slot(f.p, a)];
    const double men = there - stay(s, f.p, a);
    if (men <= 0) {
      continue;
    }
    f.kept(B::leaving) = side + kGaveIn;
    const bool is_whole = men == std::floor(men);
    const double part = f.number(B::prisoners) * men;
    const double taken = is_whole ? std::floor(part + .5) : part;
    there -= taken;
    s.tally(outcome_of<B>(B::taken_prisoner), a) += taken;
    refresh_presence(s, f.p, a);
    note_exit(f, side, a, men, bears_encircled(f, side), B::kSurrender, B::kGaveIn);
    if (taken < men) {
      go_to_friends(f.model, s, f.p, a, men - taken);
    }
  }
  settle_control(s, f.p);
}

bool has_battles(const CompiledModel& model, const State& s) {
  return B::may_act(model) && s.value(model.war().law(number_of<B>(B::on))) > 0;
}

}  // namespace

bool attackers_gain(const CompiledModel& model, const State& s, PlaceIndex p) {
  const auto kept = [&](B::OwnState k) { return s.laws.lists[state_of<B>(k)][at(p)]; };
  if (!has_battles(model, s) || kept(B::since) < 0) {
    return false;
  }
  const ActorIndex holder(static_cast<int>(kept(B::defender)));
  return losses_in_battle(s, p, s.derived.friendly[holder]) * kept(B::attackers) >
         losses_in_battle(s, p, s.derived.hostile[holder]) * kept(B::defenders);
}

bool Battles::may_act(const CompiledModel& model) {
  return model.may_be_positive(number_of<Battles>(on));
}

void Battles::make_room(State& s) {
  s.tallies.battle_losses.assign(s.fighters.size(), 0);
}

bool Battles::steps_daily(const CompiledModel& model, const State& s, bool) {
  const auto leaves = [&](Number loss) { return s.value(model.war().law(number_of<Battles>(loss))) < 1; };
  return has_battles(model, s) && (leaves(attacker_loss) || leaves(defender_loss)) &&
         std::any_of(s.contested.begin(), s.contested.end(), [](std::uint8_t c) { return c != 0; });
}

void Battles::before_days(const CompiledModel& model, State& s) {
  if (!has_battles(model, s)) {
    return;
  }
  const std::span<const double> since = s.laws.lists[state_of<B>(B::since)];
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    if (since[at(p)] < 0 && !s.contested[p]) {
      continue;
    }
    const Battlefield f(model, s, p);
    if (f.is_fought()) {
      const Battlefield::Sides there = f.men();
      f.count_men(there, f.lost());
      close_if_over(f, there);
    }
    if (!f.is_fought() && s.contested[p]) {
      open(f);
    }
  }
}

void Battles::pass_days(const CompiledModel& model, State& s, int) {
  if (!has_battles(model, s)) {
    return;
  }
  const std::span<const double> since = s.laws.lists[state_of<B>(B::since)];
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    if (since[at(p)] < 0) {
      continue;
    }
    const Battlefield f(model, s, p);
    Battlefield::Sides left = f.men();
    const Battlefield::Sides dead = f.lost();
    f.count_men(left, dead);
    if (s.contested[p]) {
      Battlefield::Sides over{};  // losses as a share of what a side bears
      for (const int k : {0, 1}) {
        over[at(k)] = f.brought(k) > 0 ? dead[at(k)] / f.brought(k) / f.bears(k) : 0;
      }
      // Of two who have had enough on one day the one who has had more than enough goes, and the other stays.
      if (const int worse = over[0] >= over[1] ? 0 : 1; over[at(worse)] >= 1) {
        leave(f, worse);
        if (gives_in(f, worse, dead[at(worse)] / f.brought(worse))) {
          give_in(f, worse);
        }
        left = f.men();
      }
    }
    close_if_over(f, left);
    if (f.is_fought() && s.day == model.n_days()) {
      note_battle(f, B::kGoesOn);
    }
  }
}

}  // namespace truel::laws
