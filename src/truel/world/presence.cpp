#include "truel/world/presence.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "truel/world/lots.hpp"

namespace truel {
namespace {

void set_presence(State& s, PlaceIndex p, ActorMask mask) {
  bool is_contested = false;
  for (ActorMask rest = mask; rest != 0 && !is_contested; rest &= rest - 1) {
    is_contested = (s.derived.hostile[at(first_of(rest))] & mask) != 0;
  }
  s.present[p] = mask;
  s.contested[p] = is_contested;
  double& since = s.battle_since[p];
  if (!is_contested) {
    since = kAbsent;
  } else if (std::isnan(since)) {
    since = s.day;
  }
}

}  // namespace

CommandMasks masks_of(const CompiledModel& model, const State& s, CommandIndex command) {
  CommandMasks masks;
  for (const ActorIndex a : model.members(command)) {
    masks.members |= model.ground() & bit(a);
    masks.friends |= s.derived.friendly[a];
    masks.enemies |= s.derived.hostile[a];
  }
  masks.enemies &= ~masks.friends;
  return masks;
}

bool has_whole_men(const State& s) {
  return std::all_of(s.fighters.begin(), s.fighters.end(), [](double men) {
    return men == static_cast<double>(static_cast<std::int64_t>(men));  // std::floor is a call for each
  });
}

void refresh_place(State& s, PlaceIndex p) {
  ActorMask mask = 0;
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    mask |= s.fighters[s.slot(p, a)] > 0 ? bit(a) : 0;
  }
  set_presence(s, p, mask);
}

void refresh_all_places(State& s) {
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    refresh_place(s, p);
    settle_control(s, p);
  }
}

void refresh_presence(State& s, PlaceIndex p, ActorIndex a) {
  const ActorMask before = s.present[p];
  const ActorMask after = s.fighters[s.slot(p, a)] > 0 ? before | bit(a) : before & ~bit(a);
  if (after != before) {
    set_presence(s, p, after);
  }
}

void settle_control(State& s, PlaceIndex place) {
  const ActorMask present = s.present[place];
  const ActorIndex holder = s.control[place];
  if (present == 0 || (holder >= 0 && (s.derived.friendly[holder] & present) != 0)) {
    return;
  }
  const ActorMask claimants = holder >= 0 ? s.derived.hostile[holder] & present : present;
  if (claimants == 0 || (holder < 0 && s.contested[place])) {
    return;
  }
  const ActorIndex strongest = greatest_of(s, claimants, [&](ActorIndex a) { return s.fighters[s.slot(place, a)]; });
  pass_control(s, place, strongest, kLastDefenderGone);
}

void pass_control(State& s, PlaceIndex place, ActorIndex taker, const EventCause& cause) {
  ActorIndex& holder = s.control[place];
  if (Journal* journal = s.journal; journal != nullptr) {
    journal->events.push_back({s.day, kCapture.kind, taker, place, holder, s.fighters[s.slot(place, taker)], &cause});
  }
  if (holder >= 0) {
    s.attack(taker, holder, AttackTally::captures) += 1;
  }
  s.taken_from[place] = holder;
  holder = taker;
  ++s.tallies.n_holder_changes;
  s.held_since[place] = s.day;
  s.tallies.place_changes[place] += 1;
}

double people_around(const CompiledModel& model, const State& s, PlaceIndex place) {
  double people = 0;
  for (const PlaceIndex part : model.city(place)) {
    people += s.population[part];
  }
  return people;
}

}  // namespace truel
