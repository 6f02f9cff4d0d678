// Fighters who go underground where their side is driven out: found by those who police the place, joined by
// supporters, back in the open where the garrison is weak.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// Sends the actor's share of its fighters at a place underground; whole fighters where `is_whole`. Returns how many.
/// Nothing where the law is off. Presence there is as if they had left.
double go_underground(const CompiledModel& model, State& state, PlaceIndex place, ActorIndex actor, bool is_whole);

/// What happens underground in the last `days` with the garrisons, support and people of today (model.md, section 4):
/// an immigration and death process, drawn from its distribution at the end of the interval where `is_whole`, else its
/// mean. Those found count as killed by who found them.
void police(const CompiledModel& model, State& state, double days, bool is_whole);

/// Those who can hold their own come into the open again, and control is settled there.
void surface(const CompiledModel& model, State& state);

struct Underground {
  static void look_back(const CompiledModel& model, State& state, int days, bool is_whole) {
    if (days > 0) {
      police(model, state, days, is_whole);
    }
    surface(model, state);
  }
};

}  // namespace truel::laws
