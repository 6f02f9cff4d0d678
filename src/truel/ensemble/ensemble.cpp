#include "truel/ensemble/ensemble.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <memory>
#include <mutex>
#include <numeric>

#include "truel/ensemble/design.hpp"
#include "truel/ensemble/parallel.hpp"
#include "truel/ensemble/parts.hpp"
#include "truel/ensemble/store/run_record.hpp"
#include "truel/ensemble/summary/metrics.hpp"
#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/declarations.hpp"
#include "truel/solver/stoppable.hpp"

namespace truel::ensemble {

using solver::Run;

namespace {

/// Realizations after which `precision` is looked at again. Fixed, so that the number of runs depends on the results
/// alone.
constexpr std::uint32_t kPrecisionBlock = 256;

/// Places times actors that the wars of a batch have together, and the most realizations of a batch.
constexpr std::size_t kBatchWork = 2048;
constexpr std::size_t kLargestBatch = 256;

bool is_stopped(const EnsembleOptions& options) {
  return options.stop != nullptr && options.stop->load(std::memory_order_relaxed);
}

/// How many of the first were solved (solver::solve_until).
std::size_t solve_numbers(const std::atomic<bool>* stop, const CompiledModel& model,
                          const solver::SolveOptions& options, std::span<const std::uint32_t> numbers,
                          std::span<Run> runs, std::span<solver::Path* const> paths, std::vector<double>& values) {
  const std::size_t n_values = model.war().parameters.size();
  values.resize(numbers.size() * n_values);
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    draw_parameters(model, options.seed, numbers[k], std::span(values).subspan(k * n_values, n_values));
  }
  return solver::solve_until(stop, model, options, numbers, values, runs, paths);
}

/// What a batch needs while it is solved; the next one takes it over, so that small wars do not spend their time on
/// asking for memory.
struct Workspace {
  std::vector<Run> runs;
  std::vector<double> values;
};

/// Those that no batch works with.
class Workspaces {
 public:
  std::unique_ptr<Workspace> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) {
      return std::make_unique<Workspace>();
    }
    std::unique_ptr<Workspace> workspace = std::move(free_.back());
    free_.pop_back();
    return workspace;
  }
  void give_back(std::unique_ptr<Workspace> workspace) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(workspace));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Workspace>> free_;
};

/// Solves realizations in batches on all cores; `make` works on finished batches side by side, `take` gets what it made
/// one at a time.
template <class IsStopped, class Make, class Take>
void solve_batches(const CompiledModel& model, const EnsembleOptions& options, const std::function<void(Run&)>& reduce,
                   std::span<const std::uint32_t> todo, const IsStopped& is_stopped, const Make& make,
                   const Take& take) {
  std::mutex mutex;
  Workspaces workspaces;
  // Few realizations, each maybe long, are shared out among the threads all the same.
  const std::size_t size = std::min(batch_size(model), todo.size() / 16 + 1);
  const std::size_t batches = (todo.size() + size - 1) / size;
  for_each_index(batches, options.threads, [&](std::size_t b) {
    if (is_stopped()) {
      return;
    }
    const auto numbers = todo.subspan(b * size, std::min(size, todo.size() - b * size));
    std::unique_ptr<Workspace> workspace = workspaces.take();
    workspace->runs.resize(std::max(workspace->runs.size(), numbers.size()));
    const std::vector<solver::Path*> no_paths(numbers.size(), nullptr);
    const std::span<Run> asked = std::span(workspace->runs).first(numbers.size());
    const std::span<Run> runs =
        asked.first(solve_numbers(options.stop, model, options.solve, numbers, asked, no_paths, workspace->values));
    if (runs.empty()) {  // stopped before the first was done: nothing to take, and no progress to tell
      return;
    }
    if (reduce) {
      std::for_each(runs.begin(), runs.end(), reduce);
    }
    {
      const auto made = make(std::span<const Run>(runs));
      const std::lock_guard lock(mutex);
      take(made);
    }
    workspaces.give_back(std::move(workspace));
  });
}

/// What `precision` looks at: how many realizations each actor survives.
class SurvivalTally {
 public:
  explicit SurvivalTally(const CompiledModel& model) : survival_(at(model.n_actors())) {}

  void add(const Run& run) {
    for (std::size_t a = 0; a < survival_.size() && run.status == solver::RunStatus::complete; ++a) {
      if (const double survives = run.of(static_cast<ActorIndex>(a), ActorOutcome::survives); !std::isnan(survives)) {
        survival_[a].add(survives, run.number);
      }
    }
  }

  /// As EnsembleOptions::precision measures it, of the actor whose survival is least certain.
  double error() const {
    double worst = 0;
    for (const Moments& m : survival_) {
      const Interval interval = m.interval();
      worst = m.n() > 0 ? std::max(worst, (interval.high - interval.low) / 2 / 1.96) : worst;
    }
    return worst;
  }

 private:
  std::vector<Moments> survival_;
};

/// Gathers what the settlement law says; does nothing where it does not act.
class SettlementTally {
 public:
  SettlementTally(const SettlementShape& shape, std::size_t n_times)
      : shape_(shape),
        n_times_(n_times),
        last_day_(shape.size()),
        median_(at(shape.issues) * n_times),
        mean_(median_.size()) {}

  void add(const Run& run) {
    for (std::size_t i = 0; i < last_day_.size(); ++i) {
      if (!std::isnan(run.settlement[i])) {
        last_day_[i].add(run.settlement[i], run.number);
      }
    }
    for (IssueIndex i = 0; i < shape_.issues; ++i) {
      for (std::size_t t = 0; t < n_times_; ++t) {
        const auto value = [&](SettlementSeries s) {
          return static_cast<double>(run.settlement_series[shape_.series(i, s) * n_times_ + t]);
        };
        median_[at(i) * n_times_ + t].add(value(SettlementSeries::median), run.number);
        mean_[at(i) * n_times_ + t].add(value(SettlementSeries::mean), run.number);
      }
    }
  }

  SettlementSummary summary() {
    SettlementSummary s;
    for (const Moments& m : last_day_) {
      s.last_day.push_back({.mean = m.mean(), .se = m.se()});
    }
    for (std::size_t i = 0; i < median_.size(); ++i) {
      s.median.push_back(median_[i].quantity());
      s.mean.push_back(mean_[i].quantity());
    }
    return s;
  }

 private:
  const SettlementShape& shape_;
  std::size_t n_times_;
  std::vector<Moments> last_day_;
  std::vector<QuantityTally> median_, mean_;  ///< [issue][time]
};

}  // namespace

std::size_t batch_size(const CompiledModel& model) {
  const std::size_t work = std::max<std::size_t>(1, at(model.n_places()) * at(model.n_actors()));
  return std::clamp<std::size_t>(kBatchWork / work, 1, kLargestBatch);
}

namespace {

/// Solves these realizations and appends them to the store, reduced, number + offset. `each` sees what was appended,
/// `progress` is told how many the store then has, both one at a time. False: the disk is full.
bool append_solved(const CompiledModel& model, const EnsembleOptions& options, const std::function<void(Run&)>& reduce,
                   std::span<const std::uint32_t> numbers, std::uint32_t offset, RunStore& store,
                   const std::function<void(const Run&)>& each, const std::function<void(std::size_t)>& progress) {
  std::atomic<bool> has_space{true};
  const auto is_over = [&] { return is_stopped(options) || !has_space; };
  struct Made {
    RunRecords records;
    std::span<const Run> runs;
  };
  const auto recorded = [&](std::span<const Run> runs) {
    Made made{{}, runs};
    for (const Run& one : runs) {
      made.records.add(one, offset + one.number);
    }
    return made;
  };
  solve_batches(model, options, reduce, numbers, is_over, recorded, [&](const Made& made) {
    has_space = has_space.load() && store.append(made.records);
    std::for_each(made.runs.begin(), made.runs.end(), each);
    progress(store.size());
  });
  return has_space;
}

}  // namespace

RunEnd run(const CompiledModel& model, const EnsembleOptions& options, RunStore& store) {
  const auto begin = std::chrono::steady_clock::now();
  bool has_space = true;
  SurvivalTally survival(model);
  Run shape;
  shape.resize(model, solver::stored_days(model, options.solve).size());
  store.retain([&](const Run& kept) { return has_shape_of(kept, shape); });

  const auto solve_range = [&](std::uint32_t first, std::uint32_t last) {
    std::vector<std::uint32_t> todo;
    Run kept;
    for (std::uint32_t r = first; r < last; ++r) {
      if (!store.has(r)) {
        todo.push_back(r);
      } else if (options.precision > 0) {
        store.read(r, kept);
        survival.add(kept);
      }
    }
    const auto progress = [&](std::size_t done) {
      tell(options.progress, begin, done, std::max<std::size_t>(last, done));
    };
    has_space = append_solved(
        model, options, {}, todo, 0, store, [&](const Run& one) { survival.add(one); }, progress);
  };

  std::uint32_t wanted = options.runs;
  solve_range(0, wanted);
  while (options.precision > 0 && has_space && !is_stopped(options) && wanted < options.most_runs &&
         survival.error() > options.precision) {
    const std::uint32_t next = std::min(options.most_runs, (wanted / kPrecisionBlock + 1) * kPrecisionBlock);
    solve_range(wanted, next);
    wanted = next;
  }
  store.retain_below(wanted);
  return {has_space, wanted};
}

Work work_of(std::size_t ensembles, const std::function<Member(std::size_t)>& member, const EnsembleOptions& options) {
  const std::uint32_t runs = options.runs;
  Work work;
  work.size = std::uint64_t{runs} * ensembles;
  // Realizations are looked at by number, so that one shape at a time is enough.
  work.fits = [ensembles, member, solve = options.solve, runs, of = ensembles, shape = Run()](const Run& run) mutable {
    const std::size_t k = run.number / runs;
    if (k >= ensembles) {
      return false;
    }
    if (of != k) {
      const Member one = member(k);
      shape.resize(*one.model, solver::stored_days(*one.model, solve).size());
      if (one.reduce) {
        one.reduce(shape);
      }
      of = k;
    }
    return has_shape_of(run, shape);
  };
  work.solve = [member, options](std::span<const std::uint32_t> numbers, RunStore& store,
                                 const TellProgress& progress) {
    const auto begin = std::chrono::steady_clock::now();
    const std::size_t wanted = store.size() + numbers.size();
    const auto appended = [&](std::size_t done) { tell(progress, begin, done, wanted); };
    std::vector<std::uint32_t> own;
    for (std::size_t from = 0; from < numbers.size();) {
      const std::uint32_t k = numbers[from] / options.runs;
      own.clear();
      for (; from < numbers.size() && numbers[from] / options.runs == k; ++from) {
        own.push_back(numbers[from] % options.runs);
      }
      const Member one = member(k);
      if (!append_solved(
              *one.model, options, one.reduce, own, k * options.runs, store, [](const Run&) {}, appended)) {
        return false;
      }
    }
    return true;
  };
  return work;
}

Work work_of(std::vector<const CompiledModel*> models, const EnsembleOptions& options) {
  const std::size_t n = models.size();
  return work_of(
      n, [models = std::move(models)](std::size_t k) { return Member{models[k]}; }, options);
}

bool copy_model(const RunStore& from, std::uint32_t model, std::uint32_t runs, RunStore& to) {
  Run run;
  for (std::uint32_t r = 0; r < runs; ++r) {
    from.read(model * runs + r, run);
    run.number = r;
    if (!to.append(run)) {
      return false;
    }
  }
  return true;
}

void visit(const CompiledModel& model, const EnsembleOptions& options, const std::function<void(const Run&)>& take) {
  visit(model, options, Source{}, take);
}

void visit(const CompiledModel& model, const EnsembleOptions& options, const Source& source,
           const std::function<void(const Run&)>& take) {
  if (source.made != nullptr) {
    Run run;
    for (std::uint32_t r = options.first; r < options.first + options.runs && !is_stopped(options); ++r) {
      source.made->read(source.made_first + r, run);
      run.number = r;
      take(run);
    }
    return;
  }
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::uint32_t> todo(options.runs);
  std::iota(todo.begin(), todo.end(), options.first);
  std::size_t done = 0;
  const auto stopped = [&] { return is_stopped(options); };
  solve_batches(model, options, source.reduce, todo, stopped, std::identity(), [&](std::span<const Run> runs) {
    std::for_each(runs.begin(), runs.end(), take);
    done += runs.size();
    tell(options.progress, begin, done, todo.size());
  });
}

namespace {

/// Adds up the alignments of complete realizations.
class AlignmentTally {
 public:
  AlignmentTally(const CompiledModel& model, std::size_t n_times)
      : n_(laws::Alignment::may_act(model) ? at(model.n_actors()) : 0),
        n_times_(n_times),
        last_(n_ * (n_ + 1) / 2),
        by_time_(last_.size() * n_times) {}

  void add(const Run& run) {
    for (std::size_t pair = 0; pair < last_.size(); ++pair) {
      for (std::size_t t = 0; t < n_times_; ++t) {
        by_time_[pair * n_times_ + t].add(static_cast<double>(run.alignment[pair * n_times_ + t]), run.number);
      }
      last_[pair].add(static_cast<double>(run.alignment[(pair + 1) * n_times_ - 1]), run.number);
    }
  }

  std::optional<AlignmentSummary> summary() {
    if (n_ == 0) {
      return std::nullopt;
    }
    AlignmentSummary s;
    for (QuantityTally& tally : last_) {
      s.last.push_back(tally.quantity());
    }
    for (const Moments& moments : by_time_) {
      s.by_time.push_back(moments.mean());
    }
    return s;
  }

 private:
  std::size_t n_, n_times_;
  std::vector<QuantityTally> last_;
  std::vector<Moments> by_time_;
};

/// The metrics of the questions of a war.
class AnswerTally {
 public:
  AnswerTally(const CompiledModel& model, std::span<const int> days) : model_(model), days_(days) {
    for (const Question& question : model.war().questions) {
      std::vector<Asked>& asked = asked_.emplace_back();
      for (const Metric& metric : question.metrics) {
        asked.push_back({on_stored_day(metric, model.war(), days), {}});
      }
    }
  }

  void add(const Run& run) {
    for (std::vector<Asked>& question : asked_) {
      for (Asked& one : question) {
        if (one.metric) {
          one.tally.add(value_in(run, *one.metric, model_, days_), run.number);
        }
      }
    }
  }

  Answers answers(double runs) {
    Answers answers;
    for (std::vector<Asked>& question : asked_) {
      std::vector<AnswerSummary>& list = answers.emplace_back();
      for (Asked& one : question) {
        AnswerSummary& answer = list.emplace_back();
        if (!one.metric) {
          continue;
        }
        answer.quantity = one.tally.quantity();
        answer.share = one.tally.moments.n() / runs;
        answer.day = one.metric->day;
        if (metric_info(one.metric->kind).is_probability && answer.share > 0) {
          answer.interval = one.tally.moments.interval();
        }
      }
    }
    return answers;
  }

 private:
  struct Asked {
    std::optional<Metric> metric;  ///< none: its day is not one of the run
    QuantityTally tally;
  };
  const CompiledModel& model_;
  std::span<const int> days_;
  std::vector<std::vector<Asked>> asked_;
};

}  // namespace

Summary summarise(const CompiledModel& model, const solver::SolveOptions& options, const RunStore& store) {
  const std::size_t n = at(model.n_actors());
  const std::size_t n_places = at(model.n_places());
  Summary summary;
  summary.days = solver::stored_days(model, options);
  summary.numbers = store.numbers();
  const std::size_t n_times = summary.days.size();
  summary.actors.resize(n);
  AnswerTally answers(model, summary.days);

  std::vector<Moments> first(n);
  const std::size_t n_outcomes = actor_outcomes().size();
  std::vector<QuantityTally> outcomes(n * n_outcomes);
  const auto tally_of = [&](std::size_t a, ActorOutcome o) -> QuantityTally& {
    return outcomes[a * n_outcomes + static_cast<std::size_t>(o)];
  };
  std::vector<Moments> survival(n);
  std::vector<QuantityTally> dyad_losses(n * n), dyad_effort(n * n), dyad_attacks(n * n * kAttackTallyCount);
  summary.plans.resize(at(model.n_commands()));
  std::vector<double> dyad_sum(n * n * n_times, 0);
  std::vector<std::uint32_t> control(n_places * n_times * (n + 1), 0);
  std::vector<Moments> fighters(n * n_times), territory(n * n_times);
  std::vector<std::uint32_t> complete;
  QuantityTally harm;
  AlignmentTally alignment(model, n_times);
  std::vector<QuantityTally> war_outcome(laws::count_war_outcomes(model));
  SettlementTally settlement(model.settlement(), n_times);
  MonthsSeen months;
  std::vector<ActorOutcome> in_summary;
  for (const ActorOutcomeInfo& info : actor_outcomes()) {
    if (info.is_in(kInSummary)) {
      in_summary.push_back(info.outcome);
    }
  }
  Run run;
  for (const std::uint32_t number : summary.numbers) {
    store.read(number, run);
    if (run.status != solver::RunStatus::complete) {
      ++summary.failed_runs;
      continue;
    }
    complete.push_back(number);
    answers.add(run);
    harm.add(run.civilian_harm, number);
    alignment.add(run);
    for (std::size_t o = 0; o < war_outcome.size(); ++o) {
      war_outcome[o].add(run.war_outcome[o], number);
    }
    summary.decisions.games += run.games.games;
    summary.decisions.converged += run.games.converged;
    summary.decisions.cycles += run.games.cycles;
    summary.decisions.rounds += run.games.rounds;
    settlement.add(run);
    months.add(run.months);
    for (std::size_t c = 0; c < summary.plans.size(); ++c) {
      summary.plans[c].add(run.plans[c]);
    }
    for (std::size_t a = 0; a < n; ++a) {
      const auto of = [&](ActorOutcome o) { return run.of(static_cast<ActorIndex>(a), o); };
      first[a].add(of(ActorOutcome::first_fighters), number);
      if (!std::isnan(of(ActorOutcome::survives))) {
        survival[a].add(of(ActorOutcome::survives), number);
      }
      for (const ActorOutcome outcome : in_summary) {
        tally_of(a, outcome).add(of(outcome), number);
      }
      for (std::size_t t = 0; t < n_times; ++t) {
        fighters[a * n_times + t].add(static_cast<double>(run.fighters[a * n_times + t]), number);
        territory[a * n_times + t].add(static_cast<double>(run.value_share[a * n_times + t]), number);
      }
    }
    for (std::size_t d = 0; d < n * n; ++d) {
      dyad_losses[d].add(run.losses[d], number);
      dyad_effort[d].add(run.effort[d], number);
      for (std::size_t k = 0; k < kAttackTallyCount; ++k) {
        dyad_attacks[d * kAttackTallyCount + k].add(run.attacks[d * kAttackTallyCount + k], number);
      }
      for (std::size_t t = 0; t < n_times && run.losses[d] > 0; ++t) {
        dyad_sum[d * n_times + t] += static_cast<double>(run.dyad_losses[d * n_times + t]);
      }
    }
    for (std::size_t pt = 0; pt < n_places * n_times; ++pt) {
      const int holder = run.control[pt];
      ++control[pt * (n + 1) + (holder == kNone ? n : at(holder))];
    }
  }
  summary.runs = complete.size();
  summary.quantile_runs = std::min(complete.size(), kQuantileRuns);
  summary.civilian_harm = harm.quantity();
  summary.alignment = alignment.summary();
  for (QuantityTally& outcome : war_outcome) {
    summary.war_outcome.push_back(outcome.quantity());
  }
  summary.settlement = settlement.summary();
  summary.months = summarise_months(model, store, complete, months);
  const double runs = std::max<double>(1, static_cast<double>(complete.size()));
  summary.answers = answers.answers(runs);
  if (GameSummary& d = summary.decisions; d.games > 0) {
    d.converged /= d.games;
    d.cycles /= d.games;
    d.rounds /= d.games;
    d.games /= runs;
  }
  summary.control.resize(control.size());
  for (std::size_t i = 0; i < control.size(); ++i) {
    summary.control[i] = static_cast<float>(control[i] / runs);
  }
  for (std::size_t a = 0; a < n; ++a) {
    ActorSummary& s = summary.actors[a];
    s.first_fighters = first[a].mean();
    s.survival_probability = survival[a].mean();
    s.survival_se = survival[a].se();
    s.survival_interval = survival[a].interval();
    s.collapse_share = tally_of(a, ActorOutcome::collapse_day).moments.n() / runs;
    for (const ActorOutcome outcome : in_summary) {
      s.of(outcome) = tally_of(a, outcome).quantity();
    }
    s.fighters.resize(n_times);
    s.territory.resize(n_times);
    for (std::size_t t = 0; t < n_times; ++t) {
      for (const auto& [quantity, moments] : {std::pair{&s.fighters[t], &fighters[a * n_times + t]},
                                              std::pair{&s.territory[t], &territory[a * n_times + t]}}) {
        quantity->mean = moments->mean();
        quantity->se = moments->se();
      }
    }
  }
  for (std::size_t d = 0; d < n * n; ++d) {
    if (dyad_losses[d].moments.sum() <= 0 && dyad_effort[d].moments.sum() <= 0) {
      continue;
    }
    DyadSummary dyad{static_cast<ActorIndex>(d / n),
                     static_cast<ActorIndex>(d % n),
                     dyad_losses[d].quantity(),
                     dyad_effort[d].quantity(),
                     {},
                     {}};
    for (std::size_t k = 0; k < kAttackTallyCount; ++k) {
      dyad.attacks[k] = dyad_attacks[d * kAttackTallyCount + k].quantity();
    }
    for (std::size_t t = 0; t < n_times; ++t) {
      dyad.losses_by_time.push_back(dyad_sum[d * n_times + t] / runs);
    }
    summary.dyads.push_back(std::move(dyad));
  }

  // Quantiles of the time series: as many actors a pass as memory allows.
  const std::size_t kept = summary.quantile_runs;
  const std::size_t bytes_an_actor = std::max<std::size_t>(1, 2 * n_times * kept * sizeof(float));
  const std::size_t actors_a_pass = std::max<std::size_t>(1, kSeriesBytes / bytes_an_actor);
  for (std::size_t from = 0; from < n && kept > 0; from += actors_a_pass) {
    const std::size_t to = std::min(n, from + actors_a_pass);
    std::vector<float> block((to - from) * 2 * n_times * kept);  // [actor][series][time][realization]
    const auto index = [&](std::size_t a, int series, std::size_t t, std::size_t r) {
      return (((a - from) * 2 + at(series)) * n_times + t) * kept + r;
    };
    for (std::size_t r = 0; r < kept; ++r) {
      store.read(complete[r], run);
      for (std::size_t a = from; a < to; ++a) {
        for (std::size_t t = 0; t < n_times; ++t) {
          block[index(a, 0, t, r)] = run.fighters[a * n_times + t];
          block[index(a, 1, t, r)] = run.value_share[a * n_times + t];
        }
      }
    }
    for_each_index(to - from, 0, [&](std::size_t i) {
      const std::size_t a = from + i;
      std::vector<float> values;
      for (std::size_t t = 0; t < n_times; ++t) {
        for (const int series : {0, 1}) {
          const auto begin = block.begin() + static_cast<std::ptrdiff_t>(index(a, series, t, 0));
          values.assign(begin, begin + static_cast<std::ptrdiff_t>(kept));
          set_quantiles(values, series == 0 ? summary.actors[a].fighters[t] : summary.actors[a].territory[t]);
        }
      }
    });
  }
  return summary;
}

std::vector<KeptRun> replay(const CompiledModel& model, const solver::SolveOptions& options,
                            std::span<const std::uint32_t> numbers, const std::atomic<bool>* stop) {
  std::vector<KeptRun> kept(numbers.size());
  for_each_index(numbers.size(), 0, [&](std::size_t k) {
    solver::Path* path = &kept[k].path;
    std::vector<double> values;
    solve_numbers(stop, model, options, numbers.subspan(k, 1), std::span(&kept[k].run, 1), std::span(&path, 1), values);
  });
  return kept;
}

}  // namespace truel::ensemble
