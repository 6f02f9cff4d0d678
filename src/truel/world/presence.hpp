// Who is at a place, among how many people, and who controls it.
#pragma once

#include <span>
#include <utility>

#include "truel/world/state.hpp"

namespace truel {

/// Fighters of the actors of a mask at a place.
inline double fighters_at(const State& s, PlaceIndex p, ActorMask who) {
  double fighters = 0;
  for (ActorMask rest = who & s.present[p]; rest != 0; rest &= rest - 1) {
    fighters += s.fighters[s.slot(p, first_of(rest))];
  }
  return fighters;
}

/// Whether one of them holds the place and none of their enemies stands there.
inline bool is_safe_for(const State& s, PlaceIndex p, ActorMask friends, ActorMask enemies) {
  return s.is_held_by(p, friends) && (enemies & s.present[p]) == 0;
}

/// The members of a command on the ground, all who are on its side, and its members' enemies who are not.
struct CommandMasks {
  ActorMask members = 0, friends = 0, enemies = 0;
};
CommandMasks masks_of(const CompiledModel& model, const State& s, CommandIndex command);

/// Whether all men at places are whole numbers, as every solver but the mean field has them.
bool has_whole_men(const State& state);

/// Calls look(place) for each place that has changed hands since it was last looked at. seen: [place] times that it had
/// changed hands by then, and has now; n_seen: the same of Tallies::n_holder_changes, which on most days is what it
/// was.
template <class Look>
void for_each_unseen_capture(const State& s, std::span<double> seen, int& n_seen, Look look) {
  if (std::exchange(n_seen, s.tallies.n_holder_changes) == s.tallies.n_holder_changes) {
    return;
  }
  const double* changes = s.tallies.place_changes.data();
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    if (changes[p] > seen[at(p)]) {
      seen[at(p)] = changes[p];
      look(p);
    }
  }
}

/// Recomputes who is present and whether the place is contested, after fighters there changed.
void refresh_place(State& state, PlaceIndex p);

/// The same at all places, and who controls them, after friends and enemies changed.
void refresh_all_places(State& state);

/// The same where only this actor's fighters changed.
void refresh_presence(State& state, PlaceIndex p, ActorIndex a);

/// Control passes when the last defender is gone to the enemy with most fighters there; a place that nobody holds
/// passes to whoever stands there with no enemy present (model.md, section 4).
void settle_control(State& state, PlaceIndex place);

/// Makes an actor the holder of a place, and counts and notes it as a capture.
void pass_control(State& state, PlaceIndex place, ActorIndex taker, const EventCause& cause);

/// People among whom fighters at a place move: those of the place and of the other parts of its city.
double people_around(const CompiledModel& model, const State& state, PlaceIndex place);

}  // namespace truel
