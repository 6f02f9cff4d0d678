// The number of a realization that a sensitivity study explains.
#pragma once

#include <string>
#include <string_view>

#include "truel/base/result.hpp"
#include "truel/model/results/metric.hpp"
#include "truel/solver/run.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::sensitivity {

enum class OutcomeKind { actor, control, civilian_harm, metric };

struct Outcome {
  std::string name;  ///< as asked: "actors.isis.survives"
  OutcomeKind kind = OutcomeKind::actor;
  ActorIndex actor = kNone;  ///< of `actor`; of `control` an actor or kNone for nobody
  ActorOutcome what = ActorOutcome::survives;
  PlaceIndex place = kNone;
  Metric metric;  ///< of `metric`
};

/// Reads `actors.ID.WHAT`, `places.ID.control.ACTOR` (1 if the actor, or `none`, holds it on the last day, else 0),
/// `civilian_harm`, or a metric of two who attack each other or of what laws see of the war on the last day. Errors
/// name what there is.
Result<Outcome> parse_outcome(const War& war, std::string_view text);

/// What kind of number it is.
OutcomeScale scale_of(const Outcome& outcome);

/// What it is, in the words of its list; of `metric`.
std::string_view meaning_of(const Outcome& outcome);

/// Its value in a complete run. The day of something that does not happen is the war's last day. NaN
/// where it does not exist (survival of air actors and of actors that are never in the war).
double value_of(const Outcome& outcome, const CompiledModel& model, const solver::Run& run);

/// Is it 1 or 0 in every run?
bool is_event(const Outcome& outcome);

}  // namespace truel::sensitivity
