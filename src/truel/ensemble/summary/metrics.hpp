// The number that a metric has in one realization.
#pragma once

#include <optional>
#include <span>

#include "truel/model/results/metric.hpp"
#include "truel/solver/run.hpp"

namespace truel::ensemble {

/// The number of a metric in a realization; NaN where it has none (a day on which nothing happened). `days`: the stored
/// days of the run, which must have the day of the metric.
double value_in(const solver::Run& run, const Metric& metric, const CompiledModel& model, std::span<const int> days);

/// The metric with its day as a stored one, the last that is not later; a metric without a day as it is. Nothing if the
/// day is not one of the run. `days`: the stored days, ascending from 0.
std::optional<Metric> on_stored_day(const Metric& metric, const War& war, std::span<const int> days);

}  // namespace truel::ensemble
