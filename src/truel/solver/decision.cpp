#include "truel/solver/decision.hpp"

#include "truel/command/operations.hpp"
#include "truel/command/priority.hpp"
#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/alignment/coalition.hpp"
#include "truel/laws/defection/defection_rates.hpp"
#include "truel/laws/derived.hpp"
#include "truel/laws/laws.hpp"
#include "truel/laws/recruitment/supply.hpp"
#include "truel/world/presence.hpp"

namespace truel::solver {

void decide(const CompiledModel& model, State& s, View& view, int days, bool is_whole) {
  const bool relations_changed = laws::Alignment::may_act(model) && laws::change_relations(model, s);
  laws::derive_actors(model, s);  // sponsors come and go by date
  if (relations_changed) {
    refresh_all_places(s);
  }
  laws::look_back(model, s, days, is_whole);
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    double& mark = s.gain_mark[at(a)];
    const double gained = s.tally(ActorOutcome::recruited, a) + s.tally(ActorOutcome::arrived, a) +
                          s.tally(ActorOutcome::joined, a) - s.tally(ActorOutcome::deserted, a) -
                          s.tally(ActorOutcome::defected, a);
    s.recent_gain[at(a)] = days > 0 ? (gained - mark) / days : 0;
    mark = gained;
  }
  view.take_snapshot(model, s);
  laws::supply(model, s, view);
  laws::update_defection_rates(model, s, view);
  command::prioritise(model, s, view);
  command::operate(model, s, view, is_whole);
  command::assign_sorties(model, s, view);
  laws::assess_alignment(model, s, view);
}

}  // namespace truel::solver
