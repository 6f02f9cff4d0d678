// What a fit to a record of control compares: windows of the record, and the package as it was known at their origins.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "truel/record/analysis/analysis.hpp"
#include "truel/record/deaths/deaths.hpp"
#include "truel/record/deaths/score_deaths.hpp"
#include "truel/record/fit/control/bank.hpp"
#include "truel/record/fit/control/control_fit.hpp"
#include "truel/record/observations/observations.hpp"
#include "truel/record/observations/rules.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::record::fit {

struct Origin {
  Day day = 0;
  std::vector<std::size_t> windows;  ///< into Frame::windows, the shortest first
  std::optional<CompiledModel> model;
  MonthDeaths deaths;      ///< of dyads, fighters
  Analyst::Scales scales;  ///< on numbers that are drawn, where strengths travel along

  Day start() const { return model->war().start; }  ///< of the runs; before `day` where they start from an analysis
};

struct Frame {
  /// All of these outlive it.
  Frame(const ControlFitOptions& asked, const Rules& rules, const Observations& observed, ControlFit& fit);

  std::size_t n_origins() const { return origins.size(); }
  std::uint32_t check_runs() const { return std::min(options.check_runs, options.draws); }

  const ControlFitOptions& options;
  const Observations& observations;
  ControlFit& out;
  Sides sides;
  std::vector<int> counts_as;
  ControlRecord record;
  Dyads dyads;
  DeathSeries deaths;  ///< fighters by dyad
  std::vector<BankWindow> windows;
  std::vector<std::vector<PlaceIndex>> places;  ///< [window][unit]
  std::vector<Origin> origins;
  Analyst analyst;
  std::string later;  ///< what origins after the package's own record begin with
};

/// Windows, and packages as known at their origins.
Diagnostics set_up(Frame& frame, const std::vector<Window>& windows);
/// The package from an origin to the end of windows. scales: set to what strengths travel along. Errors: those of
/// Analyst::war_of.
Result<CompiledModel> model_of(Frame& frame, Day origin, const std::vector<std::size_t>& windows,
                               Analyst::Scales& scales);
/// What the kept runs depend on.
std::string question(const Frame& frame);
/// The windows as they were set up.
std::vector<BankWindow> without_draws(const Frame& frame);
/// Days from the origin of a window to the day a month later, or to its last.
std::size_t first_month(const Frame& frame, std::size_t window);

}  // namespace truel::record::fit
