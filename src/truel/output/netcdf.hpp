// ensemble.nc: every realization as NetCDF-4.
#pragma once

#include <filesystem>
#include <optional>

#include "truel/output/output.hpp"

namespace truel::output {

/// Writes the realizations of the store block by block. The bytes depend on model, seed, solver and the realizations
/// alone (the file holds no time stamp). Memory: one block of realizations, bounded for any number of them.
std::optional<Diagnostic> write_netcdf(const dynamics::CompiledModel& model, const ensemble::EnsembleOptions& options,
                                       const ensemble::Summary& summary, const ensemble::RunStore& store,
                                       const Provenance& provenance, const std::filesystem::path& path);

}  // namespace truel::output
