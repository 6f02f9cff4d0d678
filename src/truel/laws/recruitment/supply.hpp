// How fighters are gained and lost without a shot: recruits, men from abroad, desertion of those whom income cannot
// sustain.
#pragma once

#include <vector>

#include "truel/world/view.hpp"

namespace truel::laws {

/// Where an actor gains fighters until the next decisions.
struct RecruitmentSite {
  PlaceIndex place;
  double per_day;
};

/// Where an actor has fighters that income cannot sustain, until the next decisions.
struct DesertionSite {
  PlaceIndex place;
  double share;  ///< of the fighters there
};

/// Sets where and how fast each actor gains fighters (RecruitmentState) and whom income cannot sustain
/// (IncomeState); once per decision epoch, from a view of the state as it is. A pocket is a connected set of places
/// held by friends. The pocket where the actor's command holds the greatest value and every pocket with an entry are
/// supplied: they share the actor's income and sponsors; any other pocket has only what its own places yield. Recruits:
/// rho s P at supplied places that the actor holds, or where it stands beside a friend who does, and men from abroad at
/// its command's entries (anywhere it holds on a map without entries).
void supply(const CompiledModel& model, State& state, View& view);

/// Recruits per day of a mustering place: 0 once it is in no friend's hands.
inline double recruitment_rate(const State& s, ActorIndex actor, const RecruitmentSite& site) {
  return s.is_held_by(site.place, s.derived.friendly[actor]) ? site.per_day : 0;
}

/// Deserters per day at a place: delta times the fighters whom income cannot sustain.
inline double desertion_rate(const State& s, ActorIndex actor, const DesertionSite& unpaid, double delta) {
  return delta * unpaid.share * s.fighters[s.slot(unpaid.place, actor)];
}

}  // namespace truel::laws
