// What would become of actors if their enemies stood together, as text, tables and data of the page.
#pragma once

#include <string>

#include "truel/ensemble/compare/united.hpp"
#include "truel/output/json.hpp"
#include "truel/output/provenance.hpp"

namespace truel::output {

/// A table an outcome, an actor a row and a unity a column: who lives by whose quarrels. At most `columns_wide`
/// columns, without the last line end. is_alone: no table of a run stands above it and says what happened.
std::string united_table(const CompiledModel& model, const ensemble::UnitedMatrix& matrix, int columns_wide,
                         bool is_alone);

/// An actor, a unity and an outcome a row.
std::string united_csv(const CompiledModel& model, const ensemble::UnitedMatrix& matrix);

/// {"runs", "actors"}: the same numbers by the ids of actors.
Json united_fates_json(const War& war, const ensemble::UnitedMatrix& matrix);

/// The same, with what was run; without a line end.
std::string united_json(const CompiledModel& model, const ensemble::UnitedMatrix& matrix,
                        const solver::SolveOptions& options, const Provenance& provenance);

/// For the page: {"runs", "ways": [{"id", "words"}], "actors": [{"id", "enemies", "of": [way]}]}; of each way survival
/// and value as {"mean", "low", "high", "change"}, and half_gone as dates. change: what it differs from the first way,
/// with its interval; null of the first.
Json page_united(const CompiledModel& model, const ensemble::UnitedMatrix& matrix);

}  // namespace truel::output
