// What a fit to a record of control says, as text and tables.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "truel/output/output.hpp"
#include "truel/record/fit/control/control_fit.hpp"

namespace truel::output {

/// At most `columns_wide` columns, without the last line end.
std::string control_fit_table(const record::fit::ControlFit& fit, int columns_wide);

/// fit.json without a line end.
std::string control_fit_json(const record::fit::ControlFit& fit, const record::fit::ControlFitOptions& options,
                             const Provenance& provenance);

/// Name and text of all files of a fit (docs/results.md).
std::vector<std::pair<std::string, std::string>> control_fit_texts(const record::fit::ControlFit& fit,
                                                                   const record::fit::ControlFitOptions& options,
                                                                   const Provenance& provenance);

}  // namespace truel::output
