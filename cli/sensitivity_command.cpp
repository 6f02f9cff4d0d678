#include "sensitivity_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <numeric>

#include "diagnostics.hpp"
#include "progress.hpp"
#include "session.hpp"
#include "terminal.hpp"
#include "truel/output/sensitivity/sensitivity.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::cli {
namespace {

namespace fs = std::filesystem;

/// The package as it stands, among the accounts.
constexpr const char* kBase = "base";

using sensitivity::Study;

Result<CompiledModel> load_account(const SensitivityArguments& a, const std::string& account) {
  const std::vector<std::string> accounts = account == kBase ? std::vector<std::string>{} : std::vector{account};
  return load(a.package, accounts, a.settings, a.from, a.until);
}

Result<Study> study_of(const SensitivityArguments& a) {
  const auto base = load_account(a, kBase);
  if (!base) {
    return base.error();
  }
  std::vector<std::string> ids = a.accounts;
  if (ids.empty()) {
    ids.emplace_back(kBase);
    for (const Account& account : base->war().accounts) {
      if (account.draws.rows() == 0) {
        ids.push_back(account.id);
      }
    }
  }
  std::vector<std::string> sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end()) {
    return Diagnostic{{}, fmt::format("--account {} is given twice", *twice), "name each account once"};
  }
  std::vector<sensitivity::Rival> rivals;
  for (const std::string& id : ids) {
    auto model = id == kBase ? base : load_account(a, id);
    if (!model) {
      return model.error();
    }
    const auto& accounts = base->war().accounts;
    const auto account =
        std::find_if(accounts.begin(), accounts.end(), [&](const Account& known) { return known.id == id; });
    rivals.push_back({id, account == accounts.end() ? "The package as it stands" : account->title, std::move(*model)});
  }
  const auto grouping = a.by == "table"       ? sensitivity::Grouping::table
                        : a.by == "source"    ? sensitivity::Grouping::source
                        : a.by == "parameter" ? sensitivity::Grouping::parameter
                                              : sensitivity::Grouping::basis;
  return sensitivity::make_study(std::move(rivals), grouping);
}

double mean_of(const std::vector<double>& y) {
  return std::accumulate(y.begin(), y.end(), 0.0) / std::max<double>(1, static_cast<double>(y.size()));
}

/// Mean square distance from the mean.
double spread_of(const std::vector<double>& y) {
  const double mean = mean_of(y);
  return std::accumulate(y.begin(), y.end(), 0.0, [&](double sum, double x) { return sum + (x - mean) * (x - mean); }) /
         std::max<double>(1, static_cast<double>(y.size()));
}

Result<std::vector<sensitivity::Outcome>> outcomes_of(const War& war, const SensitivityArguments& a) {
  std::vector<sensitivity::Outcome> outcomes;
  Diagnostics faults;
  for (const std::string& text : a.outcomes) {
    const auto outcome = sensitivity::parse_outcome(war, text);
    if (outcome) {
      outcomes.push_back(*outcome);
    } else {
      faults.insert(faults.end(), outcome.error().begin(), outcome.error().end());
    }
  }
  if (!faults.empty()) {
    return faults;
  }
  return outcomes;
}

/// A survival that goes the rarer way in fewer runs than this has too little to explain.
constexpr double kLeastRare = 0.05;

struct Chosen {
  sensitivity::Outcome outcome;
  std::string why;  ///< in words, if it is no survival
};

/// What is asked where the user does not say: the survival nearest to one run in two. Where each survival is all but
/// certain, the land of the actor whose part of the map's value varies most; the harm to civilians where no actor is
/// rated.
Chosen least_certain(const Study& study, const ensemble::RunStore& store) {
  const War& war = study.war();
  const auto asked = [&](const Actor& actor, const char* what) {
    return *sensitivity::parse_outcome(war, fmt::format("actors.{}.{}", actor.id, what));
  };
  Chosen survival{*sensitivity::parse_outcome(war, "civilian_harm"), ""};
  Chosen land;
  double rarest = 0;
  double widest = 0;
  bool is_rated = false;
  for (const Actor& actor : war.actors) {
    if (actor.kind == ActorKind::air) {
      continue;
    }
    const sensitivity::Outcome survives = asked(actor, "survives");
    const std::vector<double> y = sensitivity::outcomes_of(study, survives, store).y;
    if (y.empty()) {
      continue;
    }
    const double mean = mean_of(y);
    if (const double rare = std::min(mean, 1 - mean); !is_rated || rare > rarest) {
      rarest = rare;
      survival.outcome = survives;
    }
    is_rated = true;
    const sensitivity::Outcome holds = asked(actor, "value_share");
    if (const double spread = spread_of(sensitivity::outcomes_of(study, holds, store).y); spread > widest) {
      widest = spread;
      land.outcome = holds;
    }
  }
  if (!is_rated || rarest >= kLeastRare || widest <= 0) {
    return survival;
  }
  land.why = fmt::format(
      "Every survival is the same in more than {:.0f} of 100 runs: what is asked is the land that is least certain.",
      100 * (1 - kLeastRare));
  return land;
}

std::string question(const Study& study, const SensitivityArguments& a) {
  std::vector<std::string> ids;
  for (const auto& rival : study.rivals) {
    ids.push_back(rival.id);
  }
  const War& war = study.war();
  return fmt::format("sensitivity package {} accounts [{}] set [{}] from {} until {} seed {} steps {} by {}",
                     war.sha256, fmt::join(ids, " "), fmt::join(a.settings, " "), format_date(war.start),
                     format_date(war.end), a.seed, a.steps_per_day, a.by);
}

output::Provenance provenance(const Study& study, const SensitivityArguments& a) {
  output::Provenance p = begin_provenance(a.command_line, a.package, a.settings, a.threads);
  for (const auto& rival : study.rivals) {
    p.accounts.push_back(rival.id);
  }
  return p;
}

}  // namespace

void add_sensitivity_options(CLI::App& app, SensitivityArguments& a) {
  app.add_option("package", a.package, "Folder of the scenario package")->required();
  app.add_option("--outcome", a.outcomes,
                 "What to explain: actors.ID.survives (or final_fighters, value_share, losses, ...), "
                 "places.ID.control.ACTOR, civilian_harm (repeatable: more outcomes of the same runs). Without it: the "
                 "survival that is least certain, or the land where each survival is all but certain");
  app.add_option("--account", a.accounts,
                 "Accounts that compete, believed alike; base: the package as it stands (repeatable). Without it: base "
                 "and all accounts of the package");
  app.add_option("--set", a.settings,
                 "A number changed in all accounts, or all that the path names: path=value (repeatable)");
  app.add_option("--runs", a.runs, "Realizations in all, at most")
      ->capture_default_str()
      ->check(CLI::Range(1U, 100'000'000U));
  app.add_option("--by", a.by,
                 "Groups of numbers that are resampled for their total order: basis (what they rest on: claims, "
                 "outside sources, "
                 "assumptions), source, table or parameter")
      ->capture_default_str()
      ->check(CLI::IsMember({"basis", "source", "table", "parameter"}));
  app.add_option("--seed", a.seed, "Seed of all random numbers")->capture_default_str();
  app.add_option("--from", a.from, "First day, instead of the scenario's");
  app.add_option("--until", a.until, "Last day, instead of the scenario's");
  add_stepping_options(app, a.steps_per_day, a.threads);
  app.add_option("--out", a.out, "New folder for sensitivity.csv, .json, .svg and provenance.json");
  app.add_flag("--resume", a.resume, "Go on with a study that was interrupted in --out")->needs("--out");
  app.add_flag("--json", a.json, "Print the result as JSON instead of tables");
  app.add_flag("--quiet", a.quiet, "No progress and no remarks");
  app.footer(
      "Examples:\n"
      "  truel sensitivity scenarios/syria-2016 --until 2016-06-30 --runs 260\n"
      "  truel sensitivity scenarios/syria-2016 --outcome actors.isis.survives --until 2016-12-31 --runs 260 --out "
      "whom-to-believe\n"
      "  truel sensitivity scenarios/syria-2016 --outcome places.raqqa.control.isis --account magnier --account "
      "isis_survives --until 2016-06-30 --runs 260\n"
      "  truel sensitivity scenarios/syria-2016 --outcome civilian_harm --by table --until 2016-12-31 --runs 400\n"
      "With hundreds of uncertain numbers, shares need thousands of runs: leave --runs out for 10,000.");
}

int sensitivity_command(const SensitivityArguments& a) {
  const auto study = study_of(a);
  if (!study) {
    return report(study.error(), kWrongInput);
  }
  auto outcomes = outcomes_of(study->war(), a);
  if (!outcomes) {
    return report(outcomes.error(), kWrongInput);
  }
  const std::size_t size = study->block_size();
  const auto blocks = static_cast<std::uint32_t>(a.runs / size);
  if (blocks < sensitivity::kLeastBlocks) {
    return report({{{},
                    fmt::format("--runs {}: a block of the design takes {} runs, and fewer than {} blocks say nothing",
                                a.runs, size, sensitivity::kLeastBlocks),
                    fmt::format("give --runs {} or more{}", size * sensitivity::kLeastBlocks,
                                a.by == "parameter" ? ", or --by basis" : "")}},
                  kWrongInput);
  }
  const fs::path store_path = a.out.empty() ? fs::path() : fs::path(a.out) / ".runs";
  if (!a.out.empty() && fs::exists(a.out) && !a.resume) {
    return report({folder_exists(a.out, store_path)}, kWrongInput);
  }
  if (a.resume && !fs::exists(store_path)) {
    return report({{{a.out}, "holds no interrupted study", "leave --resume out, or give another --out"}}, kWrongInput);
  }
  std::optional<ensemble::RunStore> store;
  if (const int status = open_store(a.out, store_path, question(*study, a), a.resume, store); status != kDone) {
    return status;
  }
  if (a.resume && !a.quiet) {
    say("going on with {} runs done\n", store->size());
  }

  sensitivity::SampleOptions options;
  options.solve.seed = a.seed;
  options.solve.steps_per_day = a.steps_per_day;
  options.solve.every_days = std::max(1, study->war().end - study->war().start);  // the last day is all that is asked
  options.blocks = blocks;
  options.threads = a.threads;
  const std::atomic<bool>& interrupted = watch_for_interrupts();
  options.stop = &interrupted;
  output::Provenance origin = provenance(*study, a);
  const auto begin = std::chrono::steady_clock::now();
  bool has_space = true;
  {
    ProgressLine line(a.quiet);
    options.progress = [&](const ensemble::Progress& p) { line.show(p.done, p.wanted, p.seconds); };
    has_space = sensitivity::run(*study, options, *store);
  }
  origin.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (!has_space) {
    return report({{{store_path.string()}, "cannot be written further", "free space on the disk, then add --resume"}},
                  kFailed);
  }
  const bool was_interrupted = interrupted.load();
  const std::string how_on = a.out.empty() ? "" : "; the same command with --resume goes on";
  std::string why_this;
  if (outcomes->empty()) {
    const Chosen chosen = least_certain(*study, *store);
    outcomes->push_back(chosen.outcome);
    why_this = chosen.why;
  }
  std::vector<sensitivity::Analysis> analyses;
  for (const sensitivity::Outcome& outcome : *outcomes) {
    const sensitivity::Outcomes values = sensitivity::outcomes_of(*study, outcome, *store);
    if (values.blocks.size() < sensitivity::kLeastBlocks) {
      const std::string count =
          fmt::format("{} whole blocks of {} runs in which {} exists", values.blocks.size(), size, outcome.name);
      if (was_interrupted) {
        say("interrupted after {}: too few to say anything{}\n", count, how_on);
        return kInterrupted;
      }
      return report({{{},
                      fmt::format("only {}; {} runs failed", count, values.failed_runs),
                      "ask for an outcome that exists under every account"}},
                    kFailed);
    }
    analyses.push_back(sensitivity::analyse(*study, outcome, values, a.seed, a.threads));
    if (was_interrupted) {
      analyses.back().stopped_before = std::size_t{blocks} * size;
    }
  }
  origin.finished = utc_now();
  if (!a.out.empty()) {
    const auto files = output::write_sensitivity(*study, options.solve, analyses, origin, a.out);
    if (!files) {
      return report(files.error(), kFailed);
    }
    if (!was_interrupted) {
      std::error_code error;
      fs::remove(store_path, error);
    }
  }
  if (a.json) {
    fmt::print("{}\n", output::sensitivity_json(*study, options.solve, analyses, origin));
  } else {
    if (!why_this.empty()) {
      fmt::print("{}\n", why_this);
    }
    for (std::size_t i = 0; i < analyses.size(); ++i) {
      fmt::print("{}{}\n", i > 0 ? "\n" : "", output::sensitivity_table(*study, analyses[i], terminal_columns()));
    }
  }
  if (!a.quiet) {
    say("{} runs in {:.1f} s{}\n", store->size(), origin.seconds, a.out.empty() ? "" : "; results in " + a.out);
  }
  if (was_interrupted) {
    say("interrupted: {} of {} runs are done and kept{}\n", store->size(), blocks * size, how_on);
    return kInterrupted;
  }
  return kDone;
}

}  // namespace truel::cli
