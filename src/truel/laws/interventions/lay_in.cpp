#include "truel/laws/interventions/lay_in.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "truel/world/lots.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {
namespace {

std::span<const LaidInHolder> rows_on(const War& war, Day day) {
  const auto [first, last] =
      std::equal_range(war.laid_in.begin(), war.laid_in.end(), LaidInHolder{day, kNone, kNone},
                       [](const LaidInHolder& x, const LaidInHolder& y) { return x.day < y.day; });
  return {first, last};
}

double men_of(const State& s, ActorIndex a) {
  double men = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    men += s.fighters[s.slot(p, a)];
  }
  return men;
}

/// Adds men to all places of an actor but one, or takes them away (below 0), in proportion to the men there; how many.
double share_out(State& s, ActorIndex a, PlaceIndex but, double men, bool is_whole) {
  const double there = men_of(s, a) - s.fighters[s.slot(but, a)];
  const double sign = men < 0 ? -1 : 1;
  const double whole = is_whole ? std::floor(std::abs(men)) : std::abs(men);
  const double wanted = men < 0 ? std::min(whole, there) : whole;
  double running = 0;
  double done = 0;
  for (PlaceIndex p = 0; p < s.n_places && wanted > 0; ++p) {
    double& own = s.fighters[s.slot(p, a)];
    if (p != but && own > 0) {
      running += own;
      const double upto = wanted * running / there;
      const double share = (is_whole ? std::floor(upto + 0.5) : upto) - done;
      const double moved = men < 0 ? std::min(own, share) : share;
      own += sign * moved;
      done += moved;
      refresh_presence(s, p, a);
    }
  }
  return done;
}

/// Men who were not there go back to where they came from: all other places of the actor, in proportion to the men
/// there; where it has none, to the nearest place that it or a friend holds.
void leave(const CompiledModel& model, State& s, ActorIndex a, PlaceIndex from, bool is_whole) {
  double& here = s.fighters[s.slot(from, a)];
  if (men_of(s, a) > here) {
    here = std::max(0.0, here - share_out(s, a, from, here, is_whole));
    refresh_presence(s, from, a);
    return;
  }
  for (const NearPlace& near : model.near(from)) {
    if (near.place != from && s.is_held_by(near.place, s.derived.friendly[a])) {
      s.fighters[s.slot(near.place, a)] += here;
      here = 0;
      refresh_presence(s, near.place, a);
      refresh_presence(s, from, a);
      return;
    }
  }
}

void hand_over(const CompiledModel& model, State& s, PlaceIndex p, ActorIndex to, bool is_whole) {
  for (ActorMask rest = s.present[p] & s.derived.hostile[to]; rest != 0; rest &= rest - 1) {
    leave(model, s, first_of(rest), p, is_whole);
  }
  double garrisons = 0;
  for (PlaceIndex q = 0; q < s.n_places; ++q) {
    garrisons += s.fighters[s.slot(q, to)] > 0 ? 1 : 0;
  }
  if ((s.present[p] & s.derived.friendly[to]) == 0 && garrisons > 0) {
    const double men = share_out(s, to, p, -men_of(s, to) / (garrisons + 1), is_whole);
    s.fighters[s.slot(p, to)] += men;
    refresh_presence(s, p, to);
  }
  s.control[p] = to;
  ++s.tallies.n_holder_changes;
  s.held_since[p] = s.day;
  s.taken_from[p] = kNone;
}

/// The men whom the newest row of forces.csv gives an actor, where it is newer than the last day that was laid in.
void renew_strengths(const CompiledModel& model, State& s, Day since, bool is_whole) {
  const War& war = model.war();
  const Day today = war.start + s.day;
  for (int row = 0; row < static_cast<int>(war.forces.size()); ++row) {
    const Force& force = war.forces[at(row)];
    const bool is_new = force.place == kEverywhere && force.date > since && force.date <= today;
    const double before = is_new ? men_of(s, force.actor) : 0;
    if (before <= 0) {
      continue;
    }
    const double factor =
        s.value(war.force(row)) * s.value(war.actor(force.actor, ActorParameter::front_line_fraction)) / before;
    double running = 0;
    double given = 0;
    for (PlaceIndex p = 0; p < s.n_places; ++p) {
      double& men = s.fighters[s.slot(p, force.actor)];
      running += men;
      const double upto = is_whole ? std::floor(factor * running + 0.5) : factor * running;
      men = upto - given;
      given = upto;
      refresh_presence(s, p, force.actor);
    }
    s.tally(given > before ? ActorOutcome::arrived : ActorOutcome::left, force.actor) += std::abs(given - before);
  }
}

}  // namespace

bool lay_in(const CompiledModel& model, State& s, bool is_whole) {
  const War& war = model.war();
  const Day today = war.start + s.day;
  const std::span<const LaidInHolder> rows = rows_on(war, today);
  if (rows.empty()) {
    return false;
  }
  Day since = war.start;
  for (const LaidInHolder& row : war.laid_in) {
    since = row.day < today ? std::max(since, row.day) : since;
  }
  renew_strengths(model, s, since, is_whole);
  for (const LaidInHolder& row : rows) {
    const ActorIndex now = s.control[row.place];
    if (now < 0 || (s.derived.friendly[row.holder] & bit(now)) == 0) {
      hand_over(model, s, row.place, row.holder, is_whole);
    }
  }
  return true;
}

}  // namespace truel::laws
