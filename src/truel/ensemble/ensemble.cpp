#include "truel/ensemble/ensemble.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>

#include "truel/ensemble/design/design.hpp"
#include "truel/ensemble/parallel.hpp"
#include "truel/ensemble/parts.hpp"
#include "truel/ensemble/store/run_record.hpp"
#include "truel/ensemble/summary/summary_maker.hpp"
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
                          std::span<Run> runs, std::span<solver::Path* const> paths, std::vector<double>& values,
                          const solver::SharedStart* shared_start = nullptr) {
  const std::size_t n_values = model.war().parameters.size();
  const bool is_same_for_all = model.uncertain().empty() && model.war().draws.empty();
  const std::size_t n_drawn = is_same_for_all ? 1 : numbers.size();
  values.resize(n_drawn * n_values);
  for (std::size_t k = 0; k < n_drawn; ++k) {
    draw_parameters(model, options.seed, numbers[k], std::span(values).subspan(k * n_values, n_values));
  }
  return solver::solve_until(stop, model, options, numbers, values, runs, paths, shared_start);
}

/// What a batch needs while it is solved; the next one takes it over, so that small wars do not spend their time on
/// asking for memory.
struct Workspace {
  std::vector<Run> runs;
  std::vector<double> values;
  std::size_t n_solved = 0;

  std::span<Run> solved() { return std::span(runs).first(n_solved); }

  /// Solves as many as it can before it is stopped.
  void solve(const CompiledModel& model, const EnsembleOptions& options, std::span<const std::uint32_t> numbers,
             const solver::SharedStart* shared_start = nullptr) {
    runs.resize(std::max(runs.size(), numbers.size()));
    const std::vector<solver::Path*> no_paths(numbers.size(), nullptr);
    n_solved = solve_numbers(options.stop, model, options.solve, numbers, std::span(runs).first(numbers.size()),
                             no_paths, values, shared_start);
  }
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

/// These realizations in batches that threads take up.
class Batches {
 public:
  // Few realizations, each maybe long, are shared out among the threads all the same.
  Batches(const CompiledModel& model, std::span<const std::uint32_t> todo)
      : todo_(todo), size_(std::min(batch_size(model), todo.size() / 16 + 1)) {}

  std::size_t count() const { return (todo_.size() + size_ - 1) / size_; }
  std::span<const std::uint32_t> operator[](std::size_t b) const {
    return todo_.subspan(b * size_, std::min(size_, todo_.size() - b * size_));
  }

 private:
  std::span<const std::uint32_t> todo_;
  std::size_t size_;
};

/// Solves realizations in batches on all cores; `make` works on finished batches side by side, `take` gets what it made
/// one at a time.
template <class IsStopped, class Make, class Take>
void solve_batches(const CompiledModel& model, const EnsembleOptions& options, const Source& source,
                   std::span<const std::uint32_t> todo, const IsStopped& is_stopped, const Make& make,
                   const Take& take) {
  std::mutex mutex;
  Workspaces workspaces;
  const Batches batches(model, todo);
  for_each_index(batches.count(), options.threads, [&](std::size_t b) {
    if (is_stopped()) {
      return;
    }
    std::unique_ptr<Workspace> workspace = workspaces.take();
    workspace->solve(model, options, batches[b], source.shared_start);
    const std::span<Run> runs = workspace->solved();
    if (runs.empty()) {  // stopped before the first was done: nothing to take, and no progress to tell
      return;
    }
    if (source.reduce) {
      std::for_each(runs.begin(), runs.end(), source.reduce);
    }
    {
      const auto made = make(std::span<const Run>(runs));
      const std::lock_guard lock(mutex);
      take(made);
    }
    workspaces.give_back(std::move(workspace));
  });
}

/// Hands batches on in their order, whichever is done first.
class InOrder {
 public:
  /// Of the batch that a thread takes up next.
  std::size_t take_up() { return taken_up_++; }

  /// done: null where it was given up. Of batches that come too early only so many wait.
  template <class Take>
  void hand_on(std::size_t batch, std::unique_ptr<Workspace> done, Workspaces& free, const Take& take) {
    constexpr std::size_t kMostWaiting = 64;
    std::unique_lock lock(mutex_);
    has_room_.wait(lock, [&] { return batch == next_ || waiting_.size() < kMostWaiting; });
    waiting_.emplace(batch, std::move(done));
    for (; !waiting_.empty() && waiting_.begin()->first == next_; ++next_) {
      if (std::unique_ptr<Workspace> first = std::move(waiting_.extract(waiting_.begin()).mapped())) {
        if (first->n_solved > 0) {  // else stopped before the first was done: no progress to tell
          take(std::span<const Run>(first->solved()));
        }
        free.give_back(std::move(first));
      }
    }
    has_room_.notify_all();
  }

 private:
  std::atomic<std::size_t> taken_up_{0};
  std::mutex mutex_;
  std::condition_variable has_room_;
  std::size_t next_ = 0;
  std::map<std::size_t, std::unique_ptr<Workspace>> waiting_;
};

/// As solve_batches; `take` gets the realizations in the order of `todo`.
template <class Take>
void solve_in_order(const CompiledModel& model, const EnsembleOptions& options, std::span<const std::uint32_t> todo,
                    const Take& take) {
  Workspaces workspaces;
  InOrder order;
  const Batches batches(model, todo);
  for_each_index(batches.count(), options.threads, [&](std::size_t) {
    const std::size_t batch = order.take_up();
    if (is_stopped(options)) {
      order.hand_on(batch, nullptr, workspaces, take);
      return;
    }
    std::unique_ptr<Workspace> workspace = workspaces.take();
    try {
      workspace->solve(model, options, batches[batch]);
    } catch (...) {  // the others wait for its turn
      order.hand_on(batch, nullptr, workspaces, take);
      throw;
    }
    order.hand_on(batch, std::move(workspace), workspaces, take);
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
  struct RecordedBatch {
    RunRecords records;
    std::span<const Run> runs;
  };
  const auto recorded = [&](std::span<const Run> runs) {
    RecordedBatch batch{{}, runs};
    for (const Run& one : runs) {
      batch.records.add(one, offset + one.number);
    }
    return batch;
  };
  solve_batches(model, options, {.reduce = reduce}, numbers, is_over, recorded, [&](const RecordedBatch& batch) {
    has_space = has_space.load() && store.append(batch.records);
    std::for_each(batch.runs.begin(), batch.runs.end(), each);
    progress(store.size());
  });
  return has_space;
}

/// Asks for realizations, first those of `runs`, then more as `precision` wants them: ask(first, last) gives false
/// where it cannot go on. Gives how many there are then to be.
template <class Ask>
std::uint32_t ask_until_precise(const EnsembleOptions& options, const SurvivalTally& survival, const Ask& ask) {
  std::uint32_t wanted = options.runs;
  bool goes_on = ask(0, wanted);
  while (options.precision > 0 && goes_on && !is_stopped(options) && wanted < options.most_runs &&
         survival.error() > options.precision) {
    const std::uint32_t next = std::min(options.most_runs, (wanted / kPrecisionBlock + 1) * kPrecisionBlock);
    goes_on = ask(wanted, next);
    wanted = next;
  }
  return wanted;
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
    return has_space;
  };
  const std::uint32_t wanted = ask_until_precise(options, survival, solve_range);
  store.retain_below(wanted);
  return {has_space, wanted};
}

Result<RunSummary> run_and_summarise(const CompiledModel& model, const EnsembleOptions& asked) {
  const auto begin = std::chrono::steady_clock::now();
  EnsembleOptions options = asked;
  options.solve.takes_fingerprint = false;
  SummaryMaker maker(model, options.solve, std::max(options.runs, options.precision > 0 ? options.most_runs : 0));
  if (!maker.has_room()) {
    TRUEL_TRY(auto store, RunStore::open({}, ""));
    const RunEnd end = run(model, options, store);
    return RunSummary{end, end.has_space ? summarise(model, options.solve, store) : Summary()};
  }
  SurvivalTally survival(model);
  std::size_t done = 0;
  const std::uint32_t wanted = ask_until_precise(options, survival, [&](std::uint32_t first, std::uint32_t last) {
    std::vector<std::uint32_t> todo(last - first);
    std::iota(todo.begin(), todo.end(), first);
    solve_in_order(model, options, todo, [&](std::span<const Run> runs) {
      for (const Run& one : runs) {
        maker.add(one);
        if (options.precision > 0) {
          survival.add(one);
        }
      }
      done += runs.size();
      tell(options.progress, begin, done, last);
    });
    return true;
  });
  return RunSummary{{true, wanted}, maker.end()};
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
  solve_batches(model, options, source, todo, stopped, std::identity(), [&](std::span<const Run> runs) {
    std::for_each(runs.begin(), runs.end(), take);
    done += runs.size();
    tell(options.progress, begin, done, todo.size());
  });
}

std::vector<KeptRun> replay(const CompiledModel& model, const solver::SolveOptions& options,
                            std::span<const std::uint32_t> numbers, const std::atomic<bool>* stop, Follow follow) {
  std::vector<KeptRun> kept(numbers.size());
  for_each_index(numbers.size(), 0, [&](std::size_t k) {
    solver::Path* path = &kept[k].path;
    path->has_states = follow == Follow::states;
    std::vector<double> values;
    solve_numbers(stop, model, options, numbers.subspan(k, 1), std::span(&kept[k].run, 1), std::span(&path, 1), values);
  });
  return kept;
}

}  // namespace truel::ensemble
