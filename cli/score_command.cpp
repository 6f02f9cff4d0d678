#include "score_command.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "arguments.hpp"
#include "diagnostics.hpp"
#include "progress.hpp"
#include "session.hpp"
#include "terminal.hpp"
#include "truel/app/resumable.hpp"
#include "truel/output/score/power_text.hpp"
#include "truel/output/score/score.hpp"
#include "truel/record/score/score.hpp"

namespace truel::cli {

void add_score_options(CLI::App& app, ScoreArguments& a) {
  app.add_option("package", a.package, "Folder of the war (a package)")->required();
  app.add_option("--observed", a.observed,
                 "Folder of observed data: who held which place when; events of UCDP or ACLED as published")
      ->required();
  app.add_option("--from", a.from,
                 "First day of the forecast (YYYY-MM-DD), instead of the scenario's; with --origins of the first one");
  app.add_option("--until", a.until, "Last day (YYYY-MM-DD), instead of the data's");
  app.add_option_function<std::string>(
         "--origins", [&a](const std::string&) { a.is_quarterly = true; },
         "quarterly: forecasts from the first day of every quarter, 3, 6 and 12 months ahead")
      ->check(one_of({"quarterly"}));
  auto* patterns =
      app.add_flag("--patterns", a.patterns, "How fronts move, observed and in the runs (docs/patterns.md)")
          ->excludes("--origins");
  app.add_option("--look-days", a.look_days, "For --patterns: days between two looks at who holds what")
      ->capture_default_str()
      ->check(CLI::Range(1, 31))
      ->needs(patterns);
  app.add_option("--account", a.accounts, "Account to score, or base, the basic model (repeatable)");
  app.add_flag("--each-account", a.each_account, "Score the basic model and every account")->excludes("--account");
  add_analysis_flag(app, a.analysis);
  app.add_flag("--power", a.power,
               "Also: if one account were true, how often would data like these favour it over another?");
  app.add_option("--set", a.settings, "Change a parameter, or all that the path names: path=value (repeatable)");
  app.add_flag("--told", a.told, "Let forecasts know changes that the package dates after their first day");
  app.add_option("--runs", a.runs, "Runs of each forecast")->capture_default_str()->check(CLI::Range(2U, 1'000'000U));
  app.add_option("--seed", a.seed, "Seed of all random numbers")->capture_default_str();
  add_solver_option(app, a.solver);
  add_stepping_options(app, a.steps_per_day, a.threads);
  app.add_option("--out", a.out,
                 "New folder for the page report.html, scores.json, scores.csv, losses.csv and pictures");
  app.add_flag("--json", a.json, "Print the scores as JSON instead of a table");
  add_part_options(app, a.parts, {});
  app.add_flag("--quiet", a.quiet, "No progress and no remarks");
  app.footer(
      "Lower is better, but for fss (skill) and change-probability. docs/scores.md explains the scores.\n"
      "Examples:\n"
      "  # How good was the forecast of one year?\n"
      "  truel score scenarios/syria-2016 --observed DATA --from 2016-01-01 --until 2016-12-31\n"
      "  # How good is an account at 3, 6 and 12 months?\n"
      "  truel score scenarios/syria-2016 --observed DATA --origins quarterly --account magnier --runs 20 --out "
      "scores\n"
      "  # Does it forecast better from wars that are under way?\n"
      "  truel score scenarios/syria-2016 --observed DATA --origins quarterly --runs 64 --analysis\n"
      "  # Do fronts move in the runs as they did?\n"
      "  truel score scenarios/syria-2016 --observed DATA --from 2015-01-01 --until 2016-12-31 --runs 200 --patterns");
}

namespace {

Result<record::ScoreOptions> options_of(const ScoreArguments& a) {
  auto options = app::score_options(a, kDayOptions);
  std::error_code error;
  if (!a.out.empty() && !a.parts.are_asked() && std::filesystem::exists(a.out, error)) {
    Diagnostics faults{app::folder_exists(a.out, {})};
    options.add_error_to(faults);
    return faults;
  }
  if (options) {
    options->stop = &watch_for_interrupts();
  }
  return options;
}

/// Scores, writes into the folder and prints; gives the exit status.
int score(const ScoreArguments& a, record::ScoreOptions options, const Destination& to) {
  output::Provenance origin = begin_provenance(a.command_line, a.package, a.settings, a.threads);
  origin.accounts = a.accounts;
  origin.question = to.question;
  const auto begin = std::chrono::steady_clock::now();
  options.tell_analysis = tell_analysis(a.quiet);
  const auto scores = with_progress(
      options, [&] { return record::score(options); }, a.quiet, of_accounts(options.accounts));
  if (!scores) {
    return report(scores.error(), kWrongInput);
  }
  if (scores->was_interrupted) {
    fmt::print(stderr, "interrupted: nothing was written\n");
    return kInterrupted;
  }
  output::finish(origin, begin);
  if (!a.out.empty()) {
    const auto files = output::write_scores(*scores, options, origin, to.folder);
    if (!files) {
      return report(files.error(), kFailed);
    }
    publish(to.folder, a.out);
  }
  if (!a.quiet) {
    for (const std::string& remark : scores->remarks) {
      fmt::print(stderr, "{}\n", remark);
    }
  }
  if (a.power && !a.json) {
    fmt::print("{}\n", output::power_table(*scores, terminal_columns()));
  }
  fmt::print("{}\n", a.json ? output::scores_json(*scores, options, origin)
                            : output::scores_table(*scores, options, terminal_columns()));
  if (!a.quiet) {
    fmt::print(stderr, "scored in {:.1f} s{}\n", origin.seconds, a.out.empty() ? "" : "; results in " + a.out);
  }
  if (scores->failed_runs > 0) {
    fmt::print(stderr, "{} runs failed and are left out\n", scores->failed_runs);
    return kFailed;
  }
  return kDone;
}

}  // namespace

Result<int> score_command(const ScoreArguments& a) {
  if (const auto status = in_parts(a, divide_score)) {
    return *status;
  }
  TRUEL_TRY(const auto options, options_of(a));
  return score(a, options, {a.out});
}

Result<ShardedStudy> divide_score(const ScoreArguments& a) {
  const auto options = options_of(a);
  if (!options) {
    return options.error();
  }
  TRUEL_TRY(auto made, record::work_of_score(*options));
  return ShardedStudy{std::move(made.work), std::move(made.files),
                      [a, options = *options](const ensemble::RunStore& all, const Destination& to) {
                        record::ScoreOptions with_runs = options;
                        with_runs.made = &all;
                        return score(a, with_runs, to);
                      },
                      "runs", std::move(made.record)};
}

}  // namespace truel::cli
