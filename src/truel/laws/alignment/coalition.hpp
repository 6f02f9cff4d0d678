// Coalitions: the groups that alliances join, what joining one costs, and when it splits.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// Reads friends and enemies from the alignments. Where that joins coalitions, laws.alignment.accession makes each side
/// take over a part of the other's enmities, and friends and enemies are read once more. Notes `coalition` for every
/// new pair of friends and `split` for every pair that no longer is one. Returns whether anything changed; the places
/// are then to be looked at again. Cost: actors cubed where laws.alignment may act, squared elsewhere.
bool read_relations(const CompiledModel& model, State& state);

}  // namespace truel::laws
