// What an analysis learned of what nobody sees, for a terminal.
#pragma once

#include <string>

#include "truel/model/war.hpp"
#include "truel/record/analysis/analysis_findings.hpp"

namespace truel::output {

/// The pairs and places whose factor differs most from what the package says, a table of each, at most `columns_wide`
/// columns, without the last line end; "" where nothing was learned of them. Of several accounts the first one.
std::string learned_table(const record::AnalysisFindings& learned, const War& war, int columns_wide);

}  // namespace truel::output
