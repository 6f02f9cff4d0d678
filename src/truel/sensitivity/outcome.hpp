// The number of a realization that a sensitivity study explains.
#pragma once

#include <string>
#include <string_view>

#include "truel/base/result.hpp"
#include "truel/solver/run.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::sensitivity {

enum class OutcomeKind { actor, control, civilian_harm };

struct Outcome {
  std::string name;  ///< as asked: "actors.isis.survives"
  OutcomeKind kind = OutcomeKind::actor;
  ActorIndex actor = kNone;  ///< of `actor`; of `control` an actor or kNone for nobody
  ActorOutcome what = ActorOutcome::survives;
  PlaceIndex place = kNone;
};

/// Reads `actors.ID.WHAT`, `places.ID.control.ACTOR` (1 if the actor, or `none`, holds it on the last day, else 0) or
/// `civilian_harm`. Errors name what there is.
Result<Outcome> parse_outcome(const War& war, std::string_view text);

/// Its value in a complete run. The day of a collapse or an extinction that does not happen is the war's last day. NaN
/// where it does not exist (survival of air actors and of actors that are never in the war).
double value_of(const Outcome& outcome, const CompiledModel& model, const solver::Run& run);

/// Is it 1 or 0 in every run?
bool is_event(const Outcome& outcome);

}  // namespace truel::sensitivity
