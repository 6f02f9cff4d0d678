#include "run_command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diagnostics.hpp"
#include "progress.hpp"
#include "session.hpp"
#include "terminal.hpp"
#include "truel/app/accounts.hpp"
#include "truel/app/analysis.hpp"
#include "truel/app/package.hpp"
#include "truel/app/resumable.hpp"
#include "truel/app/store_key.hpp"
#include "truel/app/study.hpp"
#include "truel/ensemble/compare/united.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/output/arrays/arrays.hpp"
#include "truel/output/comparison/united.hpp"
#include "truel/output/comparison/why.hpp"
#include "truel/output/output.hpp"
#include "truel/output/tables/month_realizations.hpp"
#include "truel/output/terminal/learned_table.hpp"
#include "warnings.hpp"

namespace truel::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kMapDivisions = 200;
constexpr int kMostMapDivisions = 2000;

solver::SolveOptions solve_options(const RunArguments& a) {
  solver::SolveOptions options{
      .solver = *app::solver_of(a.solver), .seed = a.seed, .every_days = a.every, .steps_per_day = a.steps_per_day};
  return options;
}

ensemble::EnsembleOptions ensemble_options(const RunArguments& a, const std::atomic<bool>& stop) {
  ensemble::EnsembleOptions options{
      .solve = solve_options(a), .runs = a.runs, .precision = a.precision, .threads = a.threads, .stop = &stop};
  return options;
}

/// The war of a command line, what is laid over its package, and the same under each account where --each-account asks
/// for them.
struct Models {
  scenario::Overlay overlay;
  CompiledModel base;
  std::vector<CompiledModel> rivals;
  std::shared_ptr<app::Analysis> analysis;  ///< that all start from, if they do

  const War& war() const { return base.war(); }
  /// What results depend on beside the package.
  std::string more_files() const { return analysis ? analysis->key() : ""; }
  std::vector<const CompiledModel*> all() const {
    std::vector<const CompiledModel*> models{&base};
    std::transform(rivals.begin(), rivals.end(), std::back_inserter(models), [](const auto& model) { return &model; });
    return models;
  }
};

/// Whether a warning is about an account that is not run.
bool is_of_another_account(const Diagnostic& warning, const RunArguments& a) {
  return !a.each_account && !warning.account.empty() &&
         std::find(a.accounts.begin(), a.accounts.end(), warning.account) == a.accounts.end();
}

Result<Models> models_of(const RunArguments& a) {
  TRUEL_TRY(auto overlay, app::overlay_of(a.accounts, a.settings, a.from, a.until, kDayOptions));
  Diagnostics warnings;
  TRUEL_TRY(auto analysis, begin_analysis(a, overlay, ensemble_options(a, watch_for_interrupts())));
  TRUEL_TRY(auto base, analysis ? analysis->model(a.accounts) : app::load(a.package, overlay, warnings));
  if (analysis) {
    warnings = analysis->warnings();
  }
  Models models{std::move(overlay), std::move(base), {}, std::move(analysis)};
  if (a.each_account) {
    TRUEL_TRY(models.rivals, models.analysis ? app::under_each_account(models.war(), *models.analysis)
                                             : app::under_each_account(models.war(), a.settings));
  }
  if (!a.quiet) {
    std::erase_if(warnings, [&](const Diagnostic& warning) { return is_of_another_account(warning, a); });
    warn(warnings, 3);
    remark_on_settings(models.war(), a.settings);
    remark_on_analysis(models.analysis.get(), models.war().start);
  }
  return models;
}

std::string store_key(const Models& models, const RunArguments& a) {
  return app::store_key(models.base, models.overlay, solve_options(a), TRUEL_VERSION) + models.more_files();
}

output::Provenance provenance(const Models& models, const RunArguments& a) {
  output::Provenance p = begin_provenance(a.command_line, a.package, a.settings, a.threads);
  p.accounts = a.accounts;
  p.analysis = starting_analysis(models.analysis.get());
  return p;
}

int replay(const Models& models, const RunArguments& a) {
  const CompiledModel& model = models.base;
  const auto number = static_cast<std::uint32_t>(a.replay);
  const auto kept = ensemble::replay(model, solve_options(a), std::span(&number, 1));
  if (!a.out.empty()) {
    const auto files = output::write_replay(model, solve_options(a), kept.front(), provenance(models, a), a.out);
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
Result<int> why(const Models& models, const RunArguments& a) {
  const CompiledModel& model = models.base;
  TRUEL_TRY(const auto actor, app::actor_of(model.war(), a.why, "--why"));
  const bool has_runs = a.runs_option->count() > 0;
  if (has_runs && a.runs < 2) {
    return Diagnostic{{}, "--why with one pair of runs", "give --runs 2 or more: one pair has no error"};
  }
  ensemble::ExplanationOptions options;
  options.ensemble.solve = solve_options(a);
  options.ensemble.runs = has_runs ? a.runs : ensemble::default_why_runs(model);
  options.ensemble.threads = a.threads;
  if (!a.metric.empty()) {
    TRUEL_TRY(const auto metrics, ensemble::compared_metrics(model.war(), std::span(&a.metric, 1)));
    options.metric = metrics.front();
  }
  const std::atomic<bool>& interrupted = watch_for_interrupts();
  options.ensemble.stop = &interrupted;
  output::Provenance origin = provenance(models, a);
  const auto begin = std::chrono::steady_clock::now();
  const auto answer = with_progress(
      options.ensemble, [&] { return ensemble::why(model, actor, options); }, a.quiet, of_accounts(a.accounts));
  if (interrupted) {
    say("interrupted: nothing was written\n");
    return kInterrupted;
  }
  if (!answer) {
    return answer.error();
  }
  output::finish(origin, begin);
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
  app.add_option("package", a.package, "Folder of the war (a package)")->required();
  app.add_option("--account", a.accounts,
                 "Account whose values override those of the package (repeatable); base, the basic model, has none");
  app.add_flag("--each-account", a.each_account,
               "Also run every account of the package, with the same draws and chance")
      ->excludes("--account");
  app.add_option("--set", a.settings, "Change a parameter, or all that the path names: path=value (repeatable)");
  a.runs_option =
      app.add_option("--runs", a.runs, "Number of runs")->capture_default_str()->check(CLI::Range(1U, 100'000'000U));
  app.add_option("--seed", a.seed, "Seed of all random numbers")->capture_default_str();
  add_solver_option(app, a.solver);
  app.add_option("--from", a.from, "First day (YYYY-MM-DD), instead of the scenario's, with who held what on that day");
  app.add_option("--until", a.until, "Last day (YYYY-MM-DD), instead of the scenario's");
  add_analysis_options(app, a.analysis, a.observed);
  app.add_option("--precision", a.precision,
                 "Add runs until every survival probability is sure to about twice this, either way")
      ->check(CLI::Range(1e-6, 0.5));
  app.add_option("--every", a.every, "Days between stored states")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000));
  add_stepping_options(app, a.steps_per_day, a.threads);
  app.add_option("--out", a.out, "New folder for the result files");
  app.add_option("--keep-paths", a.keep_paths, "Number of runs whose events and decisions are kept")
      ->capture_default_str()
      ->check(CLI::Range(0U, 10'000U));
  app.add_option("--replay", a.replay,
                 "Repeat one run by its number; keep its whole path, with the reasons for each order")
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
         fmt::format(
             "Of three sides: also who wins from each division of the first-day force among them, in steps of 1/N "
             "(without N: 1/{})",
             kMapDivisions))
      ->expected(0, 1)
      ->type_name("N");
  CLI::Option* united =
      app.add_option("--if-united", a.if_united,
                     "Also: what if the enemies of this actor left each other alone, coordinated, or stood under one "
                     "command? all: of every ground actor in turn (repeatable)");
  app.add_option("--united-runs", a.united_runs, "For --if-united: pairs of runs for each")
      ->capture_default_str()
      ->check(CLI::Range(2U, 1'000'000U))
      ->needs(united);
  app.add_option("--united-from", a.united_from,
                 "For --if-united: day from which they stand together (YYYY-MM-DD), instead of the first")
      ->needs(united);
  CLI::Option* asks_why = app.add_option(
      "--why", a.why,
      "Instead: why does this actor survive or collapse, and what would shorten its life most? (--runs: pairs of runs "
      "for each change; 200, in a large war 40)");
  app.add_option("--metric", a.metric,
                 "For --why: what would move this metric most, instead? (list: docs/parameters.md)")
      ->needs(asks_why);
  app.add_flag(
         "--months-csv", a.months_csv,
         "Also write deaths, harm and places that change hands by run and month as CSV: in large wars some 40 kB a run "
         "and year (ensemble.nc is smaller)")
      ->needs("--out");
  app.add_flag("--resume", a.resume, "Go on where a run into --out was interrupted")->needs("--out");
  for (const char* other : {"--precision", "--keep-paths", "--months-csv", "--replay", "--map-regions", "--resume",
                            "--each-account", "--if-united"}) {
    asks_why->excludes(app.get_option(other));
  }
  // One realization is neither a part of the ensemble nor more than one war.
  for (const char* other :
       {"--precision", "--months-csv", "--resume", "--map-regions", "--each-account", "--if-united"}) {
    app.get_option("--replay")->excludes(app.get_option(other));
  }
  app.add_flag("--json", a.json, "Print the summary as JSON instead of a table");
  add_part_options(app, a.parts, {"--precision", "--replay", "--why", "--resume", "--if-united"});
  app.add_flag("--quiet", a.quiet, "No progress and no remarks");
  app.parse_complete_callback([&a] { std::erase(a.accounts, kBase); });
  app.footer(
      "Examples:\n"
      "  # Who survives, and who holds what?\n"
      "  truel run scenarios/syria-2016 --runs 100\n"
      "  # Who survives? With a page, a map and files for analysis\n"
      "  truel run scenarios/syria-2016 --runs 200 --seed 7 --out results\n"
      "  # How do the authors' accounts differ?\n"
      "  truel run scenarios/syria-2016 --runs 5 --until 2016-06-30 --each-account --out accounts\n"
      "  # How does the war go if it starts a year earlier?\n"
      "  truel run scenarios/syria-2016 --from 2015-01-01 --until 2015-12-31 --runs 100\n"
      "  # And with armies and operations as the months before that day left them?\n"
      "  truel run scenarios/syria-2016 --from 2015-01-01 --until 2015-12-31 --runs 100 --analysis\n"
      "  # What if the Islamic State found no recruits at home?\n"
      "  truel run scenarios/syria-2016 --set actors.isis.recruitment_per_day=0 --runs 100\n"
      "  # Who wins from each division of the force among three sides?\n"
      "  truel run scenarios/published/three-way-combat --solver mean-field --runs 1 --map-regions --out map\n"
      "  # Why does Nusra survive or collapse?\n"
      "  truel run scenarios/syria-2016 --until 2016-12-31 --why nusra --runs 8\n"
      "  # And why does it hold so much land?\n"
      "  truel run scenarios/syria-2016 --until 2016-12-31 --why nusra --metric actors.nusra.value_share --runs 8\n"
      "  # How do I use four machines? This is the part of the first (then truel merge)\n"
      "  truel run scenarios/syria-2016 --until 2016-06-30 --runs 20 --shard 1/4 --out shards/1\n"
      "  # What happened, day by day, in one run?\n"
      "  truel run scenarios/syria-2016 --seed 7 --replay 3 --out realization-3");
}

namespace {

/// The map that --map-regions asks for, if it does; not whole once `stop` is set.
Result<std::optional<ensemble::RegionMap>> map_of(const CompiledModel& model, const RunArguments& a,
                                                  const std::atomic<bool>& stop) {
  if (a.map_divisions == 0) {
    return std::optional<ensemble::RegionMap>();
  }
  const auto begin = std::chrono::steady_clock::now();
  TRUEL_TRY(auto map,
            ensemble::map_regions(model, {.divisions = a.map_divisions, .threads = a.threads, .stop = &stop}));
  if (!a.quiet && !stop) {
    say("map of {} divisions in {:.1f} s\n", map.points.size(), seconds_since(begin));
  }
  return std::optional(std::move(map));
}

/// The accounts that are still to be run, and before them the united enemies of so many actors.
NextWork runs_after(const RunArguments& a, std::size_t accounts, std::size_t united_actors = 0) {
  std::vector<std::string> parts;
  if (united_actors > 0) {
    parts.emplace_back("united enemies");
  }
  if (accounts > 0) {
    parts.push_back(output::plural(static_cast<std::int64_t>(accounts), "account"));
  }
  const std::size_t of_united = united_actors > 0 ? ensemble::runs_of_united(united_actors, a.united_runs) : 0;
  return {fmt::format("{}", fmt::join(parts, " and ")), of_united + accounts * a.runs};
}

/// What --if-united asks for, if it does and nothing was interrupted. accounts: so many are run afterwards.
std::optional<ensemble::UnitedMatrix> united_of(const CompiledModel& model, std::span<const ActorIndex> actors,
                                                const std::optional<Day>& from, const RunArguments& a,
                                                const ensemble::EnsembleOptions& ensemble, std::size_t accounts) {
  if (actors.empty() || *ensemble.stop) {
    return std::nullopt;
  }
  ensemble::EnsembleOptions options = ensemble;
  options.runs = a.united_runs;
  return with_progress(
      options, [&] { return ensemble::united_fates(model, actors, options, from); }, a.quiet,
      a.accounts.empty() ? "united enemies" : of_accounts(a.accounts) + ", united enemies", runs_after(a, accounts));
}

/// What is left to do with realizations, wherever they come from.
struct Ending {
  std::optional<ensemble::RegionMap> regions;
  std::optional<ensemble::UnitedMatrix> united;
  output::Provenance origin;
  std::size_t wanted = 0;  ///< realizations that were asked for
  app::SumUp sum_up;
  fs::path folder;      ///< for the result files
  app::Resumable work;  ///< whose store is removed when they are written, unless it was interrupted
  const char* how_on = "";
};

/// Writes and prints what the realizations say; gives the exit status. store: where files are written.
int tell(const Models& models, const ensemble::EnsembleOptions& options, const RunArguments& a,
         const ensemble::RunStore* store, ensemble::Summary summed_up, Ending ending) {
  const CompiledModel& model = models.base;
  output::Provenance& origin = ending.origin;
  const bool is_written = !a.out.empty();
  app::EnsembleResult done = app::conclude(
      model, options, std::move(summed_up),
      {.runs = ending.wanted, .keep_paths = is_written ? a.keep_paths : 0, .with_accounts = a.each_account},
      ending.sum_up);
  ensemble::Summary& summary = done.summary;
  summary.regions = std::move(ending.regions);
  summary.united = std::move(ending.united);
  if (is_written && !a.quiet && !output::takes_months(model, summary)) {
    say("ensemble.nc holds no numbers by month: those of {} runs have more than 4 GiB. months_dyads.csv and "
        "months_places.csv have their means and quantiles\n",
        summary.numbers.size());
  }
  origin.seconds += done.account_seconds;
  origin.finished = output::utc_now();
  if (is_written) {
    const auto files =
        output::write(model, options, summary, *store, done.kept, origin, ending.folder, app::files_of(model.war()));
    if (!files) {
      return report(files.error(), kFailed);
    }
    if (a.months_csv) {
      if (const auto failure = output::write_month_realizations(model, summary, *store, ending.folder)) {
        return report({*failure}, kFailed);
      }
    }
    publish(ending.folder, a.out);
    if (!done.was_interrupted) {
      app::remove_store(ending.work);
    }
  }
  fmt::print("{}\n", a.json ? output::summary_json(model, options, summary, origin)
                            : output::terminal_table(model, summary, terminal_columns()));
  const std::string learned = origin.analysis && !a.json
                                  ? output::learned_table(origin.analysis->learned, model.war(), terminal_columns())
                                  : "";
  if (!learned.empty()) {
    fmt::print("\n{}\n", learned);
  }
  if (summary.united && !a.json) {
    fmt::print("\n{}\n", output::united_table(model, *summary.united, terminal_columns(), false));
  }
  if (!a.quiet) {
    const std::size_t accounts = std::max<std::size_t>(summary.accounts.size(), 1) - 1;
    say("{} runs{} in {:.1f} s\n", summary.numbers.size(),
        accounts == 0   ? ""
        : accounts == 1 ? ", and as many under 1 account,"
                        : fmt::format(", and as many under each of {} accounts,", accounts),
        origin.seconds);
    if (is_written) {
      const fs::path page = fs::path(a.out) / "report.html";
      say("results in {}{}\n", a.out, fs::exists(page) ? fmt::format("; open {} in a browser", page.string()) : "");
    }
  }
  if (done.was_interrupted) {
    say("interrupted: {} of {} runs are done{}\n", summary.numbers.size(), ending.wanted, ending.how_on);
    return kInterrupted;
  }
  if (summary.failed_runs > 0) {
    say("{} runs failed; their seeds and status are in ensemble.nc\n", summary.failed_runs);
    return kFailed;
  }
  return kDone;
}

/// The same of all realizations of a Work, where each account may have its own.
int tell_joined(const Models& models, const RunArguments& a, const ensemble::RunStore& store, const Destination& to) {
  static const std::atomic<bool> never{false};  // until all is written nothing has its name: it is just ended
  const ensemble::EnsembleOptions options = ensemble_options(a, never);
  auto regions = map_of(models.base, a, never);
  if (!regions) {
    return report(regions.error(), kWrongInput);
  }
  Ending ending{.regions = std::move(*regions),
                .united = {},
                .origin = provenance(models, a),
                .wanted = a.runs,
                .sum_up = {},
                .folder = {},
                .work = {}};
  const auto begin = std::chrono::steady_clock::now();
  const auto part_of = [&](std::uint32_t number) -> std::optional<ensemble::RunStore> {
    auto part = ensemble::RunStore::open({}, "part");
    if (!part || !ensemble::copy_model(store, number, a.runs, *part)) {
      return std::nullopt;
    }
    return std::move(*part);
  };
  ending.sum_up = [&](std::size_t account) -> std::optional<ensemble::Summary> {
    const auto own = part_of(static_cast<std::uint32_t>(account) + 1);
    return own ? std::optional(ensemble::summarise(models.rivals[account], options.solve, *own)) : std::nullopt;
  };
  std::optional<ensemble::RunStore> base;
  if (a.each_account && !(base = part_of(0))) {
    return report({{{}, "the folder for temporary files cannot be written, or is full", "set TMPDIR to another"}},
                  kFailed);
  }
  const ensemble::RunStore& own = base ? *base : store;
  ending.folder = to.folder;
  ending.origin.question = to.question;
  ending.origin.seconds = seconds_since(begin);
  return tell(models, options, a, &own, ensemble::summarise(models.base, options.solve, own), std::move(ending));
}

}  // namespace

Result<int> run_command(const RunArguments& a) {
  if (const auto status = in_parts(a, divide_run)) {
    return *status;
  }
  TRUEL_TRY(const auto models, models_of(a));
  if (models.analysis && watch_for_interrupts()) {
    say("interrupted: nothing was written\n");
    return kInterrupted;
  }
  const CompiledModel& model = models.base;
  const app::Resumable work{a.out, ".realizations", "ensemble", "summary.json", a.resume};
  if (const auto refused = work.refusal()) {
    return *refused;
  }
  if (!a.why.empty()) {
    return why(models, a);
  }
  if (a.replay >= 0) {
    return replay(models, a);
  }
  const auto actors = app::united_actors(model, a.if_united);
  const auto united_from = ensemble::day_of_unity(model.war(), a.united_from, "--united-from");
  if (!actors || !united_from) {
    return actors ? united_from.error() : actors.error();
  }
  const std::atomic<bool>& interrupted = watch_for_interrupts();
  // First: it may find that the war does not have three sides.
  TRUEL_TRY(auto regions, map_of(model, a, interrupted));
  if (interrupted) {
    say("interrupted: nothing was written\n");
    return kInterrupted;
  }
  ensemble::EnsembleOptions options = ensemble_options(a, interrupted);
  output::Provenance origin = provenance(models, a);
  const auto begin = std::chrono::steady_clock::now();
  std::optional<ensemble::RunStore> store;  // where files are written
  if (!a.out.empty()) {
    auto opened = app::open_store(work, store_key(models, a), a.runs);
    if (!opened.store) {
      return report(opened.faults, opened.is_input ? kWrongInput : kFailed);
    }
    store = std::move(opened.store);
    if (a.resume && !a.quiet) {
      say("going on with {} runs done\n", store->size());
    }
  }
  Result<ensemble::RunSummary> done = with_progress(
      options,
      [&]() -> Result<ensemble::RunSummary> {
        return store ? ensemble::RunSummary{ensemble::run(model, options, *store), {}}
                     : ensemble::run_and_summarise(model, options);
      },
      a.quiet,
      !a.accounts.empty()                        ? of_accounts(a.accounts)
      : models.rivals.empty() && actors->empty() ? ""
                                                 : "basic model",
      runs_after(a, models.rivals.size(), actors->size()));
  if (!done) {
    return report(done.error(), kFailed);
  }
  origin.seconds = seconds_since(begin);
  if (!done->end.has_space) {
    return report(
        {{{work.store_path().string()}, "cannot be written further", "free space on the disk, then add --resume"}},
        kFailed);
  }
  if (store) {
    done->summary = ensemble::summarise(model, options.solve, *store);
  }
  if (done->summary.numbers.empty()) {
    say("interrupted before the first run was done\n");
    return kInterrupted;
  }
  const app::SumUp sum_up = [&](std::size_t account) -> std::optional<ensemble::Summary> {
    auto own = with_progress(
        options, [&] { return ensemble::run_and_summarise(models.rivals[account], options); }, a.quiet,
        "account " + models.war().accounts[account].id, runs_after(a, models.rivals.size() - account - 1));
    return own && own->end && !options.stop->load() ? std::optional(std::move(own->summary)) : std::nullopt;
  };
  auto united = united_of(model, *actors, *united_from, a, options, models.rivals.size());
  return tell(models, options, a, store ? &*store : nullptr, std::move(done->summary),
              {std::move(regions), std::move(united), std::move(origin), done->end.wanted, sum_up, a.out, work,
               a.out.empty() ? "" : " and kept; the same command with --resume goes on"});
}

Result<ShardedStudy> divide_run(const RunArguments& a) {
  TRUEL_TRY(auto loaded, models_of(a));
  const auto models = std::make_shared<const Models>(std::move(loaded));
  return ShardedStudy{
      ensemble::work_of(models->all(), ensemble_options(a, watch_for_interrupts())),
      models->war().sha256 + models->more_files(),
      [models, a](const ensemble::RunStore& all, const Destination& to) { return tell_joined(*models, a, all, to); }};
}

}  // namespace truel::cli
