#include "truel/dynamics/decision.hpp"

#include "truel/dynamics/alignment.hpp"
#include "truel/dynamics/coalition.hpp"
#include "truel/dynamics/defection.hpp"
#include "truel/dynamics/operations.hpp"
#include "truel/dynamics/priority.hpp"
#include "truel/dynamics/recruitment.hpp"
#include "truel/dynamics/underground.hpp"

namespace truel::dynamics {

void decide(const CompiledModel& model, State& s, View& view, int days, bool is_whole) {
  const bool relations_changed = model.moves_alignment() && change_relations(model, s);
  derive_actors(model, s);  // sponsors come and go by date
  if (relations_changed) {
    refresh_all_places(s);
  }
  if (days > 0) {
    move_support(model, s, days);
    police(model, s, days, is_whole);
  }
  surface(model, s);
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    double& mark = s.gain_mark[at(a)];
    const double gained = s.tally(ActorOutcome::recruited, a) + s.tally(ActorOutcome::arrived, a) +
                          s.tally(ActorOutcome::joined, a) - s.tally(ActorOutcome::deserted, a) -
                          s.tally(ActorOutcome::defected, a);
    s.recent_gain[at(a)] = days > 0 ? (gained - mark) / days : 0;
    mark = gained;
  }
  view.look(model, s);
  supply(model, s, view);
  tempt(model, s, view);
  prioritise(model, s, view);
  operate(model, s, view, is_whole);
  assign_sorties(model, s, view);
  assess_alignment(model, s, view);
}

}  // namespace truel::dynamics
