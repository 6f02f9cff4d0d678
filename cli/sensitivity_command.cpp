#include "sensitivity_command.hpp"

#include <fmt/format.h>

#include <chrono>
#include <memory>

#include "arguments.hpp"
#include "diagnostics.hpp"
#include "progress.hpp"
#include "session.hpp"
#include "terminal.hpp"
#include "truel/app/package.hpp"
#include "truel/app/resumable.hpp"
#include "truel/app/store_key.hpp"
#include "truel/app/study.hpp"
#include "truel/base/choice.hpp"
#include "truel/output/sensitivity/sensitivity.hpp"

namespace truel::cli {
namespace {

using sensitivity::Study;

output::Provenance provenance(const Study& study, const SensitivityArguments& a) {
  output::Provenance p = begin_provenance(a.command_line, a.package, a.settings, a.threads);
  p.accounts = ids_of(study.rivals);
  return p;
}

}  // namespace

void add_sensitivity_options(CLI::App& app, SensitivityArguments& a) {
  app.add_option("package", a.package, "Folder of the war (a package)")->required();
  app.add_option("--metric", a.metrics,
                 "What to explain: actors.ID.survives (or final_fighters, value_share, losses, ...), "
                 "places.ID.control.ACTOR, civilian_harm (repeatable: more metrics of the same runs). Without it: the "
                 "survival that is least certain, or the land where each survival is all but certain");
  app.add_option("--account", a.accounts,
                 "Accounts that compete, weighted alike; base: the basic model (repeatable). Without it: base "
                 "and all accounts of the package but fitted ones");
  app.add_option("--set", a.settings,
                 "Change a parameter in all accounts, or all that the path names: path=value (repeatable)");
  app.add_option("--runs", a.runs, "Runs in all, at most")->capture_default_str()->check(CLI::Range(1U, 100'000'000U));
  app.add_option(
         "--by", a.by,
         "Groups of parameters that are varied together, for their total order: basis (what they rest on: claims, "
         "outside sources, assumptions), source, table or parameter")
      ->capture_default_str()
      ->check(one_of(sensitivity::kGroupings));
  app.add_option("--seed", a.seed, "Seed of all random numbers")->capture_default_str();
  app.add_option("--from", a.from, "First day (YYYY-MM-DD), instead of the scenario's");
  app.add_option("--until", a.until, "Last day (YYYY-MM-DD), instead of the scenario's");
  add_stepping_options(app, a.steps_per_day, a.threads);
  app.add_option("--out", a.out, "New folder for sensitivity.csv, .json, .svg and provenance.json");
  app.add_flag("--resume", a.resume, "Go on with a study that was interrupted in --out")->needs("--out");
  app.add_flag("--json", a.json, "Print the result as JSON instead of tables");
  add_part_options(app, a.parts, {"--resume"});
  app.add_flag("--quiet", a.quiet, "No progress and no remarks");
  app.footer(
      "Examples:\n"
      "  # What drives the least certain outcome?\n"
      "  truel sensitivity scenarios/syria-2016 --until 2016-06-30 --runs 260\n"
      "  # What decides whether the Islamic State survives?\n"
      "  truel sensitivity scenarios/syria-2016 --metric actors.isis.survives --until 2016-12-31 --runs 260 --out "
      "whom-to-believe\n"
      "  # Does the choice between two authors decide who holds Raqqa?\n"
      "  truel sensitivity scenarios/syria-2016 --metric places.raqqa.control.isis --account magnier --account "
      "isis_survives --until 2016-06-30 --runs 260\n"
      "  # Which tables drive the harm to civilians?\n"
      "  truel sensitivity scenarios/syria-2016 --metric civilian_harm --by table --until 2016-12-31 --runs 400\n"
      "With hundreds of uncertain parameters, shares need thousands of runs: leave --runs out for 10,000.");
}

namespace {

struct SensitivityRequest {
  Study study;
  std::vector<sensitivity::Outcome> outcomes;  ///< none: the least certain one
  sensitivity::SampleOptions options;
};

Result<SensitivityRequest> asked_of(const SensitivityArguments& a) {
  TRUEL_TRY(const auto overlay, app::overlay_of({}, a.settings, a.from, a.until, kDayOptions));
  TRUEL_TRY(auto study, app::study_of(a.package, overlay, a.accounts,
                                      *choice_of<sensitivity::Grouping>(sensitivity::kGroupings, a.by)));
  TRUEL_TRY(auto outcomes, app::outcomes_of(study.war(), a.metrics));
  TRUEL_TRY(auto options, app::sample_options(study, a.runs, a.seed, a.steps_per_day, a.threads, "--runs "));
  options.stop = &watch_for_interrupts();
  return SensitivityRequest{std::move(study), std::move(outcomes), std::move(options)};
}

/// Analyses the runs that there are, writes and prints; gives the exit status.
int analyse(const SensitivityArguments& a, const SensitivityRequest& asked, const ensemble::RunStore& store,
            output::Provenance origin, const Destination& to) {
  const Study& study = asked.study;
  const std::size_t wanted = asked.options.blocks * study.block_size();
  const bool was_interrupted = store.size() < wanted && asked.options.stop->load();
  std::vector<sensitivity::Outcome> outcomes = asked.outcomes;
  const std::string how_on = a.out.empty() ? "" : "; the same command with --resume goes on";
  std::string why_this;
  if (outcomes.empty()) {
    const app::ChosenOutcome chosen = app::least_certain(study, store);
    outcomes.push_back(chosen.outcome);
    why_this = chosen.why;
  }
  std::vector<sensitivity::Analysis> analyses;
  for (const sensitivity::Outcome& outcome : outcomes) {
    const sensitivity::Outcomes values = sensitivity::outcomes_of(study, outcome, store);
    auto analysis = app::analysis_of(study, outcome, values, a.seed, a.threads);
    if (!analysis && was_interrupted) {
      say("interrupted after {}: too few to say anything{}\n", app::whole_blocks(study, outcome, values), how_on);
      return kInterrupted;
    }
    if (!analysis) {
      return report(analysis.error(), kFailed);
    }
    analyses.push_back(std::move(*analysis));
    if (was_interrupted) {
      analyses.back().stopped_before = wanted;
    }
  }
  origin.finished = output::utc_now();
  origin.question = to.question;
  if (!a.out.empty()) {
    const auto files = output::write_sensitivity(study, asked.options.solve, analyses, origin, to.folder);
    if (!files) {
      return report(files.error(), kFailed);
    }
    publish(to.folder, a.out);
  }
  if (a.json) {
    fmt::print("{}\n", output::sensitivity_json(study, asked.options.solve, analyses, origin));
  } else {
    if (!why_this.empty()) {
      fmt::print("{}\n", why_this);
    }
    for (std::size_t i = 0; i < analyses.size(); ++i) {
      fmt::print("{}{}\n", i > 0 ? "\n" : "", output::sensitivity_table(study, analyses[i], terminal_columns()));
    }
  }
  if (!a.quiet) {
    say("{} runs in {:.1f} s{}\n", store.size(), origin.seconds, a.out.empty() ? "" : "; results in " + a.out);
  }
  if (was_interrupted) {
    say("interrupted: {} of {} runs are done{}{}\n", store.size(), wanted, a.out.empty() ? "" : " and kept", how_on);
    return kInterrupted;
  }
  return kDone;
}

}  // namespace

Result<int> sensitivity_command(const SensitivityArguments& a) {
  if (const auto status = in_parts(a, divide_sensitivity)) {
    return *status;
  }
  TRUEL_TRY(auto asked, asked_of(a));
  const Study& study = asked.study;
  sensitivity::SampleOptions& options = asked.options;
  const app::Resumable work{a.out, ".runs", "study", "sensitivity.json", a.resume};
  if (const auto refused = work.refusal()) {
    return *refused;
  }
  auto [store, faults, is_input] = app::open_store(
      work, app::store_key(study, a.settings, options.solve, a.by, TRUEL_VERSION), options.blocks * study.block_size());
  if (!store) {
    return report(faults, is_input ? kWrongInput : kFailed);
  }
  if (a.resume && !a.quiet) {
    say("going on with {} runs done\n", store->size());
  }

  output::Provenance origin = provenance(study, a);
  const auto begin = std::chrono::steady_clock::now();
  const bool has_space = with_progress(
      options, [&, &runs = *store] { return sensitivity::run(study, options, runs); }, a.quiet,
      of_accounts(a.accounts));
  origin.seconds = seconds_since(begin);
  if (!has_space) {
    return report(
        {{{work.store_path().string()}, "cannot be written further", "free space on the disk, then add --resume"}},
        kFailed);
  }
  const int status = analyse(a, asked, *store, std::move(origin), {a.out});
  if (status == kDone && !a.out.empty()) {
    app::remove_store(work);
  }
  return status;
}

Result<ShardedStudy> divide_sensitivity(const SensitivityArguments& a) {
  TRUEL_TRY(auto found, asked_of(a));
  const auto asked = std::make_shared<const SensitivityRequest>(std::move(found));
  return ShardedStudy{work_of(asked->study, asked->options), asked->study.war().sha256,
                      [asked, a](const ensemble::RunStore& all, const Destination& to) {
                        return analyse(a, *asked, all, provenance(asked->study, a), to);
                      }};
}

}  // namespace truel::cli
