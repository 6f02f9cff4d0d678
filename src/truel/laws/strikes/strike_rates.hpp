// How fast fighters are killed by strikes from the air.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// A part of an air actor's sorties, for the days until the next decisions.
struct Strike {
  ActorIndex air, target;
  PlaceIndex place;         ///< kNone: the march
  int march;                ///< id
  double share;             ///< of the air actor's sorties (u)
  bool is_mistake = false;  ///< it hits troops who are no target
};

/// Kills and harm per day by one strike assignment; both 0 if the target is gone.
struct StrikeRate {
  double kills = 0;
  double harm = 0;
};
StrikeRate strike_rate(const CompiledModel& model, const State& state, const Strike& strike);

/// What of it only a decision or a dated change alters.
struct StrikePower {
  double kills = 0;   ///< per day, if all of the target were exposed
  double people = 0;  ///< among whom it stands
};
StrikePower strike_power(const CompiledModel& model, const State& state, const Strike& strike);
StrikeRate strike_rate(const CompiledModel& model, const State& state, const Strike& strike, const StrikePower& power);

/// Writes down fighters whom a strike has killed by mistake, where the path is kept.
void note_mistake(State& state, const Strike& strike, double fighters);

}  // namespace truel::laws
