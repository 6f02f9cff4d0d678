// What a sensitivity study says, as text, tables and a picture.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/output/output.hpp"
#include "truel/sensitivity/analysis.hpp"

namespace truel::output {

/// The outcome in words: "survival of Islamic State".
std::string outcome_name(const War& war, const sensitivity::Outcome& outcome);

/// What an input's group by source stands for: "claims of magnier2016", "other sources", "assumed".
std::string source_name(const War& war, const std::string& group);

/// That a study was interrupted (Analysis::stopped_before).
std::string partial_remark(const sensitivity::Analysis& analysis);

/// The answer in sentences: what drives the outcome, and whether that is a fact or a source.
std::string sensitivity_answer(const sensitivity::Study& study, const sensitivity::Analysis& analysis);

/// The answer and its tables, at most `columns_wide` columns, without the last line end.
std::string sensitivity_table(const sensitivity::Study& study, const sensitivity::Analysis& analysis, int columns_wide);

/// sensitivity.json, without a line end; sensitivity.csv; sensitivity.svg (docs/sensitivity.md).
std::string sensitivity_json(const sensitivity::Study& study, const solver::SolveOptions& options,
                             std::span<const sensitivity::Analysis> analyses, const Provenance& provenance);
std::string sensitivity_csv(const sensitivity::Study& study, std::span<const sensitivity::Analysis> analyses);
std::string sensitivity_svg(const sensitivity::Study& study, std::span<const sensitivity::Analysis> analyses);

/// Writes these three and provenance.json into `folder`; as `write` of output.hpp otherwise.
WrittenFiles write_sensitivity(const sensitivity::Study& study, const solver::SolveOptions& options,
                               std::span<const sensitivity::Analysis> analyses, const Provenance& provenance,
                               const std::filesystem::path& folder);

}  // namespace truel::output
