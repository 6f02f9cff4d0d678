// The wars that a score runs: one for each origin and account, and what of a run is looked at.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "truel/ensemble/ensemble.hpp"
#include "truel/record/analysis/analysis.hpp"
#include "truel/record/score/score.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::record {

/// The windows of one origin.
struct OriginWindows {
  std::vector<Window> control, deaths;
  std::vector<ControlSpell> later;  ///< control_until the origin
};

std::map<Day, OriginWindows> asked_by_origin(const Scores& scores);

/// One war of a score: the model, and the days of it whose holders are looked at.
struct Forecast {
  CompiledModel model;
  ensemble::EnsembleOptions options;
  std::vector<std::size_t> days;  ///< ascending
  std::size_t n_days = 0;         ///< that a run stores

  /// Position among `days` of a day of the run, which is one of them.
  std::size_t position(std::size_t day) const;
  /// Leaves of a run the status, the deaths of months, and the holders [place][day of `days`].
  std::function<void(solver::Run&)> reduction() const;
};

/// How the wars of a score are run.
ensemble::EnsembleOptions ensemble_options(const ScoreOptions& options);
AnalysisOptions analysis_options(const ScoreOptions& options);

/// The war of the windows of one origin under an account. analyst: lays over it what the time before
/// says. Errors: those of forecast_war.
Result<Forecast> forecast_of(const ScoreOptions& options, const OriginWindows& asked, const std::string& account,
                             Analyst& analyst);

}  // namespace truel::record
