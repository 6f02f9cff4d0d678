// What each line of an account does by itself, as text, tables and data.
#pragma once

#include <string>
#include <vector>

#include "truel/ensemble/compare/each_setting.hpp"
#include "truel/output/provenance.hpp"

namespace truel::output {

/// A line of the account an entry, with the outcomes that it moves most surely; those that move none in a list of their
/// own. At most `columns_wide` columns, without the last line end.
std::string each_setting_table(const CompiledModel& model, const std::vector<ensemble::SettingEffect>& effects,
                               std::uint32_t runs, int columns_wide);

/// A line of the account and an outcome a row.
std::string each_setting_csv(const CompiledModel& model, const std::vector<ensemble::SettingEffect>& effects);

/// The same with what was run; without a line end.
std::string each_setting_json(const CompiledModel& model, const std::vector<ensemble::SettingEffect>& effects,
                              const ensemble::EnsembleOptions& options, const Provenance& provenance);

}  // namespace truel::output
