// Why an actor survives or collapses, as text, tables and files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/ensemble/compare/why.hpp"
#include "truel/output/output.hpp"

namespace truel::output {

/// One or two sentences: whether it survives, or the metric that was asked for, how much of their strength its enemies
/// aimed at it, and the change that would shorten its life or move that metric most.
std::string why_answer(const CompiledModel& model, const ensemble::Explanation& why);

/// The answer, what the enemies did and the changes, at most `columns_wide` columns, without the last line end.
std::string why_table(const CompiledModel& model, const ensemble::Explanation& why, int columns_wide);

/// why.json, without a line end; enemies.csv; changes.csv (docs/compare.md).
std::string why_json(const CompiledModel& model, const solver::SolveOptions& options, const ensemble::Explanation& why,
                     const Provenance& provenance);
std::string why_enemies_csv(const CompiledModel& model, const ensemble::Explanation& why);
std::string why_changes_csv(const ensemble::Explanation& why);

/// Writes these three and provenance.json into `folder`; as `write` of output.hpp otherwise.
WrittenFiles write_why(const CompiledModel& model, const solver::SolveOptions& options,
                       const ensemble::Explanation& why, const Provenance& provenance,
                       const std::filesystem::path& folder);

}  // namespace truel::output
