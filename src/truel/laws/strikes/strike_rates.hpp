// How fast fighters are killed by strikes from the air.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// Kills and harm per day by one strike assignment; both 0 if the target is gone.
struct StrikeRate {
  double kills = 0;
  double harm = 0;
};
StrikeRate strike_rate(const CompiledModel& model, const State& state, const Strike& strike);

/// Writes down fighters whom a strike has killed by mistake, where the path is kept.
void note_mistake(State& state, const Strike& strike, double fighters);

}  // namespace truel::laws
