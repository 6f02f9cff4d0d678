#include "truel/sensitivity/sample.hpp"

#include <chrono>
#include <cmath>
#include <mutex>

#include "truel/ensemble/parallel.hpp"
#include "truel/ensemble/store/run_record.hpp"
#include "truel/solver/stoppable.hpp"

namespace truel::sensitivity {
namespace {

/// Blocks under way together: enough for all threads, few enough that an interruption leaves most blocks whole.
constexpr std::uint32_t kBlocksTogether = 32;

/// Runs that one thread solves one after another.
struct Batch {
  std::size_t account;
  std::vector<std::uint32_t> numbers;
  std::vector<double> values;  ///< [run][parameter]
};

}  // namespace

ensemble::Work work_of(const Study& study, const SampleOptions& options) {
  ensemble::Work work;
  work.size = std::uint64_t{options.blocks} * study.block_size();
  solver::Run shape;
  shape.resize(study.rivals.front().model, solver::stored_days(study.rivals.front().model, options.solve).size());
  work.fits = [shape = std::move(shape), size = work.size](const solver::Run& run) {
    return run.number < size && ensemble::has_shape_of(run, shape);
  };
  work.solve = [&study, options](std::span<const std::uint32_t> numbers, ensemble::RunStore& store,
                                 const ensemble::TellProgress& progress) {
    const auto begin = std::chrono::steady_clock::now();
    const auto stopped = [&] { return options.stop != nullptr && options.stop->load(std::memory_order_relaxed); };
    const std::size_t size = study.block_size();
    const std::size_t batch_size = ensemble::batch_size(study.rivals.front().model);
    const std::size_t wanted = store.size() + numbers.size();
    std::mutex mutex;
    std::atomic<bool> has_space{true};
    std::vector<double> values(study.war().parameters.size());
    for (std::size_t from = 0; from < numbers.size() && !stopped() && has_space;) {
      // Runs of one account share a compiled model, so only they can make a batch.
      std::vector<Batch> batches;
      std::vector<std::size_t> open(study.rivals.size(), batches.max_size());
      const std::size_t end = (numbers[from] / size / kBlocksTogether + 1) * kBlocksTogether * size;
      for (; from < numbers.size() && numbers[from] < end; ++from) {
        const auto block = static_cast<std::uint32_t>(numbers[from] / size);
        const std::size_t account = set_values(study, options.solve.seed, block, numbers[from] % size, values);
        if (open[account] >= batches.size() || batches[open[account]].numbers.size() == batch_size) {
          open[account] = batches.size();
          batches.push_back({account, {}, {}});
        }
        Batch& batch = batches[open[account]];
        batch.numbers.push_back(numbers[from]);
        batch.values.insert(batch.values.end(), values.begin(), values.end());
      }
      ensemble::for_each_index(batches.size(), options.threads, [&](std::size_t i) {
        if (stopped() || !has_space) {
          return;
        }
        const Batch& batch = batches[i];
        std::vector<solver::Run> runs(batch.numbers.size());
        const std::vector<solver::Path*> no_paths(batch.numbers.size(), nullptr);
        runs.resize(solver::solve_until(options.stop, study.rivals[batch.account].model, options.solve, batch.numbers,
                                        batch.values, runs, no_paths));
        const std::lock_guard lock(mutex);
        for (solver::Run& one : runs) {
          one.draws.clear();  // the design gives them back
          has_space = has_space.load() && store.append(one);
        }
        ensemble::tell(progress, begin, store.size(), wanted);
      });
    }
    return has_space.load();
  };
  return work;
}

bool run(const Study& study, const SampleOptions& options, ensemble::RunStore& store) {
  const ensemble::Work work = work_of(study, options);
  store.retain(work.fits);
  std::vector<std::uint32_t> missing;
  for (std::uint32_t number = 0; number < work.size; ++number) {
    if (!store.has(number)) {
      missing.push_back(number);
    }
  }
  const std::size_t at_first = store.size();
  return work.solve(missing, store, [&](const ensemble::Progress& p) {
    if (options.progress) {
      options.progress({p.done - at_first, p.wanted - at_first, p.seconds});
    }
  });
}

Outcomes outcomes_of(const Study& study, const Outcome& outcome, const ensemble::RunStore& store) {
  const std::size_t size = study.block_size();
  Outcomes result;
  const std::vector<std::uint32_t> numbers = store.numbers();
  solver::Run one;
  for (std::size_t i = 0; i + size <= numbers.size();) {
    const auto block = static_cast<std::uint32_t>(numbers[i] / size);
    // Numbers ascend without repetition: a block is whole if its last run follows its first at the right distance.
    if (numbers[i] % size != 0 || numbers[i + size - 1] != numbers[i] + size - 1) {
      ++i;
      continue;
    }
    std::vector<double> values;
    bool is_good = true;
    for (std::size_t role = 0; role < size; ++role) {
      store.read(numbers[i + role], one);
      const bool has_failed = one.status != solver::RunStatus::complete;
      values.push_back(has_failed ? kAbsent : value_of(outcome, study.rivals.front().model, one));
      result.failed_runs += has_failed;
      result.undefined_runs += !has_failed && std::isnan(values.back());
      is_good = is_good && !std::isnan(values.back());
    }
    if (is_good) {
      result.blocks.push_back(block);
      result.y.insert(result.y.end(), values.begin(), values.end());
    }
    i += size;
  }
  return result;
}

}  // namespace truel::sensitivity
