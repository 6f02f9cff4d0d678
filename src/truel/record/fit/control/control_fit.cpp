#include "truel/record/fit/control/control_fit.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>

#include "truel/base/choice.hpp"
#include "truel/record/control/score_control.hpp"
#include "truel/record/fit/control/control_methods.hpp"
#include "truel/record/fit/control/control_runs.hpp"
#include "truel/record/fit/control/kept_runs.hpp"
#include "truel/record/forecast_war.hpp"
#include "truel/record/observations/observations.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::record::fit {

FitSize usual_size(ControlMethod method) {
  return method == ControlMethod::smoother ? FitSize{1000, 4} : FitSize{2048, 8};
}

namespace {

/// What a fit begins with, when all has been read.
struct FitInput {
  PackageRecord record;
  std::vector<Window> windows;
  ControlFit fit;
};

Result<FitInput> read_input(const ControlFitOptions& options) {
  scenario::Overlay overlay;
  if (!options.account.empty()) {
    overlay.accounts = {options.account};
  }
  overlay.settings = options.settings;
  TRUEL_TRY(auto war, scenario::read(options.package, overlay));
  if (!war.draws.empty()) {
    return Diagnostic{{"--account " + options.account},
                      "its numbers are a table of draws, no ranges to learn in",
                      "fit another account, or the basic model"};
  }
  TRUEL_TRY(auto record, read_record(war, options.package, options.observed));
  FitInput input{std::move(record), {}, ControlFit{.war = std::move(war)}};
  const Observations& observed = input.record.observations;
  input.fit.target = options.target;
  input.fit.citations = observed.citations;
  const Day latest = first_days_possible(input.fit.war, observed).second;
  const Day first = first_quarterly_origin(input.fit.war, observed, options.from);
  if (observed.control_to >= observed.control_from) {
    input.windows = quarterly_windows(first, std::min(options.until, observed.control_to));
  }
  std::erase_if(input.windows, [&](const Window& w) { return w.origin > latest; });
  if (input.windows.empty()) {
    return Diagnostic{
        {options.observed.string()},
        "no window that package and record allow",
        fmt::format("the observed data have control from {} to {}, and the first window begins on {} at the "
                    "earliest and has three months; give a later --until",
                    format_date(observed.control_from), format_date(observed.control_to), format_date(first))};
  }
  if (options.until > observed.control_to) {
    input.fit.remarks.push_back(
        fmt::format("the observed data of control end on {}: windows end there", format_date(observed.control_to)));
  }
  if (observed.sides.size() >= kFailed) {
    return Diagnostic{{options.observed.string()}, "more sides than a fit can hold", "merge some in observations.toml"};
  }
  return input;
}

/// The bank in the making; keeps what it was read from.
class BankMaker {
 public:
  BankMaker(const ControlFitOptions& options, FitInput input)
      : options_(options),
        input_(std::move(input)),
        frame_(options_, input_.record.rules, input_.record.observations, input_.fit),
        runs_(frame_) {}

  Diagnostics open() { return set_up(frame_, input_.windows); }
  std::string question() const { return fit::question(frame_); }
  std::uint64_t size() const { return std::uint64_t{options_.draws} * frame_.n_origins(); }

  bool fits(const solver::Run& run) const {
    if (run.number >= size()) {
      return false;
    }
    const std::size_t origin = run.number % static_cast<std::uint32_t>(frame_.n_origins());
    const std::size_t wanted = bytes_of_run(frame_, frame_.origins[origin].windows) * options_.runs;
    return run.control.size() == wanted &&
           is_of_sides(frame_, std::string_view(reinterpret_cast<const char*>(run.control.data()), wanted), origin);
  }

  bool solve(std::span<const std::uint32_t> numbers, ensemble::RunStore& store,
             const ensemble::TellProgress& progress) {
    const auto begin = std::chrono::steady_clock::now();
    const std::size_t wanted = store.size() + numbers.size();
    std::vector<Task> tasks;
    std::transform(numbers.begin(), numbers.end(), std::back_inserter(tasks),
                   [&](std::uint32_t number) { return runs_.task_of(number); });
    return runs_.solve_tasks(tasks, runs_.prior_job(), [&](const Task& task, std::string bytes) {
      solver::Run record;
      record.number = task.record;
      record.control.assign(bytes.begin(), bytes.end());
      const bool has_space = store.append(record);
      ensemble::tell(progress, begin, store.size(), wanted);
      return has_space;
    });
  }

 private:
  ControlFitOptions options_;
  FitInput input_;
  Frame frame_;
  ControlRuns runs_;
};

}  // namespace

Result<ControlFit> fit_control(const ControlFitOptions& options) {
  TRUEL_TRY(auto input, read_input(options));
  const auto fit = options.method == ControlMethod::smoother ? fit_by_smoother : fit_by_bank;
  if (Diagnostics faults = fit(options, input.record.rules, input.record.observations, input.windows, input.fit);
      !faults.empty()) {
    return faults;
  }
  return std::move(input.fit);
}

Result<BankWork> work_of_bank(const ControlFitOptions& options) {
  if (options.method == ControlMethod::smoother) {
    return Diagnostic{{}, "the steps of the smoother follow from each other", "give --method bank, or without parts"};
  }
  TRUEL_TRY(auto input, read_input(options));
  BankWork result;
  result.record = input.record.observations.sha256();
  const auto maker = std::make_shared<BankMaker>(options, std::move(input));
  if (Diagnostics faults = maker->open(); !faults.empty()) {
    return faults;
  }
  result.question = maker->question();
  result.work.size = maker->size();
  if (result.work.size > std::numeric_limits<std::uint32_t>::max()) {
    return Diagnostic{{}, "more draws than a shard can number", "give fewer --draws"};
  }
  result.work.fits = [maker](const solver::Run& run) { return maker->fits(run); };
  result.work.solve = [maker](std::span<const std::uint32_t> numbers, ensemble::RunStore& store,
                              const ensemble::TellProgress& progress) {
    return maker->solve(numbers, store, progress);
  };
  return result;
}

namespace {

/// Within a text in double quotes.
std::string in_toml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    out += c;
  }
  return out;
}

}  // namespace

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
  std::string whose;
  if (!options.settings.empty()) {
    whose += fmt::format("\nFitted with --set {}.", fmt::join(options.settings, " --set "));
  }
  for (const std::string& citation : fit.citations) {
    whose += "\nRecord: " + in_toml(citation);
  }
  return fmt::format(
      "title = \"{8} to observed {11} until {0}\"\n"
      "story = \"\"\"\n"
      "{1} numbers as `truel fit` found them from {2} draws of their ranges and {3} windows that end by {0}\n"
      "({4}). In sample their Brier score is {5:.3f}, and {6:.3f} unfitted.{9}\n"
      "\"\"\"\n"
      "{10}"
      "draws = \"{7}.csv\"\n"
      "basis = \"assumed: drawn by truel fit from their ranges and observed {11} until {0}\"\n"
      "fitted_until = {0}\n",
      until, fit.draws->parameters.size(), options.draws, fit.windows.size(), how, reweighted / places, prior / places,
      name, options.account.empty() ? "Fitted" : options.account + ", fitted", whose,
      options.account.empty() ? "" : fmt::format("over = \"{}\"\n", options.account),
      fit.target == FitTarget::both ? "control and deaths" : choice_name(kFitTargets, fit.target));
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
