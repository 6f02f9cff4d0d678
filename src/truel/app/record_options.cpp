#include "truel/app/record_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "truel/app/package.hpp"
#include "truel/base/choice.hpp"

namespace truel::app {
namespace {

/// The accounts asked for, "" being the basic model; the mistake of naming one that it has not.
Result<std::vector<std::string>> accounts_of(const ScoreRequest& asked) {
  std::vector<std::string> named = asked.accounts;
  const std::size_t times = std::erase(named, kBase);
  TRUEL_TRY(const auto war, app::read(asked.package, {.accounts = named, .settings = asked.settings}));
  if (times > 1) {
    return Diagnostic{{}, fmt::format("`{}` is named twice", kBase), "name it once"};
  }
  std::vector<std::string> accounts = asked.accounts;
  std::replace(accounts.begin(), accounts.end(), std::string(kBase), std::string());
  if (accounts.empty()) {
    accounts.emplace_back();
  }
  for (const Account& account : war.accounts) {
    if (asked.each_account) {
      accounts.push_back(account.id);
    }
  }
  return accounts;
}

}  // namespace

Result<record::ScoreOptions> score_options(const ScoreRequest& asked, const DayNames& names) {
  record::ScoreOptions options;
  Diagnostics faults;
  options.from = date_of(asked.from, names.from, faults);
  options.until = date_of(asked.until, names.until, faults);
  const auto solver = solver_of(asked.solver);
  solver.add_error_to(faults);
  if (!faults.empty()) {
    return faults;
  }
  TRUEL_TRY(const auto accounts, accounts_of(asked));
  options.package = asked.package;
  options.observed = asked.observed;
  options.accounts = accounts;
  options.leaves_out_fitted = asked.each_account;
  options.settings = asked.settings;
  options.told = asked.told;
  options.quarterly = asked.is_quarterly;
  options.power = asked.power;
  options.analysis = asked.analysis;
  options.look_days = asked.patterns ? asked.look_days : 0;
  options.runs = asked.runs;
  options.seed = asked.seed;
  options.solver = *solver;
  options.steps_per_day = asked.steps_per_day;
  options.threads = asked.threads;
  return options;
}

Result<record::fit::ControlFitOptions> control_fit_options(const FitRequest& asked, const DayNames& names) {
  record::fit::ControlFitOptions options;
  Diagnostics faults;
  const auto until = date_of(asked.until, names.until, faults);
  options.from = date_of(asked.from, names.from, faults);
  if (asked.until.empty()) {
    faults.push_back({{},
                      fmt::format("no {}", names.until),
                      fmt::format("give the last day that the fit may know: {} YYYY-MM-DD", names.until)});
  }
  const auto method = asked.method.empty()
                          ? options.method
                          : choice_of<record::fit::ControlMethod>(record::fit::kControlMethods, asked.method);
  if (!method) {
    faults.push_back({{},
                      fmt::format("method {}: for control the method is {}", asked.method,
                                  alternatives(record::fit::kControlMethods)),
                      "name one of them"});
  }
  const auto target =
      asked.target.empty() ? options.target : choice_of<record::fit::FitTarget>(record::fit::kFitTargets, asked.target);
  if (!target) {
    faults.push_back({{}, fmt::format("target {}", asked.target), "it is " + alternatives(record::fit::kFitTargets)});
  }
  const auto solver = solver_of(asked.solver);
  solver.add_error_to(faults);
  if (!faults.empty()) {
    return faults;
  }
  options.package = asked.package;
  options.observed = asked.observed;
  options.account = asked.account;
  options.settings = asked.settings;
  options.until = *until;
  options.method = *method;
  const record::fit::FitSize usual = record::fit::usual_size(*method);
  options.draws = asked.draws > 0 ? asked.draws : usual.draws;
  options.runs = asked.runs > 0 ? asked.runs : usual.runs;
  options.check_runs = asked.check_runs;
  options.most_numbers = asked.numbers;
  options.target = *target;
  if (asked.strength >= 0) {
    options.strength = asked.strength;
  }
  options.told = asked.told;
  options.analysis = asked.analysis;
  options.seed = asked.seed;
  options.solver = *solver;
  options.steps_per_day = asked.steps_per_day;
  options.threads = asked.threads;
  return options;
}

Result<record::fit::BattleOptions> battle_fit_options(const FitRequest& asked) {
  using record::fit::AbcMethod;
  using record::fit::kAbcMethods;
  record::fit::BattleOptions options;
  const auto method = asked.method.empty() ? options.method : choice_of<AbcMethod>(kAbcMethods, asked.method);
  if (!method) {
    return Diagnostic{{},
                      fmt::format("method {}: battles are fitted by {}", asked.method, alternatives(kAbcMethods)),
                      "name one of them"};
  }
  options.method = *method;
  options.draws = asked.draws > 0 ? asked.draws : options.draws;
  options.particles = asked.draws > 0 ? asked.draws : options.particles;
  options.keep = asked.keep;
  options.seed = asked.seed;
  options.threads = asked.threads;
  return options;
}

}  // namespace truel::app
