// The result files of an ensemble, the table for a terminal and the page of a report.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/output/provenance.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::output {

/// Files as name and bytes.
using Texts = std::vector<std::pair<std::string, std::string>>;

/// The paths of files that were written; else what cannot be written.
using WrittenFiles = Result<std::vector<std::filesystem::path>>;

/// Writes summary.json, ensemble.nc, control.geojson, dyads.csv, months_dyads.csv, months_places.csv, events.csv,
/// priorities.csv, report.html, provenance.json and, where they were asked for, regions.csv and .svg, united.json and
/// .csv into `folder`, which is made; gives the paths written. Each file gets its name only once it is whole. All but
/// provenance.json (times, threads, command line) depend on model, seed, solver and number of runs alone. Memory: a
/// block of 64 realizations, whatever their number. package: its files, for a page that is asked "what if"; none: it is
/// not. Errors: no realization to write; the folder or a file cannot be written (what is complete by then stays).
WrittenFiles write(const CompiledModel& model, const ensemble::EnsembleOptions& options,
                   const ensemble::Summary& summary, const ensemble::RunStore& store,
                   const std::vector<ensemble::KeptRun>& kept, const Provenance& provenance,
                   const std::filesystem::path& folder, const Texts& package);

/// summary.json (docs/results.md), without a line end.
std::string summary_json(const CompiledModel& model, const ensemble::EnsembleOptions& options,
                         const ensemble::Summary& summary, const Provenance& provenance);

/// What a person reads first: one sentence and a table of the actors, at most `columns_wide` columns (at least 60),
/// without the last line end.
std::string terminal_table(const CompiledModel& model, const ensemble::Summary& summary, int columns_wide);

/// The data of the report page (web/src/data.ts, format 1), compact.
std::string report_json(const CompiledModel& model, const ensemble::EnsembleOptions& options,
                        const ensemble::Summary& summary, const std::vector<ensemble::KeptRun>& kept,
                        const Provenance& provenance);

/// The page with these data in it, one self-contained file. With files of a package, and in a build with the engine as
/// a module (TRUEL_BUILD_ENGINE), the page has both and answers "what if". "" in a build without the page
/// (TRUEL_BUILD_REPORT=OFF).
std::string report_html(std::string_view json, const Texts& package = {});

/// One realization on its own: every outcome, what happened, how the commands decided and why, as JSON without a line
/// end, or as text for a person.
std::string replay_json(const CompiledModel& model, const solver::SolveOptions& options, const ensemble::KeptRun& kept);
std::string replay_table(const CompiledModel& model, const solver::SolveOptions& options,
                         const ensemble::KeptRun& kept);

/// Writes replay.json, path.nc (fighters and support of every actor at every place and stored day), events.csv,
/// priorities.csv and provenance.json into `folder`; as `write` otherwise.
WrittenFiles write_replay(const CompiledModel& model, const solver::SolveOptions& options,
                          const ensemble::KeptRun& kept, const Provenance& provenance,
                          const std::filesystem::path& folder);

/// What the model leaves out, one sentence each: the report and the documentation share this list.
std::vector<std::string_view> not_modelled();

}  // namespace truel::output
