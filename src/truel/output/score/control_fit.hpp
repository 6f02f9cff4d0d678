// What a fit to a record of control says, as text and tables.
#pragma once

#include <string>

#include "truel/output/output.hpp"
#include "truel/record/fit/control/control_fit.hpp"

namespace truel::output {

/// At most `columns_wide` columns, without the last line end.
std::string control_fit_table(const record::fit::ControlFit& fit, int columns_wide);

/// fit.json without a line end, and numbers.csv and bank.csv (docs/fit.md).
std::string control_fit_json(const record::fit::ControlFit& fit, const record::fit::ControlFitOptions& options,
                             const Provenance& provenance);
std::string control_fit_numbers_csv(const record::fit::ControlFit& fit);
std::string control_fit_bank_csv(const record::fit::ControlFit& fit);

}  // namespace truel::output
