// Who falls, in the order in which a reader asks for it.
#pragma once

#include <vector>

#include "truel/ensemble/ensemble.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::output {

struct Fall {
  ActorIndex actor;
  double probability;  ///< share of the realizations in which it has collapsed by the last day
  Day median_date;     ///< over those realizations
  double runs;         ///< so many are they
};

/// Actors that collapse in some realization: first those that do in at least half of them, earliest median date first;
/// then the others, likeliest first. An early date of a rare collapse would say little.
std::vector<Fall> falls(const CompiledModel& model, const ensemble::Summary& summary);

/// The date of a day counted from the first day.
Day date_of(const War& war, double day);

}  // namespace truel::output
