#include "forecast_command.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <optional>

#include "diagnostics.hpp"
#include "progress.hpp"
#include "session.hpp"
#include "shards.hpp"
#include "terminal.hpp"
#include "truel/app/forecast_options.hpp"
#include "truel/app/resumable.hpp"
#include "truel/output/files.hpp"
#include "truel/output/forecast/forecast_files.hpp"
#include "truel/output/score/score.hpp"
#include "truel/output/terminal/learned_table.hpp"
#include "truel/record/sealed/foretell.hpp"
#include "truel/record/sealed/resolve.hpp"

namespace truel::cli {

void add_forecast_options(CLI::App& app, ForecastArguments& a) {
  app.add_option("package", a.package, "Folder of the war (a package)")->required();
  app.add_option("--from", a.from,
                 "First day (YYYY-MM-DD), instead of the scenario's: forecasts know what was known that morning");
  app.add_option("--until", a.until, "Last day (YYYY-MM-DD), instead of the scenario's");
  app.add_option("--observed", a.observed,
                 "Folder of observed data that say who holds what on a first day that control.csv does not reach");
  add_analysis_flag(app, a.analysis);
  app.add_option("--account", a.accounts, "Account that forecasts, or base, the basic model (repeatable)");
  app.add_flag("--each-account", a.each_account, "Forecast by the basic model and by every account")
      ->excludes("--account");
  app.add_option("--set", a.settings, "Change a parameter, or all that the path names: path=value (repeatable)");
  app.add_flag("--told", a.told, "Let forecasts know the changes that the package dates after their first day");
  app.add_option("--country", a.countries, "Country whose deaths count (repeatable). Without it: all of the package");
  auto* views = app.add_option("--views", a.views,
                               "Also for VIEWS: COUNTRY=ID, a country of the package and its country_id (repeatable)");
  app.add_option("--government", a.governments,
                 "Side that is a state's government; VIEWS counts deaths in fighting with one (repeatable)")
      ->needs(views);
  app.add_option("--views-fill", a.views_fill,
                 "Table with a column country_id: for VIEWS, countries that are forecast to have no deaths")
      ->needs(views);
  app.add_option("--runs", a.runs, "Runs of each account")->capture_default_str()->check(CLI::Range(2U, 1'000'000U));
  app.add_option("--seed", a.seed, "Seed of all random numbers")->capture_default_str();
  add_solver_option(app, a.solver);
  add_stepping_options(app, a.steps_per_day, a.threads);
  app.add_option("--team", a.team, "Name of the team in the files for hubverse (team_abbr)")->capture_default_str();
  app.add_option("--time", a.time, "Time of the seal (YYYY-MM-DDThh:mm:ssZ), instead of now");
  app.add_option("--commit", a.commit, "Commit of the sources or the package, for the manifest");
  app.add_option("--out", a.out, "New folder for the forecast")->required();
  app.add_flag("--quiet", a.quiet, "No progress and no remarks");
  app.footer(
      "Prints the seal, the SHA-256 of forecast.json: publish it, and the forecast can be shown to be older than what "
      "it foretold.\n"
      "Examples:\n"
      "  # Who will hold what, and how many will die, in half a year?\n"
      "  truel forecast scenarios/syria-2016 --from 2016-01-01 --until 2016-06-30 --runs 20 --out foretold\n"
      "  # And in the format of VIEWS?\n"
      "  truel forecast scenarios/syria-2016 --from 2016-01-01 --until 2016-03-31 --runs 20 --views Syria=220 "
      "--government syrian_government --out for-views");
}

namespace {

Result<output::SealOptions> seal_of(const ForecastArguments& a) {
  output::SealOptions seal{
      .sealed_at = a.time.empty() ? output::utc_now() : a.time, .commit = a.commit, .team = a.team};
  Diagnostics faults;
  if (!app::is_utc_second(seal.sealed_at)) {
    faults.push_back({{"--time " + a.time}, "is no second of UTC", "write YYYY-MM-DDThh:mm:ssZ"});
  }
  std::error_code error;
  if (std::filesystem::exists(a.out, error)) {
    faults.push_back(app::folder_exists(a.out, {}));
  }
  if (!a.views_fill.empty()) {
    auto ids = app::country_ids(a.views_fill);
    if (ids) {
      seal.countries_without_war = std::move(*ids);
    } else {
      ids.add_error_to(faults);
    }
  }
  if (!faults.empty()) {
    return faults;
  }
  return seal;
}

}  // namespace

Result<int> forecast_command(const ForecastArguments& a) {
  auto seal = seal_of(a);
  auto options = app::forecast_options(a, {a.countries, a.governments, a.views}, kDayOptions);
  if (!seal || !options) {
    Diagnostics faults = seal ? Diagnostics{} : seal.error();
    options.add_error_to(faults);
    return faults;
  }
  for (const auto& [country, id] : options->views) {
    std::erase(seal->countries_without_war, id);
  }
  TRUEL_TRY(auto package, app::files_of_package(a.package));
  output::Provenance origin = begin_provenance(a.command_line, a.package, a.settings, a.threads);
  options->run.stop = &watch_for_interrupts();
  options->run.tell_analysis = tell_analysis(a.quiet);
  const auto told = with_progress(
      options->run, [&] { return record::foretell(*options); }, a.quiet, of_accounts(options->run.accounts));
  if (!told) {
    return report(told.error(), kWrongInput);
  }
  if (told->was_interrupted) {
    fmt::print(stderr, "interrupted: nothing was written\n");
    return kInterrupted;
  }
  std::vector<output::FolderFile> files;
  for (auto& [name, bytes] : package) {
    files.push_back({std::move(name), std::move(bytes)});
  }
  const std::filesystem::path folder = begun_folder(a.out);
  const auto written = output::write_forecast(*told, *options, origin, *seal, files, folder);
  if (!written) {
    return report(written.error(), kFailed);
  }
  publish(folder, a.out);
  fmt::print("{}\n", *written);
  if (!a.quiet) {
    for (const std::string& remark : told->remarks) {
      say("{}\n", remark);
    }
    if (const std::string table = output::learned_table(told->learned, told->war, terminal_columns()); !table.empty()) {
      fmt::print(stderr, "{}\n", table);
    }
    say("sealed at {}; the forecast is in {}, and the line above is its seal\n", seal->sealed_at, a.out);
  }
  if (told->failed_runs > 0) {
    fmt::print(stderr, "{} runs failed and are left out\n", told->failed_runs);
    return kFailed;
  }
  return kDone;
}

void add_resolve_options(CLI::App& app, ResolveArguments& a) {
  app.add_option("forecast", a.folder, "Folder that truel forecast made")->required();
  app.add_option("--observed", a.observed,
                 "Folder of observed data: who held which place when; events of UCDP or ACLED as published")
      ->required();
  app.add_option("--seal", a.seal, "The seal that was published: a forecast with another is refused");
  app.add_option("--out", a.out, "New folder for questions.csv and all that truel score --out writes");
  app.add_flag("--json", a.json, "Print the scores as JSON instead of tables");
  app.add_flag("--quiet", a.quiet, "No remarks");
  app.footer(
      "Examples:\n"
      "  # What will happen? Sealed before the event\n"
      "  truel forecast scenarios/syria-2016 --from 2016-01-01 --until 2016-06-30 --runs 20 --out foretold\n"
      "  # What came of it?\n"
      "  truel resolve foretold --observed DATA --out resolved");
}

Result<int> resolve_command(const ResolveArguments& a) {
  std::error_code error;
  if (!a.out.empty() && std::filesystem::exists(a.out, error)) {
    return app::folder_exists(a.out, {});
  }
  output::Provenance origin = begin_provenance(a.command_line, a.folder, {}, 1);
  const auto begin = std::chrono::steady_clock::now();
  TRUEL_TRY(const auto resolved, record::resolve(a.folder, a.observed));
  if (!a.seal.empty() && a.seal != resolved.sealed.seal) {
    return Diagnostic{{a.folder + "/forecast.json"},
                      "has the seal " + resolved.sealed.seal + ", not the one of --seal",
                      "take the forecast as it was sealed"};
  }
  output::finish(origin, begin);
  if (!a.out.empty()) {
    const std::filesystem::path folder = begun_folder(a.out);
    const auto files = output::write_scores(resolved.scores, resolved.options, origin, folder);
    if (!files) {
      return report(files.error(), kFailed);
    }
    if (const auto fault = output::write_file(folder / "questions.csv", output::questions_csv(resolved))) {
      return report({*fault}, kFailed);
    }
    publish(folder, a.out);
  }
  if (!a.quiet) {
    for (const std::string& remark : resolved.scores.remarks) {
      fmt::print(stderr, "{}\n", remark);
    }
  }
  if (a.json) {
    fmt::print("{}\n", output::scores_json(resolved.scores, resolved.options, origin));
  } else {
    fmt::print("{}\n{}\n", output::resolved_text(resolved),
               output::scores_table(resolved.scores, resolved.options, terminal_columns()));
  }
  return kDone;
}

}  // namespace truel::cli
