// The ways to fit numbers to a record of control, and what they share.
#pragma once

#include <span>
#include <vector>

#include "truel/record/fit/control/control_fit.hpp"
#include "truel/record/fit/control/control_runs.hpp"
#include "truel/record/observations/observations.hpp"
#include "truel/record/observations/rules.hpp"

namespace truel::record::fit {

/// Draws from the prior, reweighted by what the record says, screened and checked.
Diagnostics fit_by_bank(const ControlFitOptions& options, const Rules& rules, const Observations& observations,
                        const std::vector<Window>& windows, ControlFit& out);

/// All numbers moved at once by the ensemble smoother.
Diagnostics fit_by_smoother(const ControlFitOptions& options, const Rules& rules, const Observations& observations,
                            const std::vector<Window>& windows, ControlFit& out);

/// Particles that a tempered fit moves.
std::uint32_t particles(const ControlFitOptions& options);
/// Replaces the weighted draws of the numbers that the bank moves by a sample of the posterior of its strength.
/// False: stopped, or the disk is full.
bool move_draws(const Frame& frame, ControlRuns& runs);

/// What the record says of a window.
WindowFit begin_window(const Frame& frame, std::size_t window);
/// What runs with these weights of draws say of the course of a window: `said` of each check.
void add_checks(WindowFit& fit, const BankWindow& runs, std::span<const double> weights,
                Prediction PredictiveCheck::*said);
/// The value of an uncertain number whose normal score is z.
double value_at(const War& war, int parameter, double z);
/// The packages of all origins with the draws of the fit.
std::vector<CompiledModel> fitted_models(const Frame& frame);
Spread spread(std::span<const double> values, std::span<const double> weights);
/// What draws with these weights say of a number whose prior is known.
void set_posterior(FittedNumber& number, std::span<const double> values, std::span<const double> weights,
                   double effective);

}  // namespace truel::record::fit
