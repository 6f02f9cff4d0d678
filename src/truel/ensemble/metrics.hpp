// The number that a metric has in one realization.
#pragma once

#include <span>

#include "truel/model/metric.hpp"
#include "truel/solver/run.hpp"

namespace truel::ensemble {

/// The number of a metric in a realization; NaN where it has none (a day on which nothing happened). `days`: the stored
/// days of the run, which must have the day of the metric.
double value_in(const solver::Run& run, const Metric& metric, const dynamics::CompiledModel& model,
                std::span<const int> days);

}  // namespace truel::ensemble
