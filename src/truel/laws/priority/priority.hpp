// Whom a command fights first.
#pragma once

#include "truel/world/view.hpp"

namespace truel::laws {

/// What commands have turned to, and what they know of how enemies grow.
struct PriorityState {
  PriorityState(const CompiledModel& model);

  ListBy<ActorIndex, ActorIndex> first_enemy;  ///< [actor] who got most of its effort at the first decision
  ListBy<ActorIndex, double> turn_day;         ///< [actor] first day on which that was another; NaN: it was not
  ListBy<ActorIndex, double> recent_gain;      ///< [actor] gained less those who went, per day of the last interval
  ListBy<ActorIndex, double> gain_mark;        ///< [actor] the same tally at the last decision
};

/// A law that every war has: it has no switch.
struct Priority {
  using Own = PriorityState;
  static void look_back(const CompiledModel& model, State& state, int days, bool is_whole);
};

/// Sets the effort shares of every actor over its enemies (model.md, section 4, priority). Under the `priority`
/// doctrine a command scores each enemy by the weighted features and takes the softmax with its temperature; under the
/// `fixed` doctrine its actors keep the shares of ties.csv, or divide their effort evenly where none of these is for an
/// enemy still in the war; commands of the `best-response` doctrine then divide their effort over their enemies in
/// answer to these and to each other. The feature `others` is that of the last decision; before the first one every
/// command is taken to divide its effort evenly. Records scores and contributions where the path is kept.
void prioritise(const CompiledModel& model, State& state, const View& view);

}  // namespace truel::laws
