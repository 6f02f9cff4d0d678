// What each realization says of each calendar month, for those who do not read NetCDF.
#pragma once

#include <filesystem>
#include <optional>

#include "truel/base/result.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::output {

/// Writes months_dyads_realizations.csv, months_places_realizations.csv and months_actors_realizations.csv into
/// `folder`, which is there: a row for each complete realization, month and dyad and country, place or actor with
/// anything but 0, in this order. Memory: one realization. Errors: a file cannot be written.
std::optional<Diagnostic> write_month_realizations(const CompiledModel& model, const ensemble::Summary& summary,
                                                   const ensemble::RunStore& store,
                                                   const std::filesystem::path& folder);

}  // namespace truel::output
