// Dated changes of the scenario.
#pragma once

#include <optional>
#include <vector>

#include "truel/base/purposes.hpp"
#include "truel/world/state.hpp"

namespace truel::laws {

/// A dated change that happens in this realization, or its end.
struct DatedChange {
  Day day;
  int row;  ///< into War::interventions
  bool is_end = false;
};

struct InterventionsState {
  explicit InterventionsState(const CompiledModel& model);
  std::vector<DatedChange> agenda;            ///< by day, then ends, then by row
  std::vector<std::optional<double>> before;  ///< [row] what its number was, if it acts and may end
  std::vector<int> enders;                    ///< [row] the first row of the change that ends it; kNone: none does
};

/// A law that acts on its dates: it has no switch.
struct Interventions {
  static constexpr EventInfo kEvent{"intervention", "a dated change of the package"};
  static constexpr EventInfo kEnded{"intervention_ended", "a dated change of the package has not lasted"};
  static constexpr std::array kEvents{kEvent, kEnded};
  static constexpr EventCause kDated{"dated_change", "{note}"};
  static constexpr std::array kCauses{kDated};

  static constexpr Purpose kPurpose{25};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "dated change",
       "number of the value of the change it ends with, else of its own, from the first row of support.csv",
       "how long it lasts (step: 0)"},
  });

  using Own = InterventionsState;
};

/// Puts the dated changes that happen in this realization into the order of their days, as `values` has both, and the
/// ends of those that may end: at a constant rate from their day on, or from the day until which they are known to have
/// lasted. One that a change of this realization ends (`ended_by`) ends with that.
void draw_up_agenda(const CompiledModel& model, State& state);

/// Takes the dated changes of another realization that had the same ones before today, where this one begins: what
/// those changed is known to this one alone. Changes may end in both or in neither.
void take_agenda(State& state, InterventionsState changes, Day today);

/// Applies every `set` dated on or before the first day, and what allegiances changed before it meant for alignments:
/// they have already happened.
void set_parameters_dated_before_start(const CompiledModel& model, State& state);

/// The war goes on as model.later() has it: gives the numbers their new values, and no change that began before is
/// undone in them any more.
void take_over(const CompiledModel& model, State& state);

/// Applies the interventions dated today (model.md, section 4) and derives again if there were any. Returns
/// whether there were.
bool intervene(const CompiledModel& model, State& state, bool is_whole);

}  // namespace truel::laws
