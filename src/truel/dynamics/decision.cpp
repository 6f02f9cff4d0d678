#include "truel/dynamics/decision.hpp"

#include "truel/dynamics/alignment.hpp"
#include "truel/dynamics/coalition.hpp"
#include "truel/dynamics/defection.hpp"
#include "truel/dynamics/operations.hpp"
#include "truel/dynamics/priority.hpp"
#include "truel/dynamics/recruitment.hpp"
#include "truel/dynamics/underground.hpp"

namespace truel::dynamics {

void decide(const CompiledModel& model, State& s, View& view, int lane, int days, bool is_whole) {
  const bool relations_changed = model.moves_alignment() && change_relations(model, s, lane);
  derive_actors(model, s, lane);  // sponsors come and go by date
  if (relations_changed) {
    refresh_all_places(s, lane);
  }
  if (days > 0) {
    move_support(model, s, days, lane);
    police(model, s, days, lane, is_whole);
  }
  surface(model, s, lane);
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    double& mark = s.gain_mark[s.one(a, lane)];
    const double gained = s.recruited[s.one(a, lane)] + s.arrived[s.one(a, lane)] + s.joined[s.one(a, lane)] -
                          s.deserted[s.one(a, lane)] - s.defected[s.one(a, lane)];
    s.recent_gain[s.one(a, lane)] = days > 0 ? (gained - mark) / days : 0;
    mark = gained;
  }
  view.look(model, s, lane);
  supply(model, s, view, lane);
  tempt(model, s, view, lane);
  prioritise(model, s, view, lane);
  operate(model, s, view, lane, is_whole);
  assign_sorties(model, s, view, lane);
  assess_alignment(model, s, view, lane);
}

}  // namespace truel::dynamics
