// Fighters who change sides of their own accord: who may go over to whom, where, and how fast.
#pragma once

#include "truel/world/view.hpp"

namespace truel::laws {

/// Sets the lures that hold until the next decisions, where laws.defection is on; once per decision epoch, after
/// `supply`. Fighters of a at p may go over to b at the rate defection_per_day (1 + unpaid_gain u), u the share of them
/// whom income cannot sustain, where b is at hand: it has fighters at p, or its command holds p, or its command holds a
/// place one road away. They join b at p in the first two cases, else at the nearest such place.
/// Cost: pairs of actors with a rate times places, where the law is on.
void tempt(const CompiledModel& model, State& state, const View& view);

/// Whether nobody follows the lure for now: b has nobody where they would join it, and enemies of b stand there or
/// strike the place.
bool is_barred(const State& state, const Lure& lure);

/// Fighters per day who follow a lure.
inline double defection_rate(const State& s, ActorIndex actor, const Lure& lure) {
  return is_barred(s, lure) ? 0 : lure.per_day * s.fighters[s.slot(lure.from, actor)];
}

/// Moves fighters of an actor, at most those who are there, along a lure. Returns how many went. Presence and control
/// follow. As many join the one as leave the other.
double defect(State& state, ActorIndex actor, const Lure& lure, double fighters);

}  // namespace truel::laws
