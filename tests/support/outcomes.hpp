// What laws count of an actor, by short names.
#pragma once

#include "truel/laws/laws.hpp"

namespace truel::test {

inline constexpr ActorOutcome kRecruited = laws::outcome_of<laws::Recruitment>(laws::Recruitment::recruited);
inline constexpr ActorOutcome kDeserted = laws::outcome_of<laws::Desertion>(laws::Desertion::deserted);
inline constexpr ActorOutcome kJoined = laws::outcome_of<laws::Defection>(laws::Defection::joined);
inline constexpr ActorOutcome kDefected = laws::outcome_of<laws::Defection>(laws::Defection::defected);
inline constexpr ActorOutcome kUnderground = laws::outcome_of<laws::Underground>(laws::Underground::underground);

}  // namespace truel::test
