#include "truel/record/score/forecast.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "truel/record/control/score_control.hpp"
#include "truel/record/forecast_war.hpp"
#include "truel/record/score/pattern_scorer.hpp"
#include "truel/solver/results/run_parts.hpp"

namespace truel::record {

std::map<Day, OriginWindows> asked_by_origin(const Scores& scores) {
  std::map<Day, OriginWindows> asked;
  for (const Window& window : scores.control_windows) {
    asked[window.origin].control.push_back(window);
  }
  for (const Window& window : scores.death_windows) {
    asked[window.origin].deaths.push_back(window);
  }
  for (auto& [origin, windows] : asked) {
    windows.later = control_until(scores.war, scores.observations, origin);
  }
  return asked;
}

std::size_t Forecast::position(std::size_t day) const {
  return static_cast<std::size_t>(std::lower_bound(days.begin(), days.end(), day) - days.begin());
}

std::function<void(solver::Run&)> Forecast::reduction() const {
  return [days = days, n_days = n_days](solver::Run& run) {
    std::vector<std::int8_t> control;
    control.reserve(run.control.size() / n_days * days.size());
    for (std::size_t from = 0; from < run.control.size(); from += n_days) {
      for (const std::size_t day : days) {
        control.push_back(run.control[from + day]);
      }
    }
    std::vector<double> outcome = std::move(run.outcome);
    std::apply([&](const auto&... part) { ((run.*part.values).clear(), ...); }, solver::kRunParts);
    run.control = std::move(control);
    run.outcome = std::move(outcome);
    run.dyad_losses.clear();
    run.months.changes.clear();
  };
}

ensemble::EnsembleOptions ensemble_options(const ScoreOptions& options) {
  ensemble::EnsembleOptions ensemble{
      .solve = {.solver = options.solver, .seed = options.seed, .steps_per_day = options.steps_per_day}};
  ensemble.solve.every_days = 1;  // any day may end a window
  ensemble.runs = options.runs;
  ensemble.threads = options.threads;
  ensemble.stop = options.stop;
  return ensemble;
}

AnalysisOptions analysis_options(const ScoreOptions& options) {
  Mistakes mistakes;  // told by who has read the package before
  return {.package = scenario::load_package(options.package, mistakes),
          .settings = options.settings,
          .ensemble = ensemble_options(options),
          .progress = options.tell_analysis,
          .begins_at_origin = !options.analysis};
}

Result<Forecast> forecast_of(const ScoreOptions& options, const OriginWindows& asked, const std::string& account,
                             Analyst& analyst) {
  const Day origin = (asked.control.empty() ? asked.deaths : asked.control).front().origin;
  Day until = origin;
  for (const Window& window : asked.control) {
    until = std::max(until, window.until);
  }
  for (const Window& window : asked.deaths) {
    until = std::max(until, window.until + 1);  // the morning after the last day
  }
  const std::optional<Day> known = options.told ? std::nullopt : std::optional(origin);
  TRUEL_TRY(auto war, analyst.war_of(account, origin, until, known));
  TRUEL_TRY(auto model, compile(std::make_shared<const War>(std::move(war))));
  Forecast forecast{std::move(model), ensemble_options(options), {}, 0};
  forecast.n_days = solver::stored_days(forecast.model, forecast.options.solve).size();
  for (const Window& window : asked.control) {
    forecast.days.push_back(static_cast<std::size_t>(window.until - forecast.model.war().start));
    for (const Day day : month_bounds(window)) {
      forecast.days.push_back(static_cast<std::size_t>(day - forecast.model.war().start));
    }
    if (options.look_days > 0) {
      for (const Day day : look_days(window, options.look_days)) {
        forecast.days.push_back(static_cast<std::size_t>(day - forecast.model.war().start));
      }
    }
  }
  std::sort(forecast.days.begin(), forecast.days.end());
  forecast.days.erase(std::unique(forecast.days.begin(), forecast.days.end()), forecast.days.end());
  return forecast;
}

}  // namespace truel::record
