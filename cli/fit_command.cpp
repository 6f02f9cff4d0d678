#include "fit_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "arguments.hpp"
#include "diagnostics.hpp"
#include "progress.hpp"
#include "session.hpp"
#include "terminal.hpp"
#include "truel/app/package.hpp"
#include "truel/app/resumable.hpp"
#include "truel/base/choice.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/output/fit/battle_fit.hpp"
#include "truel/output/fit/control_fit.hpp"
#include "truel/output/texts.hpp"
#include "truel/record/fit/battles/battle_study.hpp"
#include "truel/record/fit/control/control_fit.hpp"

namespace truel::cli {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kOfControl{"--account", "--set",      "--until",  "--from", "--runs",     "--check-runs",
                                          "--numbers", "--strength", "--target", "--told", "--analysis", "--resume"};
const std::vector<std::string> kOfRejection{"--keep"};

/// A fault for each of the options that was given, although `what` has no use for it.
Diagnostics without(const std::vector<std::string>& options, const FitArguments& a, const std::string& what) {
  Diagnostics faults;
  for (const std::string& option : options) {
    if (std::find(a.given.begin(), a.given.end(), option) != a.given.end()) {
      faults.push_back({{}, fmt::format("{} has no {}", what, option), "leave it out"});
    }
  }
  return faults;
}

/// The laws of attrition on the tables of battles that the package names.
Result<int> fit_battle_tables(const FitArguments& a, const CompiledModel& model) {
  TRUEL_TRY(record::fit::BattleOptions options, app::battle_fit_options(a));
  TRUEL_TRY(const auto rules, record::read_rules(a.package));
  TRUEL_TRY(const auto tables, record::fit::read_battles(model.war(), rules, a.observed));
  const std::atomic<bool>& interrupted = watch_for_interrupts();
  options.stop = &interrupted;

  output::Provenance origin = begin_provenance(a.command_line, a.package, {}, a.threads);
  const auto begin = std::chrono::steady_clock::now();
  std::vector<output::TimedBattleFit> fits;
  for (const record::fit::BattleTable& table : tables) {
    const auto begin_table = std::chrono::steady_clock::now();
    ProgressLine line(a.quiet);
    options.progress = [&](std::uint32_t done) { line.show(done, options.draws, seconds_since(begin_table)); };
    record::fit::BattleFit fit = record::fit::fit_battles(table, options);
    if (interrupted) {
      fmt::print(stderr, "interrupted\n");
      return kInterrupted;
    }
    fits.push_back({std::move(fit), seconds_since(begin_table)});
  }
  output::finish(origin, begin);
  if (!a.out.empty()) {
    const std::vector<std::pair<std::string, std::string>> texts{
        {"fit.json", output::battle_fit_json(model.war(), fits, options, origin) + '\n'},
        {"posterior.csv", output::battle_fit_csv(fits)}};
    const solver::SolveOptions solve{.seed = a.seed};
    const auto files = output::write_texts(model, solve, texts, output::citations_of(fits), origin, a.out);
    if (!files) {
      return report(files.error(), kFailed);
    }
  }
  fmt::print("{}\n", a.json ? output::battle_fit_json(model.war(), fits, options, origin)
                            : output::battle_fit_table(fits, terminal_columns()));
  return kDone;
}

/// What is told of a wait: "40 s", "12 min", "2.5 h".
std::string wait_of(double seconds) {
  return seconds < 90     ? fmt::format("{:.0f} s", seconds)
         : seconds < 5400 ? fmt::format("{:.0f} min", seconds / 60)
                          : fmt::format("{:.1f} h", seconds / 3600);
}

/// Says what the fit will take; false where the disk has no room for it.
bool announce(const record::fit::Expectation& e, const fs::path& folder, bool quiet) {
  if (!quiet) {
    say("{} runs ({} draws, {} origins, {} windows): about {} from here, {:.1f} MB of disk\n", e.runs, e.draws,
        e.origins, e.windows, wait_of(e.seconds), static_cast<double>(e.bytes) / 1e6);
  }
  std::error_code error;
  const fs::space_info space = fs::space(folder.empty() ? fs::temp_directory_path(error) : folder, error);
  return error || space.available > e.bytes;
}

Result<record::fit::ControlFitOptions> control_options(const FitArguments& a) {
  auto options = app::control_fit_options(a, kDayOptions);
  if (Diagnostics faults = without(kOfRejection, a, "a fit to who held what"); !faults.empty()) {
    if (!options) {
      faults.insert(faults.begin(), options.error().begin(), options.error().end());
    }
    return faults;
  }
  if (options) {
    options->version = TRUEL_VERSION;
    options->stop = &watch_for_interrupts();
  }
  return options;
}

/// Fits the numbers of a package to a record of control, writes into the folder and prints; gives the exit status.
int fit_control(const FitArguments& a, record::fit::ControlFitOptions options, const Destination& to) {
  bool has_room = true;
  if (options.made == nullptr) {
    options.begin = [&](const record::fit::Expectation& e) { return has_room = announce(e, a.out, a.quiet); };
    // Nothing is written for a wrong package: the folder is made when all has been read.
    options.open = [&] {
      std::error_code error;
      return a.out.empty() || a.resume || fs::create_directories(a.out, error) || !error;
    };
  }
  output::Provenance origin = begin_provenance(a.command_line, a.package, a.settings, a.threads);
  origin.question = to.question;
  const auto begin = std::chrono::steady_clock::now();
  options.tell_analysis = tell_analysis(a.quiet);
  const auto fit = with_progress(
      options, [&] { return record::fit::fit_control(options); }, a.quiet);
  if (!fit) {
    return report(fit.error(), kWrongInput);
  }
  if (!has_room || !fit->has_space) {
    return report({{{options.store.empty() ? "temporary folder" : a.out},
                    "the disk has no room for the prior sample",
                    options.made != nullptr ? "set TMPDIR to another" : "free some, then add --resume"}},
                  kFailed);
  }
  if (fit->was_interrupted) {
    say("interrupted{}\n",
        options.store.empty() ? "" : ": what is done is kept; the same command with --resume goes on");
    return kInterrupted;
  }
  output::finish(origin, begin);
  if (!a.out.empty()) {
    const auto texts = output::control_fit_texts(*fit, options, origin);
    const auto model = compile(std::make_shared<const War>(fit->war));
    if (!model) {
      return report(model.error(), kWrongInput);
    }
    const solver::SolveOptions solve{.solver = options.solver, .seed = a.seed, .steps_per_day = options.steps_per_day};
    const auto files = output::write_texts(*model, solve, texts, fit->citations, origin, to.folder);
    if (!files) {
      return report(files.error(), kFailed);
    }
    publish(to.folder, a.out);
  }
  fmt::print("{}\n", a.json ? output::control_fit_json(*fit, options, origin)
                            : output::control_fit_table(*fit, terminal_columns()));
  if (!a.quiet) {
    say("fitted in {:.1f} s{}\n", origin.seconds, a.out.empty() ? "" : "; results in " + a.out);
    if (!a.out.empty() && fit->draws) {
      say("copy {0}/fitted.toml and {0}/fitted.csv into the folder accounts of the package, then --account fitted\n",
          a.out);
    }
  }
  return fit->failed_runs > 0 ? kFailed : kDone;
}

Result<int> fit_to_control(const FitArguments& a) {
  auto options = control_options(a);
  Diagnostics faults = options ? Diagnostics() : options.error();
  const app::Resumable work{a.out, ".bank", "fit", "fit.json", a.resume};
  if (const auto refused = work.refusal()) {
    faults.push_back(*refused);
  }
  if (!faults.empty()) {
    return faults;
  }
  options->store = work.store_path();
  const int status = fit_control(a, *options, {a.out});
  std::error_code error;
  if (!a.out.empty() && fs::exists(fs::path(a.out) / work.complete, error)) {
    app::remove_store(work);
  }
  return status;
}

}  // namespace

void add_fit_options(CLI::App& app, FitArguments& a) {
  app.add_option("package", a.package, "Folder of the war (a package)")->required();
  app.add_option("--observed", a.observed, "Folder of observed data")->required();
  app.add_option("--account", a.account, "Control: account whose parameters are fitted, instead of the basic model");
  app.add_option("--set", a.settings,
                 "Control: a parameter changed, or all that the path names: path=value (repeatable)");
  app.add_option("--until", a.until, "Control: last day that the fit may know; no window ends after it");
  app.add_option("--from", a.from,
                 "Control: day of the first origin; by default the first quarter's day after nine months of data");
  app.add_option("--method", a.method, "bank, tempered or smoother (control); rejection or abc-smc (battles)")
      ->check(one_of(record::fit::kControlMethods, record::fit::kAbcMethods));
  app.add_option(
         "--draws", a.draws,
         "Draws from the prior (2,048 for the method bank, 1,000 for the smoother, 100,000 by rejection), or particles "
         "(1,000 by abc-smc)")
      ->check(CLI::Range(10U, 100'000'000U));
  app.add_option("--keep", a.keep, "Share of the draws that rejection keeps")
      ->capture_default_str()
      ->check(CLI::Range(1e-6, 1.0));
  app.add_option("--runs", a.runs, "Control: runs of each draw from each origin (8; 4 for the smoother)")
      ->check(CLI::Range(2U, 1000U));
  app.add_option("--check-runs", a.check_runs,
                 "Control: runs of the fitted account from each origin, at most as many as draws")
      ->capture_default_str()
      ->check(CLI::Range(2U, 1'000'000U));
  app.add_option("--numbers", a.numbers, "Control: at most this many parameters are fitted")
      ->capture_default_str()
      ->check(CLI::Range(1U, 1000U));
  app.add_option(
         "--strength", a.strength,
         "Control: how closely to follow the data: a draw weighs exp(-STRENGTH x its sum of scores). Without it: as "
         "closely as forecasts of windows held back gain by it")
      ->check(CLI::Range(0.0, 1000.0));
  app.add_option("--target", a.target,
                 "Control: what the weights of draws follow: control (the default), deaths by dyad and month, or both")
      ->check(one_of(record::fit::kFitTargets));
  add_analysis_flag(app, a.analysis, "Control: first run");
  app.add_flag("--told", a.told, "Control: forecasts know the changes that the package dates after their first day");
  app.add_option("--seed", a.seed, "Seed of all random numbers")->capture_default_str();
  add_solver_option(app, a.solver);
  add_stepping_options(app, a.steps_per_day, a.threads);
  app.add_option("--out", a.out, "New folder for the result files");
  app.add_flag("--resume", a.resume, "Control: go on with a fit that was interrupted in --out")->needs("--out");
  app.add_flag("--json", a.json, "Print the result as JSON instead of tables");
  add_part_options(app, a.parts, {"--resume"});
  app.add_flag("--quiet", a.quiet, "No progress and no remarks");
  app.parse_complete_callback([&app, &a] {
    for (const CLI::Option* option : app.parse_order()) {
      a.given.push_back(option->get_name());
    }
    a.account = a.account == kBase ? "" : a.account;
  });
  app.footer(
      "Fits the parameters of a package to who held what, or laws of attrition to the tables of battles that a package "
      "names. Options marked \"Control\" are only for who held what, \"battles\" only for tables of battles. "
      "docs/fit.md says how.\n"
      "DATA is a folder that says who held which place when, or has battles/01.csv and battles/02.csv.\n"
      "Examples:\n"
      "  # Which parameters do the data until a day support? (few draws, to try it)\n"
      "  truel fit scenarios/syria-2016 --observed DATA --until 2015-03-31 --draws 16 --runs 2 --out fit\n"
      "  # Which law of attrition do recorded battles support?\n"
      "  truel fit scenarios/published/historical-battles --observed DATA\n"
      "  # Does another method give the same law? With files to keep\n"
      "  truel fit scenarios/published/historical-battles --observed DATA --method abc-smc --out laws");
}

Result<int> fit_command(const FitArguments& a) {
  if (const auto status = in_parts(a, divide_fit)) {
    return *status;
  }
  TRUEL_TRY(auto war, app::read(a.package));
  if (!record::fit::has_battles(war)) {
    return fit_to_control(a);
  }
  if (!a.out.empty() && fs::exists(a.out)) {
    return app::folder_exists(a.out, {});
  }
  if (Diagnostics faults = without(kOfControl, a, "a fit to tables of battles"); !faults.empty()) {
    return faults;
  }
  if (!a.method.empty() && a.method != choice_name(record::fit::kAbcMethods, record::fit::AbcMethod::rejection)) {
    if (Diagnostics faults = without(kOfRejection, a, "--method " + a.method); !faults.empty()) {
      return faults;
    }
  }
  TRUEL_TRY(const auto model, compile(std::make_shared<const War>(std::move(war))));
  return fit_battle_tables(a, model);
}

Result<ShardedStudy> divide_fit(const FitArguments& a) {
  TRUEL_TRY(const auto war, app::read(a.package));
  if (record::fit::has_battles(war)) {
    return Diagnostic{{}, "a fit to tables of battles has no parts", "leave --shard and --mpi out"};
  }
  const auto options = control_options(a);
  if (!options) {
    return options.error();
  }
  TRUEL_TRY(auto bank, record::fit::work_of_bank(*options));
  return ShardedStudy{std::move(bank.work), war.sha256 + " " + bank.question,
                      [a, options = *options](const ensemble::RunStore& all, const Destination& to) {
                        record::fit::ControlFitOptions with_bank = options;
                        with_bank.made = &all;
                        return fit_control(a, with_bank, to);
                      },
                      "sets of runs", std::move(bank.record)};
}

}  // namespace truel::cli
