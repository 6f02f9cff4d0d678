// The two ways to fit numbers to a record of control.
#pragma once

#include <vector>

#include "truel/record/fit/control/control_fit.hpp"
#include "truel/record/observations/observations.hpp"
#include "truel/record/observations/rules.hpp"

namespace truel::record::fit {

/// Draws from the prior, reweighted by what the record says, screened and checked.
Diagnostics fit_by_bank(const ControlFitOptions& options, const Rules& rules, const Observations& observations,
                        const std::vector<Window>& windows, ControlFit& out);

/// All numbers moved at once by the ensemble smoother.
Diagnostics fit_by_smoother(const ControlFitOptions& options, const Rules& rules, const Observations& observations,
                            const std::vector<Window>& windows, ControlFit& out);

}  // namespace truel::record::fit
