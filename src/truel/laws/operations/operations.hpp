// Where a command attacks, what it holds, what it gives up, and where its aircraft go.
#pragma once

#include "truel/laws/operations/effort_ledger.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {

/// Its switch and numbers are those of scenario.toml that every war has (laws.operations).
struct Operations {
  using Own = EffortLedger;
};

/// Orders of all commands for the coming interval (model.md, section 4, operations): retreats, garrisons, offensives in
/// the order effort share x worth x odds / force until free fighters run out, raids of mobile actors, and men who wait
/// out of reach of any front sent to the nearest one. Needs the effort shares of `prioritise`. `is_whole`: only whole
/// fighters move.
void operate(const CompiledModel& model, State& state, View& view, bool is_whole);

/// Spreads the sorties of every air actor over battles of its friends, columns, and enemies elsewhere.
void assign_sorties(const CompiledModel& model, State& state, const View& view);

}  // namespace truel::laws
