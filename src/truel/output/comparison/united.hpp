// What would become of actors if their enemies stood together, as text and tables.
#pragma once

#include <string>
#include <vector>

#include "truel/ensemble/compare/united.hpp"
#include "truel/output/output.hpp"

namespace truel::output {

/// One or two sentences a table: who lives by whose quarrels. At most `columns_wide` columns, without the last line
/// end.
std::string united_table(const CompiledModel& model, const std::vector<ensemble::UnitedFates>& fates,
                         std::uint32_t runs, int columns_wide);

/// An actor and a unity a row.
std::string united_csv(const CompiledModel& model, const std::vector<ensemble::UnitedFates>& fates);

/// The same, with what was run; without a line end.
std::string united_json(const CompiledModel& model, const std::vector<ensemble::UnitedFates>& fates,
                        const ensemble::EnsembleOptions& options, const Provenance& provenance);

}  // namespace truel::output
