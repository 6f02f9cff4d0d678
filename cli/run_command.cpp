#include "run_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <optional>

#include "diagnostics.hpp"
#include "progress.hpp"
#include "session.hpp"
#include "terminal.hpp"
#include "truel/model/path.hpp"
#include "truel/output/arrays/arrays.hpp"
#include "truel/output/comparison/why.hpp"
#include "truel/output/output.hpp"
#include "truel/scenario/scenario.hpp"
#include "warnings.hpp"

namespace truel::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kMapDivisions = 200;
constexpr int kMostMapDivisions = 2000;

/// What the results depend on, so that `--resume` never mixes two questions.
std::string question(const CompiledModel& model, const RunArguments& a) {
  const War& war = model.war();
  return fmt::format("truel {} package {} accounts [{}] set [{}] from {} until {} seed {} solver {} steps {} every {}",
                     TRUEL_VERSION, war.sha256, fmt::join(a.accounts, " "), fmt::join(a.settings, " "),
                     format_date(war.start), format_date(war.end), a.seed, a.solver, a.steps_per_day, a.every);
}

/// A number that the user sets and an intervention of the package sets again keeps the user's value only until then.
void remark_on_settings_undone(const War& war, const RunArguments& a) {
  const PathIndex index(war);
  for (const std::string& setting : a.settings) {
    const std::string path = setting.substr(0, setting.find('='));
    std::size_t cost = 0;
    const std::vector<int> numbers = index.named(path, cost);
    const Intervention* first = nullptr;
    Day earliest = war.end;
    for (const Intervention& i : war.interventions) {
      const auto is_never = [&](const Parameter& on) { return on.distribution.is_value() && on.distribution.a <= 0; };
      const auto day = static_cast<Day>(quantile(war.parameters[at(i.when)].distribution, 0.5));
      const bool undoes = i.action == InterventionAction::set && day < earliest &&
                          std::binary_search(numbers.begin(), numbers.end(), i.target) &&
                          !is_never(war.parameters[at(i.on)]);
      if (undoes) {
        first = &i;
        earliest = day;
      }
    }
    if (first != nullptr) {
      say("--set {} {}: the intervention {} of {} sets {} again\n", path,
          earliest <= war.start ? "has no effect" : "holds for a part of the time", first->id, format_date(earliest),
          numbers.size() == 1 ? "it" : war.parameters[at(first->target)].path);
    }
  }
}

solver::SolveOptions solve_options(const RunArguments& a) {
  solver::SolveOptions options;
  options.solver = solver_of(a.solver);
  options.seed = a.seed;
  options.every_days = a.every;
  options.steps_per_day = a.steps_per_day;
  return options;
}

Result<std::vector<CompiledModel>> accounts_of(const War& war, const RunArguments& a) {
  std::vector<CompiledModel> models;
  for (const Account& account : war.accounts) {
    auto model = load(a.package, {account.id}, a.settings, a.from, a.until);
    if (!model) {
      return model.error();
    }
    models.push_back(std::move(*model));
  }
  return models;
}

/// The same ensemble under each account. What an interruption cuts off is left out.
std::vector<ensemble::AccountSummary> summarise_accounts(const ensemble::Summary& base, const War& war,
                                                         const std::vector<CompiledModel>& models,
                                                         const ensemble::EnsembleOptions& options) {
  std::vector<ensemble::AccountSummary> result{
      {"", base.runs, base.failed_runs, base.actors, base.answers, base.control}};
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto store = ensemble::RunStore::open({}, war.accounts[i].id);
    if (!store || !ensemble::run(models[i], options, *store) || options.stop->load()) {
      break;
    }
    ensemble::Summary own = ensemble::summarise(models[i], options.solve, *store);
    result.push_back({war.accounts[i].id, own.runs, own.failed_runs, std::move(own.actors), std::move(own.answers),
                      std::move(own.control)});
  }
  return result;
}

output::Provenance provenance(const RunArguments& a) {
  output::Provenance p = begin_provenance(a.command_line, a.package, a.settings, a.threads);
  p.accounts = a.accounts;
  return p;
}

int replay(const CompiledModel& model, const RunArguments& a) {
  const auto number = static_cast<std::uint32_t>(a.replay);
  const auto kept = ensemble::replay(model, solve_options(a), std::span(&number, 1));
  if (!a.out.empty()) {
    const auto files = output::write_replay(model, solve_options(a), kept.front(), provenance(a), a.out);
    if (!files) {
      return report(files.error(), kFailed);
    }
    if (!a.quiet) {
      for (const fs::path& file : *files) {
        say("wrote {}\n", file.string());
      }
    }
  }
  fmt::print("{}\n", a.json ? output::replay_json(model, solve_options(a), kept.front())
                            : output::replay_table(model, solve_options(a), kept.front()));
  return kept.front().run.status == solver::RunStatus::complete ? kDone : kFailed;
}

/// What answers `--why` instead of an ensemble.
int why(const CompiledModel& model, const RunArguments& a) {
  const auto actor = actor_of_option(model.war(), a.why, "--why");
  if (!actor) {
    return report(actor.error(), kWrongInput);
  }
  const bool has_runs = a.runs_option->count() > 0;
  if (has_runs && a.runs < 2) {
    return report({{{}, "--why with one pair of runs", "give --runs 2 or more: one pair has no error"}}, kWrongInput);
  }
  ensemble::WhyOptions options;
  options.ensemble.solve = solve_options(a);
  options.ensemble.runs = has_runs ? a.runs : ensemble::default_why_runs(model);
  options.ensemble.threads = a.threads;
  const std::atomic<bool>& interrupted = watch_for_interrupts();
  options.ensemble.stop = &interrupted;
  output::Provenance origin = provenance(a);
  const auto begin = std::chrono::steady_clock::now();
  std::optional<ProgressLine> line(a.quiet);
  options.ensemble.progress = [&](const ensemble::Progress& p) { line->show(p.done, p.wanted, p.seconds); };
  const auto answer = ensemble::why(model, *actor, options);
  line.reset();
  if (interrupted) {
    say("interrupted: nothing was written\n");
    return kInterrupted;
  }
  if (!answer) {
    return report(answer.error(), kWrongInput);
  }
  origin.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  origin.finished = utc_now();
  if (!a.out.empty()) {
    const auto files = output::write_why(model, options.ensemble.solve, *answer, origin, a.out);
    if (!files) {
      return report(files.error(), kFailed);
    }
  }
  fmt::print("{}\n", a.json ? output::why_json(model, options.ensemble.solve, *answer, origin)
                            : output::why_table(model, *answer, terminal_columns()));
  if (!a.quiet) {
    say("answered in {:.1f} s{}\n", origin.seconds, a.out.empty() ? "" : "; results in " + a.out);
  }
  return answer->failed_runs > 0 ? kFailed : kDone;
}

}  // namespace

void add_run_options(CLI::App& app, RunArguments& a) {
  app.add_option("package", a.package, "Folder of the scenario package")->required();
  app.add_option("--account", a.accounts, "Account of the package to lay over its numbers (repeatable)");
  app.add_flag("--each-account", a.each_account,
               "Also every account of the package, from the same draws, side by side in the results")
      ->excludes("--account");
  app.add_option("--set", a.settings, "A number changed, or all that the path names: path=value (repeatable)");
  a.runs_option =
      app.add_option("--runs", a.runs, "Realizations")->capture_default_str()->check(CLI::Range(1U, 100'000'000U));
  app.add_option("--seed", a.seed, "Seed of all random numbers")->capture_default_str();
  add_solver_option(app, a.solver);
  app.add_option("--from", a.from, "First day, instead of the scenario's: the war starts from the record of that day");
  app.add_option("--until", a.until, "Last day, instead of the scenario's");
  app.add_option("--precision", a.precision,
                 "More runs until half the interval of every survival probability is below 1.96 times this, which is "
                 "its standard error; also where all runs agree")
      ->check(CLI::Range(1e-6, 0.5));
  app.add_option("--every", a.every, "Days between stored states")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000));
  add_stepping_options(app, a.steps_per_day, a.threads);
  app.add_option("--out", a.out, "New folder for the result files");
  app.add_option("--keep-paths", a.keep_paths, "Realizations whose events and decisions are kept")
      ->capture_default_str()
      ->check(CLI::Range(0U, 10'000U));
  app.add_option("--replay", a.replay, "Repeat this one realization of the ensemble, with its path and reasons")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{4'294'967'295}));
  app.add_option_function<std::vector<std::string>>(
         "--map-regions",
         [&a](const std::vector<std::string>& given) {
           const std::string& text = given.front();
           const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), a.map_divisions);
           if (text.empty()) {
             a.map_divisions = kMapDivisions;
           } else if (error != std::errc() || end != text.data() + text.size() || a.map_divisions < 2 ||
                      a.map_divisions > kMostMapDivisions) {
             throw CLI::ValidationError(
                 "--map-regions", fmt::format("{} is not a number of divisions from 2 to {}", text, kMostMapDivisions));
           }
         },
         fmt::format("Also who wins from every division of the three sides' first-day force, in steps of 1/N of it "
                     "(without N: 1/{})",
                     kMapDivisions))
      ->expected(0, 1)
      ->type_name("N");
  CLI::Option* asks_why = app.add_option(
      "--why", a.why,
      "Instead: why this actor survives or falls, and what would shorten its life most (--runs: pairs a change; "
      "default 200, of a large war 40)");
  app.add_flag("--resume", a.resume, "Go on with an ensemble that was interrupted in --out")->needs("--out");
  for (const char* other : {"--precision", "--keep-paths", "--replay", "--map-regions", "--resume", "--each-account"}) {
    asks_why->excludes(app.get_option(other));
  }
  // One realization is neither a part of the ensemble nor more than one war.
  for (const char* other : {"--precision", "--resume", "--map-regions", "--each-account"}) {
    app.get_option("--replay")->excludes(app.get_option(other));
  }
  app.add_flag("--json", a.json, "Print the summary as JSON instead of a table");
  app.add_flag("--quiet", a.quiet, "No progress and no remarks");
  app.footer(
      "Examples:\n"
      "  truel run scenarios/syria-2016 --runs 100\n"
      "  truel run scenarios/syria-2016 --runs 200 --seed 7 --out results\n"
      "  truel run scenarios/syria-2016 --runs 5 --until 2016-06-30 --each-account --out accounts\n"
      "  truel run scenarios/syria-2016 --from 2015-01-01 --until 2015-12-31 --runs 100\n"
      "  truel run scenarios/syria-2016 --set actors.isis.recruitment_per_day=0 --runs 100\n"
      "  truel run scenarios/published/three-way-combat --solver mean-field --runs 1 --map-regions --out map\n"
      "  truel run scenarios/syria-2016 --until 2016-12-31 --why nusra --runs 8\n"
      "  truel run scenarios/syria-2016 --seed 7 --replay 3 --out realization-3");
}

int run_command(const RunArguments& a) {
  Diagnostics warnings;
  const auto model = load(a.package, a.accounts, a.settings, a.from, a.until, warnings);
  if (!model) {
    return report(model.error(), kWrongInput);
  }
  Result<std::vector<CompiledModel>> rivals = std::vector<CompiledModel>{};
  if (a.each_account) {
    rivals = accounts_of(model->war(), a);
  }
  if (!rivals) {
    return report(rivals.error(), kWrongInput);
  }
  if (!a.quiet) {
    warn(warnings, 3);
    remark_on_settings_undone(model->war(), a);
  }
  const fs::path store_path = a.out.empty() ? fs::path() : fs::path(a.out) / ".realizations";
  if (!a.out.empty() && fs::exists(a.out) && !a.resume) {
    return report({folder_exists(a.out, store_path)}, kWrongInput);
  }
  if (a.resume && !fs::exists(store_path)) {
    const char* hint = fs::exists(fs::path(a.out) / "summary.json") ? "it is complete: there is nothing to resume"
                                                                    : "leave --resume out";
    return report({{{a.out}, "holds no interrupted ensemble", hint}}, kWrongInput);
  }
  if (!a.why.empty()) {
    return why(*model, a);
  }
  if (a.replay >= 0) {
    return replay(*model, a);
  }
  std::optional<ensemble::RegionMap> regions;
  if (a.map_divisions > 0) {  // first, as it is short and may find that the war does not have three sides
    const auto map_begin = std::chrono::steady_clock::now();
    auto map = ensemble::map_regions(*model, {.divisions = a.map_divisions, .threads = a.threads});
    if (!map) {
      return report(map.error(), kWrongInput);
    }
    regions = std::move(*map);
    if (!a.quiet) {
      say("map of {} divisions in {:.1f} s\n", regions->points.size(),
          std::chrono::duration<double>(std::chrono::steady_clock::now() - map_begin).count());
    }
  }

  ensemble::EnsembleOptions options;
  options.solve = solve_options(a);
  options.runs = a.runs;
  options.precision = a.precision;
  options.threads = a.threads;
  const std::atomic<bool>& interrupted = watch_for_interrupts();
  options.stop = &interrupted;
  output::Provenance origin = provenance(a);
  std::optional<ensemble::RunStore> store;
  if (const int status = open_store(a.out, store_path, question(*model, a), a.resume, store); status != kDone) {
    return status;
  }
  if (a.resume && !a.quiet) {
    say("going on with {} runs done\n", store->size());
  }
  const auto begin = std::chrono::steady_clock::now();
  ensemble::RunEnd end;
  {
    ProgressLine line(a.quiet);
    options.progress = [&](const ensemble::Progress& p) { line.show(p.done, p.wanted, p.seconds); };
    end = ensemble::run(*model, options, *store);
  }
  origin.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (!end.has_space) {
    return report({{{store_path.string()}, "cannot be written further", "free space on the disk, then add --resume"}},
                  kFailed);
  }
  if (store->size() == 0) {
    say("interrupted before the first run was done\n");
    return kInterrupted;
  }
  ensemble::Summary summary = ensemble::summarise(*model, options.solve, *store);
  summary.regions = std::move(regions);
  if (!a.out.empty() && !a.quiet && !output::takes_months(*model, summary)) {
    say("ensemble.nc holds no numbers by month: those of {} runs have more than 4 GiB. months_dyads.csv and "
        "months_places.csv have their means and quantiles\n",
        summary.numbers.size());
  }
  if (a.each_account && !interrupted.load()) {
    ProgressLine line(a.quiet);
    options.progress = [&](const ensemble::Progress& p) { line.show(p.done, p.wanted, p.seconds); };
    summary.accounts = summarise_accounts(summary, model->war(), *rivals, options);
  }
  const bool was_interrupted = interrupted.load();
  const bool lacks_accounts = a.each_account && summary.accounts.size() <= rivals->size();
  if (summary.numbers.size() < end.wanted || lacks_accounts) {
    summary.stopped_before = end.wanted;
  }
  origin.finished = utc_now();
  if (!a.out.empty()) {
    // Who interrupts a run of centuries does not wait for its paths: they come with the rest.
    const std::size_t n_kept = was_interrupted ? 0 : std::min<std::size_t>(a.keep_paths, summary.numbers.size());
    const auto kept = ensemble::replay(*model, options.solve, std::span(summary.numbers).first(n_kept));
    const auto files = output::write(*model, options, summary, *store, kept, origin, a.out);
    if (!files) {
      return report(files.error(), kFailed);
    }
    if (!was_interrupted) {
      std::error_code error;  // a store that is left over does no harm
      fs::remove(store_path, error);
    }
  }
  fmt::print("{}\n", a.json ? output::summary_json(*model, options, summary, origin)
                            : output::terminal_table(*model, summary, terminal_columns()));
  if (!a.quiet) {
    say("{} runs in {:.1f} s\n", summary.numbers.size(), origin.seconds);
    if (!a.out.empty()) {
      const fs::path page = fs::path(a.out) / "report.html";
      say("results in {}{}\n", a.out, fs::exists(page) ? fmt::format("; open {} in a browser", page.string()) : "");
    }
  }
  if (was_interrupted) {
    say("interrupted: {} of {} runs are done and kept{}\n", summary.numbers.size(), end.wanted,
        a.out.empty() ? "" : "; the same command with --resume goes on");
    return kInterrupted;
  }
  if (summary.failed_runs > 0) {
    say("{} runs failed; their seeds and status are in ensemble.nc\n", summary.failed_runs);
    return kFailed;
  }
  return kDone;
}

}  // namespace truel::cli
