// Fighters who change sides of their own accord: who may go over to whom, where, and how fast.
#pragma once

#include "truel/world/view.hpp"

namespace truel::laws {

/// Where fighters of an actor may go over to another, until the next decisions.
struct DefectionRate {
  PlaceIndex from, to;
  ActorIndex whom;
  double per_day;  ///< of the fighters at `from`
};

/// Sets the rates that hold until the next decisions, where laws.defection is on; once per decision epoch,
/// after `supply`. Fighters of a at p may go over to b at the rate defection_per_day (1 + unpaid_gain u), u the share
/// of them whom income cannot sustain, where b is at hand: it has fighters at p, or its command holds p, or its command
/// holds a place one road away. They join b at p in the first two cases, else at the nearest such place. Cost: pairs of
/// actors with a rate times places, where the law is on.
void update_defection_rates(const CompiledModel& model, State& state, const View& view);

/// Whether nobody goes over for now: b has nobody where they would join it, and enemies of b stand there or
/// strike the place.
bool is_barred(const State& state, const DefectionRate& defection);

/// Fighters per day who go over.
inline double defection_rate(const State& s, ActorIndex actor, const DefectionRate& defection) {
  return is_barred(s, defection) ? 0 : defection.per_day * s.fighters[s.slot(defection.from, actor)];
}

/// Moves fighters of an actor, at most those who are there, over to another. Returns how many went. Presence and
/// control follow. As many join the one as leave the other.
double defect(State& state, ActorIndex actor, const DefectionRate& defection, double fighters);

}  // namespace truel::laws
