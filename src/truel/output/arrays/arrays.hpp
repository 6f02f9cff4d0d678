// ensemble.nc and path.nc: results as NetCDF-4 with the CF conventions; the former in memory, too.
#pragma once

#include <filesystem>
#include <optional>

#include "truel/output/arrays/targets/array_target.hpp"
#include "truel/output/output.hpp"

namespace truel::output {

/// Whether ensemble.nc takes the months of every realization: not where they have more than 4 GiB together.
bool takes_months(const CompiledModel& model, const ensemble::Summary& summary);

/// Puts what ensemble.nc holds into `target`, which is new, realization after realization as the store has them.
void put_ensemble(const CompiledModel& model, const solver::SolveOptions& options, const ensemble::Summary& summary,
                  const ensemble::RunStore& store, const Provenance& provenance, ArrayTarget& target);

/// Writes the realizations of the store block by block. The bytes depend on model, seed, solver and the realizations
/// alone. Memory: one block of realizations, bounded for any number of them.
std::optional<Diagnostic> write_ensemble_nc(const CompiledModel& model, const solver::SolveOptions& options,
                                            const ensemble::Summary& summary, const ensemble::RunStore& store,
                                            const Provenance& provenance, const std::filesystem::path& path);

/// Writes one realization with the fighters and the support of every actor at every place and stored day.
std::optional<Diagnostic> write_path_nc(const CompiledModel& model, const solver::SolveOptions& options,
                                        const ensemble::KeptRun& kept, const Provenance& provenance,
                                        const std::filesystem::path& path);

}  // namespace truel::output
