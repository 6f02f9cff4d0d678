// What a command keeps where it fights nobody.
#pragma once

#include "truel/model/war.hpp"
#include "truel/world/state.hpp"

namespace truel::laws {

/// Fighters for each person who lives at a place of its own, whom a command wants there to hold the people (force
/// density: Quinlivan 1995): `garrison_per_1000`, or less where all its fighters but `reserve_share` are too few for
/// all such places. members: the command's.
double garrison_per_person(const War& war, const State& s, CommandIndex command, ActorMask members);

}  // namespace truel::laws
