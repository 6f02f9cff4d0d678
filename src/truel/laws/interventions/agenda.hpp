// Dated changes of a realization that begins where another one stands.
#pragma once

#include "truel/laws/interventions/interventions.hpp"

namespace truel::laws {

/// Takes the dated changes of another realization that had the same ones before today: what those changed is known to
/// this one alone. Changes may end in both or in neither.
void take_agenda(State& state, InterventionsState changes, Day today);

}  // namespace truel::laws
