#include "truel/record/score/score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <stdexcept>

#include "truel/ensemble/parts.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/record/analysis/analysis.hpp"
#include "truel/record/control/baselines.hpp"
#include "truel/record/forecast_war.hpp"
#include "truel/record/score/asked_windows.hpp"
#include "truel/record/score/control_scorer.hpp"
#include "truel/record/score/death_scorer.hpp"
#include "truel/record/score/forecast.hpp"
#include "truel/record/score/input_doubts.hpp"
#include "truel/record/score/pattern_scorer.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::record {
namespace {

class Scorer {
 public:
  Scorer(const ScoreOptions& options, const Rules& rules, Scores& out)
      : options_(options),
        out_(out),
        control_(options, rules, out),
        patterns_(options, rules, out),
        deaths_(options, rules, control_.has_merged(), out),
        analyst_(analysis_options(options), rules, out.war, out.observations) {}

  Diagnostics run() {
    const std::map<Day, OriginWindows> by_origin = asked_by_origin(out_);
    wanted_ = by_origin.size() * options_.accounts.size() * options_.runs;
    begin_ = std::chrono::steady_clock::now();
    for (const auto& [origin, asked] : by_origin) {
      if (!asked.control.empty()) {
        control_.score_baselines(asked.control);
      }
      deaths_.score_baselines(asked.deaths);
      for (const std::string& account : options_.accounts) {
        if (Diagnostics faults = score_model(asked, account); !faults.empty()) {
          return faults;
        }
        if (out_.was_interrupted) {
          return {};
        }
      }
    }
    out_.learned = analyst_.learned();
    out_.remarks.insert(out_.remarks.end(), out_.learned.remarks.begin(), out_.learned.remarks.end());
    control_.score_blends();
    control_.score_recalibrated();
    control_.score_power();
    if (const std::vector<Day>& without = control_.without_deaths(); !without.empty()) {
      const auto of_control = std::count_if(by_origin.begin(), by_origin.end(),
                                            [](const auto& asked) { return !asked.second.control.empty(); });
      out_.remarks.push_back(fmt::format(
          "{} has no data at {} of {} origins, of which the last is {}: no unbroken data on deaths reach far "
          "enough back from them",
          kSpatialHazardDeaths, without.size(), of_control, format_date(without.back())));
    }
    return {};
  }

 private:
  Diagnostics score_model(const OriginWindows& asked, const std::string& account) {
    TRUEL_TRY(const auto forecast, forecast_of(options_, asked, account, analyst_));
    const ensemble::Source source{forecast.reduction(), options_.made, made_first_};
    made_first_ += options_.runs;
    if (options_.tell_account) {
      options_.tell_account(account);
    }
    ensemble::EnsembleOptions ensemble = forecast.options;
    ensemble.progress = [&, done_before = done_](const ensemble::Progress& p) {
      done_ = done_before + p.done;
      ensemble::tell(options_.progress, begin_, done_, wanted_);
    };
    ControlTallies control = control_.tallies(forecast, asked.control);
    std::vector<DeathTally> deaths;
    if (!asked.deaths.empty()) {
      deaths = deaths_.tallies(forecast.model);
    }
    std::optional<PatternScorer::Tally> patterns;
    if (options_.look_days > 0 && !asked.control.empty()) {
      patterns = patterns_.tally(forecast, asked.control);
    }
    ensemble::visit(forecast.model, ensemble, source, [&](const solver::Run& run) {
      control.add(run);
      if (patterns) {
        patterns->add(run);
      }
      for (DeathTally& tally : deaths) {
        tally.add(run);
      }
    });
    out_.failed_runs += control.holders.failed();
    if (options_.stop != nullptr && options_.stop->load()) {
      out_.was_interrupted = true;
      return {};
    }
    const std::string name = account_name(account);
    if (!asked.deaths.empty()) {
      deaths_.score_model(asked.deaths, name, deaths);
    }
    control_.score_model(asked.control, name, std::move(control));
    if (patterns) {
      patterns_.score_model(name, *patterns);
    }
    return {};
  }

  const ScoreOptions& options_;
  Scores& out_;
  ControlScorer control_;
  PatternScorer patterns_;
  DeathScorer deaths_;
  Analyst analyst_;
  std::size_t done_ = 0, wanted_ = 0;
  std::uint32_t made_first_ = 0;  ///< of ScoreOptions::made, the first realization of the next war
  std::chrono::steady_clock::time_point begin_;
};

/// Nothing is scored on what it was fitted on: names the accounts whose numbers know a day that is asked for, or leaves
/// them out where all accounts were asked for.
Diagnostics keep_to_fits(ScoreOptions& options, Scores& out) {
  Day first = std::numeric_limits<Day>::max();
  for (const std::vector<Window>* windows : {&out.control_windows, &out.death_windows}) {
    for (const Window& window : *windows) {
      first = std::min(first, window.from);
    }
  }
  Diagnostics faults;
  for (const Account& account : out.war.accounts) {
    const auto asked = std::find(options.accounts.begin(), options.accounts.end(), account.id);
    if (asked == options.accounts.end() || !account.fitted_until || *account.fitted_until < first) {
      continue;
    }
    const std::string what = fmt::format("is fitted to observed data until {}, and a window begins on {}",
                                         format_date(*account.fitted_until), format_date(first));
    if (options.leaves_out_fitted) {
      out.remarks.push_back(fmt::format("the account {} {}: it is left out", account.id, what));
      options.accounts.erase(asked);
    } else {
      faults.push_back({{"--account " + account.id},
                        what,
                        fmt::format("give --from {} or later", format_date(*account.fitted_until + 1))});
    }
  }
  return faults;
}

/// Why it cannot be said what the record could tell.
Diagnostics without_power(const ScoreOptions& options, const Scores& out) {
  constexpr std::uint32_t kLeastRecords = 20;
  Diagnostics faults;
  if (options.power && options.accounts.size() < 2) {
    faults.push_back({{"--power"}, "one account alone", "name two with --account, or give --each-account"});
  }
  if (options.power && out.control_windows.empty()) {
    faults.push_back(
        {{"--power"}, "no window of control", "give --from and --until within the observed data of control"});
  }
  if (options.power && options.runs < kLeastRecords) {
    faults.push_back({{"--power"},
                      fmt::format("{} runs are too few records", options.runs),
                      fmt::format("give --runs {} or more", kLeastRecords)});
  }
  return faults;
}

/// Why facts of fronts cannot be told.
Diagnostics without_patterns(const ScoreOptions& options, const Scores& out) {
  if (options.look_days > 0 && out.control_windows.empty()) {
    return {{{"--patterns"}, "no window of control", "give --from and --until within the observed data of control"}};
  }
  return {};
}

/// What a score begins with, when all has been read.
struct ScoreInput {
  ScoreOptions options;  ///< with the accounts that may be scored
  Rules rules;
  Scores scores;
};

Result<ScoreInput> read_input(const ScoreOptions& options) {
  if (options.from && options.until && *options.from > *options.until) {
    return Diagnostic{
        {},
        fmt::format("--from {} is after --until {}", format_date(*options.from), format_date(*options.until)),
        "give the earlier day as --from"};
  }
  TRUEL_TRY(auto war, scenario::read(options.package));
  TRUEL_TRY(auto read, read_record(war, options.package, options.observed));
  ScoreInput input{options, std::move(read.rules),
                   Scores{.war = std::move(war), .observations = std::move(read.observations)}};
  Scores& out = input.scores;
  set_windows(options, out);
  if (out.control_windows.empty() && out.death_windows.empty()) {
    const ControlRecord& record = out.observations.control;
    return Diagnostic{{options.observed.string()},
                      "no window that package and record allow",
                      fmt::format("the observed data have control from {} to {}, and with control.csv of the package "
                                  "they let forecasts begin "
                                  "by {}; give --from and --until within both",
                                  format_date(record.first()), format_date(record.last()),
                                  format_date(first_days_possible(out.war, out.observations).second + 1))};
  }
  const auto begins_after = [&](Day day) {
    const auto is_later = [&](const Window& w) { return w.origin > day; };
    return std::any_of(out.control_windows.begin(), out.control_windows.end(), is_later) ||
           std::any_of(out.death_windows.begin(), out.death_windows.end(), is_later);
  };
  if (const Day known = days_of_control(out.war).second; begins_after(known)) {
    out.remarks.push_back(
        fmt::format("control.csv of the package ends on {}: forecasts from later days begin with who holds what by "
                    "the observed data",
                    format_date(known)));
  }
  if (Diagnostics faults = keep_to_fits(input.options, out); !faults.empty()) {
    return faults;
  }
  Diagnostics faults = without_power(input.options, out);
  const Diagnostics patterns = without_patterns(input.options, out);
  faults.insert(faults.end(), patterns.begin(), patterns.end());
  const auto doubts = input_doubts(out, options);
  if (!doubts) {
    doubts.add_error_to(faults);
  }
  if (!faults.empty()) {
    return faults;
  }
  out.remarks.insert(out.remarks.begin(), doubts->begin(), doubts->end());
  return input;
}

}  // namespace

Result<Scores> score(const ScoreOptions& options) {
  TRUEL_TRY(auto input, read_input(options));
  Scores& out = input.scores;
  Scorer scorer(input.options, input.rules, out);
  if (Diagnostics faults = scorer.run(); !faults.empty()) {
    return faults;
  }
  out.rows = summarise(out.cases, out.losses, {.seed = options.seed, .threads = options.threads});
  out.reliabilities = reliability(out.cases, out.losses, options.seed);
  return std::move(out);
}

Result<ScoreWork> work_of_score(const ScoreOptions& options) {
  TRUEL_TRY(auto read, read_input(options));
  const auto input = std::make_shared<ScoreInput>(std::move(read));
  const auto analyst = std::make_shared<Analyst>(analysis_options(input->options), input->rules, input->scores.war,
                                                 input->scores.observations);
  const std::map<Day, OriginWindows> by_origin = asked_by_origin(input->scores);
  std::vector<std::pair<OriginWindows, std::string>> wars;  // in the order in which a Scorer goes through them
  ScoreWork result;
  result.files = input->scores.war.sha256;
  result.record = input->scores.observations.sha256();
  if (options.analysis) {
    result.files += " analysis";
  }
  if (options.look_days > 0) {
    result.files += fmt::format(" looks {}", options.look_days);
  }
  for (const auto& [origin, asked] : by_origin) {
    for (const std::vector<Window>* windows : {&asked.control, &asked.deaths}) {
      for (const Window& window : *windows) {
        result.files += fmt::format(" {}..{}", format_date(window.origin), format_date(window.until));
      }
    }
    result.files += text_of(asked.later);
    for (const std::string& account : input->options.accounts) {
      wars.emplace_back(asked, account);
    }
  }
  for (std::size_t k = 0; k < input->options.accounts.size() && k < wars.size(); ++k) {  // mistakes, before all work
    const auto& [asked, account] = wars[k];
    const Window& window = (asked.control.empty() ? asked.deaths : asked.control).front();
    TRUEL_TRY(const auto war, forecast_war(input->options.package, account, input->options.settings, window.origin,
                                           window.until, std::nullopt, asked.later));
  }
  const std::size_t n = wars.size();
  if (std::uint64_t{options.runs} * n > std::numeric_limits<std::uint32_t>::max()) {
    return Diagnostic{{}, "more realizations than a shard can number", "give fewer --runs"};
  }
  const auto member = [input, analyst, wars = std::move(wars),
                       now = std::shared_ptr<Forecast>()](std::size_t k) mutable {
    auto forecast = forecast_of(input->options, wars[k].first, wars[k].second, *analyst);
    if (!forecast) {
      throw std::runtime_error(to_string(forecast.error().front()));
    }
    now = std::make_shared<Forecast>(std::move(*forecast));
    return ensemble::Member{&now->model, now->reduction()};
  };
  result.work = ensemble::work_of(n, member, ensemble_options(options));
  return result;
}

}  // namespace truel::record
