// A decision epoch: what the commands and the slow laws do every interval.
#pragma once

#include "truel/world/view.hpp"

namespace truel::solver {

/// In this order: support moves, supply and sites of recruitment are set, commands choose their enemies, give orders
/// and assign sorties. `days` is the time since the last epoch (0 at the first).
void decide(const CompiledModel& model, State& state, View& view, int days, bool is_whole);

}  // namespace truel::solver
