#include "truel/ensemble/compare/why.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "truel/ensemble/compare/variants.hpp"

namespace truel::ensemble {
namespace {

/// Places times actors beyond which a run takes milliseconds.
constexpr int kSmallWar = 500;
constexpr std::uint32_t kLeastScreening = 8;

/// Mean effort that each actor aimed at this one, and its mean fighters, over the runs.
struct MeanEffort {
  std::vector<double> effort, fighters;  ///< [attacker]
};

MeanEffort aimed_at(const CompiledModel& model, ActorIndex actor, std::span<const KeptRun> kept) {
  const std::size_t n = at(model.n_actors());
  MeanEffort mean{std::vector<double>(n), std::vector<double>(n)};
  double runs = 0;
  for (const KeptRun& k : kept) {
    if (k.run.status != solver::RunStatus::complete) {
      continue;
    }
    ++runs;
    const std::size_t n_times = k.run.fighters.size() / n;
    for (std::size_t a = 0; a < n; ++a) {
      const auto begin = k.run.fighters.begin() + static_cast<std::ptrdiff_t>(a * n_times);
      mean.effort[a] += k.run.effort[a * n + at(actor)];
      mean.fighters[a] +=
          std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(n_times), 0.0) / static_cast<double>(n_times);
    }
  }
  for (auto* list : {&mean.effort, &mean.fighters}) {
    for (double& x : *list) {
      x /= std::max(1.0, runs);
    }
  }
  return mean;
}

/// Adds one command's scores of one day.
class ScoreBook {
 public:
  void add(std::span<const PriorityRecord> day, ActorIndex actor) {
    const auto own = std::find_if(day.begin(), day.end(), [&](const PriorityRecord& r) { return r.target == actor; });
    if (own == day.end()) {
      return;
    }
    ++decisions_;
    const auto top = std::max_element(day.begin(), day.end(), [](const auto& x, const auto& y) {
      return x.score < y.score;  // of equals the first, by id
    });
    if (top->score <= own->score) {
      ++first_;
      return;
    }
    ++rather_[top->target];
    for (std::size_t f = 0; f < kept_off_.size(); ++f) {
      kept_off_[f] += top->contribution[f] - own->contribution[f];
    }
    gap_ += top->score - own->score;
  }

  void write(EnemyEffort& enemy, double runs) const {
    enemy.decisions = decisions_ / std::max(1.0, runs);
    enemy.first = decisions_ > 0 ? first_ / decisions_ : 0;
    const double others = decisions_ - first_;
    if (others <= 0) {
      return;
    }
    const auto most = std::max_element(rather_.begin(), rather_.end(),
                                       [](const auto& x, const auto& y) { return x.second < y.second; });
    enemy.rather = most->first;
    enemy.rather_share = most->second / others;
    enemy.gap = gap_ / others;
    for (std::size_t f = 0; f < kept_off_.size(); ++f) {
      enemy.kept_off[f] = kept_off_[f] / others;
    }
  }

 private:
  double decisions_ = 0, first_ = 0, gap_ = 0;
  std::map<ActorIndex, double> rather_;
  std::array<double, kFeatures.size()> kept_off_{};
};

/// Commands at war with the actor on some day: they scored it, or aimed at it.
std::vector<EnemyEffort> enemies_of(const CompiledModel& model, ActorIndex actor, std::span<const KeptRun> kept) {
  std::vector<ScoreBook> books(at(model.n_commands()));
  std::vector<std::uint8_t> scored(books.size());
  double runs = 0;
  for (const KeptRun& k : kept) {
    if (k.run.status != solver::RunStatus::complete) {
      continue;
    }
    ++runs;
    const std::span<const PriorityRecord> records = k.path.journal.priorities;
    for (std::size_t from = 0; from < records.size();) {  // the records of a command and day follow one another
      std::size_t to = from;
      while (to < records.size() && records[to].command == records[from].command &&
             records[to].day == records[from].day) {
        scored[at(records[from].command)] |= records[to].target == actor;
        ++to;
      }
      books[at(records[from].command)].add(records.subspan(from, to - from), actor);
      from = to;
    }
  }
  const MeanEffort aimed = aimed_at(model, actor, kept);
  std::vector<EnemyEffort> enemies;
  for (CommandIndex c = 0; c < model.n_commands(); ++c) {
    EnemyEffort enemy{.command = c};
    double effort = 0;
    for (const ActorIndex a : model.members(c)) {
      effort = std::max(effort, aimed.effort[at(a)]);
      enemy.could += aimed.fighters[at(a)];
      enemy.aimed += aimed.fighters[at(a)] * aimed.effort[at(a)];
    }
    if (c == model.command_of(actor) || (effort <= 0 && scored[at(c)] == 0)) {
      continue;
    }
    enemy.share = enemy.could > 0 ? enemy.aimed / enemy.could : effort;  // an air arm has no fighters
    books[at(c)].write(enemy, runs);
    enemies.push_back(enemy);
  }
  std::stable_sort(enemies.begin(), enemies.end(),
                   [](const EnemyEffort& x, const EnemyEffort& y) { return x.could > y.could; });
  return enemies;
}

/// The numbers of the actor in a stretch of realizations, with all but the last day left out.
struct Numbers {
  std::vector<double> life, fighters, survival, asked;

  Numbers of(std::size_t from, std::size_t count) const {
    const auto part = [&](const std::vector<double>& all) {
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
      return std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(count));
    };
    return {part(life), part(fighters), part(survival), part(asked)};
  }
};

/// asked: whose numbers are those of the last list.
Numbers numbers_of(const CompiledModel& model, ActorIndex actor, const Metric& asked, const EnsembleOptions& options,
                   std::size_t& failed_runs) {
  const Metric metrics[] = {metric_of(ActorOutcome::collapse_day, actor),
                            metric_of(ActorOutcome::final_fighters, actor),
                            metric_of("actors.ACTOR.survival_probability", {.actor = actor}), asked};
  Measurement measured = measure(model, options, metrics);
  failed_runs += measured.failed;
  Numbers numbers{std::move(measured.numbers[0]), std::move(measured.numbers[1]), std::move(measured.numbers[2]),
                  std::move(measured.numbers[3])};
  for (std::size_t r = 0; r < numbers.life.size(); ++r) {
    numbers.life[r] = numbers.survival[r] == 1 ? model.n_days() : numbers.life[r];
  }
  return numbers;
}

ChangeEffect effect_of(const War& war, const Change& change, const Numbers& as_it_is, const Numbers& changed) {
  return {change.what,
          settings_of(war, change),
          mean_of(differences(changed.life, as_it_is.life)),
          mean_of(differences(changed.fighters, as_it_is.fighters)),
          mean_of(differences(changed.survival, as_it_is.survival)),
          mean_of(differences(changed.asked, as_it_is.asked))};
}

bool shortens_more(const ChangeEffect& x, const ChangeEffect& y) {
  return x.life.value != y.life.value ? x.life.value < y.life.value : x.fighters.value < y.fighters.value;
}

bool moves_more(const ChangeEffect& x, const ChangeEffect& y) {
  return std::abs(x.asked.value) > std::abs(y.asked.value);
}

}  // namespace

std::uint32_t default_why_runs(const CompiledModel& model) {
  return model.n_places() * model.n_actors() <= kSmallWar ? 200 : 40;
}

Result<Explanation> why(const CompiledModel& model, ActorIndex actor, const ExplanationOptions& options) {
  const std::string& id = model.war().actors[at(actor)].id;
  if (model.is_air(actor)) {
    return Diagnostic{{}, id + " is an air actor: it holds no ground and cannot collapse", "name a ground actor"};
  }
  Explanation result;
  result.actor = actor;
  result.runs = options.ensemble.runs;
  result.screening_runs = std::max(kLeastScreening, options.ensemble.runs / 4);
  result.metric = options.metric;
  const Metric asked = options.metric ? options.metric->metric : metric_of(ActorOutcome::final_fighters, actor);
  const auto ranks_before = options.metric ? moves_more : shortens_more;
  EnsembleOptions once = options.ensemble;
  once.solve.every_days = stored_every(std::span(&asked, 1), model.n_days());

  const auto screening = static_cast<std::uint32_t>(result.screening_runs);
  std::vector<std::uint32_t> numbers(std::min(options.journals, screening + options.ensemble.runs));
  std::iota(numbers.begin(), numbers.end(), 0U);
  solver::SolveOptions solve = options.ensemble.solve;
  solve.every_days = std::max(solve.every_days, model.n_days() / 20);  // for mean strengths
  const std::vector<KeptRun> kept = replay(model, solve, numbers, options.ensemble.stop, Follow::events);
  if (options.ensemble.stop != nullptr && *options.ensemble.stop) {
    return result;
  }
  result.enemies = enemies_of(model, actor, kept);

  const std::vector<Change> changes = single_changes(model, actor, result.enemies);
  result.tried = changes.size();
  const std::size_t shown = std::min(options.shown, changes.size());
  ProgressOfAll counter(options.ensemble.progress,
                        screening + once.runs + changes.size() * screening + shown * once.runs);
  const auto measured = [&](const CompiledModel& of, std::uint32_t first, std::uint32_t runs) {
    EnsembleOptions stretch = once;
    stretch.first = first;
    stretch.runs = runs;
    counter.attach(stretch);
    return numbers_of(of, actor, asked, stretch, result.failed_runs);
  };
  const Numbers as_it_is = measured(model, 0, screening + once.runs);
  result.survival = mean_of(as_it_is.survival);
  result.life = mean_of(as_it_is.life);
  result.fighters = mean_of(as_it_is.fighters);
  result.asked = mean_of(as_it_is.asked);
  if (result.survival.n == 0) {
    return Diagnostic{{}, id + " is never in the war", "name an actor that has fighters or land"};
  }
  if (result.asked.n == 0) {
    return Diagnostic{{}, options.metric->name + " has no number in any run", "ask for another metric"};
  }

  std::vector<std::pair<ChangeEffect, std::size_t>> screened;
  const auto run_change = [&](std::size_t c, std::uint32_t first, std::uint32_t runs) -> Result<ChangeEffect> {
    auto war = std::make_shared<War>(model.war());
    for (const auto& [parameter, value] : changes[c].held) {
      hold(*war, parameter, value);
    }
    TRUEL_TRY(const auto changed, compile(std::move(war)));
    return effect_of(model.war(), changes[c], as_it_is.of(first, runs), measured(changed, first, runs));
  };
  for (std::size_t c = 0; c < changes.size(); ++c) {
    TRUEL_TRY(const auto effect, run_change(c, 0, screening));
    screened.emplace_back(effect, c);
  }
  std::stable_sort(screened.begin(), screened.end(),
                   [&](const auto& x, const auto& y) { return ranks_before(x.first, y.first); });
  for (std::size_t k = 0; k < shown; ++k) {
    TRUEL_TRY(const auto effect, run_change(screened[k].second, screening, once.runs));
    result.changes.push_back(effect);
  }
  std::stable_sort(result.changes.begin(), result.changes.end(), ranks_before);
  return result;
}

}  // namespace truel::ensemble
