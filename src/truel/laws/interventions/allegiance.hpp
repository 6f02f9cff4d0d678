// Dated changes of an actor's allegiance, and the fighters who do not follow their leaders.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// Does what the intervention of this row (realign, pledge or merge) says: alignments first, then the fighters,
/// wherever they stand and on the road. A share `compliance` follows the actor; the others join the dissenters where
/// they are, or desert if none are named. Of a merger those who comply, the places and the supporters become the
/// other's. A pledge or a merger of value 0 does not happen. Returns how many fighters changed hands or deserted. The
/// caller reads friends, enemies and places again.
double change_allegiance(const CompiledModel& model, State& state, int row, bool is_whole);

/// What such a row of a date before the first day has changed: the parameters of alignment. Strengths and places are
/// those of forces.csv and control.csv.
void realign_before_start(const CompiledModel& model, State& state, int row);

}  // namespace truel::laws
