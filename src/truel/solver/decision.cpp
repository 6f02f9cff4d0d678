#include "truel/solver/decision.hpp"

#include "truel/laws/derived.hpp"
#include "truel/laws/laws.hpp"
#include "truel/laws/operations/operations.hpp"
#include "truel/laws/priority/priority.hpp"
#include "truel/world/presence.hpp"

namespace truel::solver {

void decide(const CompiledModel& model, State& s, View& view, int days, bool is_whole) {
  const bool relations_changed = laws::change_relations(model, s);
  laws::derive_actors(model, s);  // sponsors come and go by date
  if (relations_changed) {
    refresh_all_places(s);
  }
  laws::look_back(model, s, days, is_whole);
  view.take_snapshot(model, s);
  laws::set_rates(model, s, view);
  laws::prioritise(model, s, view);
  laws::operate(model, s, view, is_whole);
  laws::assign_sorties(model, s, view);
  laws::after_orders(model, s, view);
}

}  // namespace truel::solver
