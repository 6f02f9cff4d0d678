#include "truel/app/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "truel/app/package.hpp"
#include "truel/ensemble/compare/compare.hpp"
#include "truel/ensemble/compare/united.hpp"
#include "truel/sensitivity/sample.hpp"

namespace truel::app {
namespace {

/// A survival that goes the rarer way in fewer runs than this has too little to explain.
constexpr double kLeastRare = 0.05;

/// Mean square distance from the mean.
double spread_of(const std::vector<double>& y) {
  const double mean = mean_of(y).value;
  return std::accumulate(y.begin(), y.end(), 0.0, [&](double sum, double x) { return sum + (x - mean) * (x - mean); }) /
         std::max<double>(1, static_cast<double>(y.size()));
}

}  // namespace

sensitivity::Rival rival_of(const std::string& account, const CompiledModel& model) {
  const auto& accounts = model.war().accounts;
  const auto known = std::find_if(accounts.begin(), accounts.end(), [&](const Account& a) { return a.id == account; });
  return {account, known == accounts.end() ? "The basic model" : known->title, model};
}

Result<sensitivity::Study> study_of(const std::filesystem::path& package, const scenario::Overlay& overlay,
                                    std::vector<std::string> accounts, sensitivity::Grouping grouping) {
  scenario::Overlay laid = overlay;
  laid.accounts.clear();
  const auto base = load(package, laid);
  if (!base) {
    return base.error();
  }
  if (accounts.empty()) {
    accounts.emplace_back(kBase);
    for (const Account& account : base->war().accounts) {
      if (account.draws.rows() == 0) {
        accounts.push_back(account.id);
      }
    }
  }
  std::vector<std::string> sorted = accounts;
  std::sort(sorted.begin(), sorted.end());
  if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end()) {
    return Diagnostic{{}, fmt::format("--account {} is given twice", *twice), "name each account once"};
  }
  std::vector<sensitivity::Rival> rivals;
  for (const std::string& id : accounts) {
    laid.accounts = {id};
    TRUEL_TRY(const auto model, id == kBase ? base : load_with(base->war(), laid));
    rivals.push_back(rival_of(id, model));
  }
  return sensitivity::make_study(std::move(rivals), grouping);
}

Result<std::vector<sensitivity::Outcome>> outcomes_of(const War& war, const std::vector<std::string>& names) {
  std::vector<sensitivity::Outcome> outcomes;
  Diagnostics faults;
  for (const std::string& name : names) {
    const auto outcome = sensitivity::parse_outcome(war, name);
    if (outcome) {
      outcomes.push_back(*outcome);
    } else {
      outcome.add_error_to(faults);
    }
  }
  if (!faults.empty()) {
    return faults;
  }
  return outcomes;
}

Result<sensitivity::SampleOptions> sample_options(const sensitivity::Study& study, std::uint32_t runs,
                                                  std::uint64_t seed, int steps_per_day, int threads,
                                                  const char* option) {
  const std::size_t size = study.block_size();
  sensitivity::SampleOptions options;
  options.blocks = static_cast<std::uint32_t>(runs / size);
  if (options.blocks < sensitivity::kLeastBlocks) {
    return Diagnostic{{},
                      fmt::format("{}{}: a block of the design takes {} runs, and fewer than {} blocks say nothing",
                                  option, runs, size, sensitivity::kLeastBlocks),
                      fmt::format("give {}{} or more{}", option, size * sensitivity::kLeastBlocks,
                                  study.grouping == sensitivity::Grouping::parameter ? ", or group by basis" : "")};
  }
  options.solve.seed = seed;
  options.solve.steps_per_day = steps_per_day;
  options.solve.every_days = std::max(1, study.war().end - study.war().start);  // the last day is all that is asked
  options.threads = threads;
  return options;
}

std::string whole_blocks(const sensitivity::Study& study, const sensitivity::Outcome& outcome,
                         const sensitivity::Outcomes& values) {
  return fmt::format("{} whole blocks of {} runs in which {} exists", values.blocks.size(), study.block_size(),
                     outcome.name);
}

Result<sensitivity::Analysis> analysis_of(const sensitivity::Study& study, const sensitivity::Outcome& outcome,
                                          const sensitivity::Outcomes& values, std::uint64_t seed, int threads) {
  if (values.blocks.size() < sensitivity::kLeastBlocks) {
    return Diagnostic{{},
                      fmt::format("only {}; {} runs failed", whole_blocks(study, outcome, values), values.failed_runs),
                      "ask for an outcome that exists under every account"};
  }
  return sensitivity::analyse(study, outcome, values, seed, threads);
}

Result<std::vector<ActorIndex>> united_actors(const CompiledModel& model, const std::vector<std::string>& ids) {
  std::vector<ActorIndex> actors;
  Diagnostics wrong;
  for (const std::string& id : ids) {
    if (id == "all") {
      for (ActorIndex actor = 0; actor < model.n_actors(); ++actor) {
        if (!model.is_air(actor) && !ensemble::enemies_of(model, actor).empty()) {
          actors.push_back(actor);
        }
      }
      continue;
    }
    const auto actor = actor_of(model.war(), id, "--if-united");
    if (!actor) {
      actor.add_error_to(wrong);
    } else if (model.is_air(*actor)) {
      wrong.push_back(
          {{}, fmt::format("--if-united {}: is an air actor and holds no land", id), "name a ground actor"});
    } else if (ensemble::enemies_of(model, *actor).size() < 2) {
      wrong.push_back({{},
                       fmt::format("--if-united {}: it has fewer than two enemies on the first day", id),
                       "name an actor whose enemies could unite, or all"});
    } else {
      actors.push_back(*actor);
    }
  }
  if (!wrong.empty()) {
    return wrong;
  }
  return actors;
}

std::optional<Diagnostic> no_difference(const War& first, const War& second, const char* hint) {
  if (ensemble::fork_day(first, second)) {
    return std::nullopt;
  }
  return Diagnostic{{}, "the two sides differ in no number that counts between the first day and the last", hint};
}

ChosenOutcome least_certain(const sensitivity::Study& study, const ensemble::RunStore& store) {
  const War& war = study.war();
  const auto asked = [&](const Actor& actor, const char* what) {
    return *sensitivity::parse_outcome(war, fmt::format("actors.{}.{}", actor.id, what));
  };
  ChosenOutcome survival{*sensitivity::parse_outcome(war, "civilian_harm"), ""};
  ChosenOutcome land;
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
    const double mean = mean_of(y).value;
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
      "Every survival is the same in more than {:.0f} % of the runs: what is asked is the land that is least certain.",
      100 * (1 - kLeastRare));
  return land;
}

}  // namespace truel::app
