#include "truel/record/fit/control/control_fit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "truel/record/control/score_control.hpp"
#include "truel/record/fit/control/control_methods.hpp"
#include "truel/record/fit/control/control_runs.hpp"
#include "truel/record/forecast_war.hpp"
#include "truel/record/observations/observations.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::record::fit {
namespace {

constexpr std::string_view kMethods[] = {"bank", "tempered", "smoother"};

}  // namespace

std::string_view to_string(ControlMethod method) {
  return kMethods[static_cast<std::size_t>(method)];
}

std::optional<ControlMethod> control_method_of(std::string_view name) {
  const auto found = std::find(std::begin(kMethods), std::end(kMethods), name);
  return found == std::end(kMethods) ? std::nullopt
                                     : std::optional(static_cast<ControlMethod>(found - std::begin(kMethods)));
}

Result<ControlFit> fit_control(const ControlFitOptions& options) {
  auto war = scenario::read(options.package);
  if (!war) {
    return war.error();
  }
  const auto rules = read_rules(options.package);
  if (!rules) {
    return rules.error();
  }
  const auto observations = read_observations(*war, *rules, options.observed);
  if (!observations) {
    return observations.error();
  }
  ControlFit out{.war = std::move(*war)};
  const auto [earliest, latest] = first_days_possible(out.war);
  const Day first = std::max(options.from.value_or(add_months(earliest, kLearningMonths)), earliest);
  std::vector<Window> windows;
  if (observations->control_to >= observations->control_from) {
    windows = quarterly_windows(first, std::min(options.until, observations->control_to));
  }
  std::erase_if(windows, [&, last = latest](const Window& w) { return w.origin > last; });
  if (windows.empty()) {
    return Diagnostic{{options.observed.string()},
                      "no window that package and record allow",
                      fmt::format("the record has control from {} to {}, and the first window begins on {} at the "
                                  "earliest and has three months; give a later --until",
                                  format_date(observations->control_from), format_date(observations->control_to),
                                  format_date(first))};
  }
  if (options.until > observations->control_to) {
    out.remarks.push_back(
        fmt::format("the record of control ends on {}: windows end there", format_date(observations->control_to)));
  }
  if (observations->sides.size() >= kFailed) {
    return Diagnostic{
        {options.observed.string()}, "more sides than a bank can hold", "merge some in observations.toml"};
  }
  const auto fit = options.method == ControlMethod::smoother ? fit_by_smoother : fit_by_bank;
  if (Diagnostics faults = fit(options, *rules, *observations, windows, out); !faults.empty()) {
    return faults;
  }
  return out;
}

std::string fitted_account(const ControlFit& fit, const ControlFitOptions& options, const std::string& name) {
  double reweighted = 0;
  double prior = 0;
  double places = 0;
  for (const WindowFit& window : fit.windows) {
    reweighted += window.fitted * static_cast<double>(window.places);
    prior += window.prior * static_cast<double>(window.places);
    places += static_cast<double>(window.places);
  }
  const std::string until = format_date(options.until);
  const std::string how =
      fit.tried.empty() ? fmt::format("ensemble smoother, {} steps", options.steps)
      : !fit.tempering.empty()
          ? fmt::format("strength {}, {} particles of tempered sequential Monte Carlo", fit.strength(),
                        fit.draws->rows())
          : fmt::format("weights of strength {}, effective size {:.0f}", fit.strength(), fit.effective());
  return fmt::format(
      "title = \"Fitted to the record of control until {0}\"\n"
      "story = \"\"\"\n"
      "{1} numbers as `truel fit` found them from {2} draws of their ranges and {3} windows that end by {0}\n"
      "({4}). In sample their Brier score is {5:.3f}, and {6:.3f} unfitted.\n"
      "\"\"\"\n"
      "draws = \"{7}.csv\"\n"
      "basis = \"assumed: drawn by truel fit from their ranges and the record of control until {0}\"\n"
      "fitted_until = {0}\n",
      until, fit.draws->parameters.size(), options.draws, fit.windows.size(), how, reweighted / places, prior / places,
      name);
}

std::string fitted_draws(const ControlFit& fit) {
  std::string out = "weight";
  for (const int parameter : fit.draws->parameters) {
    out += "," + fit.war.parameters[at(parameter)].path;
  }
  out += "\n";
  const std::size_t n = fit.draws->parameters.size();
  const bool has_weights = !fit.draws->weights.empty();
  for (std::size_t row = 0; row < fit.draws->rows(); ++row) {
    out += has_weights ? fmt::format("{}", fit.draws->weights[row]) : "1";
    for (std::size_t c = 0; c < n; ++c) {
      out += fmt::format(",{}", fit.draws->values[row * n + c]);
    }
    out += "\n";
  }
  return out;
}

}  // namespace truel::record::fit
