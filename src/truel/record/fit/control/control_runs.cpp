#include "truel/record/fit/control/control_runs.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>

#include "truel/ensemble/design/design.hpp"
#include "truel/ensemble/parallel.hpp"
#include "truel/record/fit/control/kept_runs.hpp"
#include "truel/solver/stoppable.hpp"

namespace truel::record::fit {
namespace {

/// Draws that the time is measured on.
constexpr std::uint32_t kProbes = 4;

}  // namespace

Diagnostics ControlRuns::open() {
  if (options_.open && !options_.open()) {
    return {{{options_.store.parent_path().string()}, "cannot be made", "check the folder above it"}};
  }
  TRUEL_TRY(auto store, BankStore::open(options_.store, question(frame_)));
  store_.emplace(std::move(store));
  begin_ = std::chrono::steady_clock::now();
  return {};
}

bool ControlRuns::copy(const ensemble::RunStore& made) {
  is_under_way_ = true;
  solver::Run record;
  for (std::uint32_t number = 0; number < record_number(options_.draws, 0) && frame_.out.has_space; ++number) {
    made.read(number, record);
    frame_.out.has_space = store_->append(number, std::string(record.control.begin(), record.control.end()));
  }
  return frame_.out.has_space;
}

std::string ControlRuns::solve(const Job& job, std::size_t origin, std::uint32_t draw,
                               std::span<const std::uint32_t> numbers) const {
  const CompiledModel& model = *job.models[origin];
  const std::size_t n_values = model.war().parameters.size();
  std::vector<double> values(n_values * numbers.size());
  job.fill(draw, std::span(values).first(n_values));
  for (const auto& [parameter, factor] : frame_.origins[origin].scales) {
    values[at(parameter)] *= factor;
  }
  for (std::size_t k = 1; k < numbers.size(); ++k) {
    std::copy_n(values.begin(), n_values, values.begin() + static_cast<std::ptrdiff_t>(k * n_values));
  }
  solver::SolveOptions solve{.solver = options_.solver, .seed = options_.seed, .steps_per_day = options_.steps_per_day};
  solve.every_days = 1;  // any day may end a window
  std::vector<solver::Run> runs(numbers.size());
  const std::vector<solver::Path*> no_paths(numbers.size(), nullptr);
  if (solver::solve_until(options_.stop, model, solve, numbers, values, runs, no_paths) < numbers.size()) {
    return {};
  }
  const std::size_t n_times = solver::stored_days(model, solve).size();
  std::string bytes;
  for (const solver::Run& run : runs) {
    bytes += bytes_of(frame_, run, origin, job.windows[origin], n_times);
  }
  return bytes;
}

bool ControlRuns::solve_tasks(const std::vector<Task>& tasks, const Job& job,
                              const std::function<bool(const Task&, std::string)>& keep) const {
  std::mutex mutex;
  std::atomic<bool> goes_on{true};
  ensemble::for_each_index(tasks.size(), options_.threads, [&](std::size_t t) {
    if (is_stopped() || !goes_on) {
      return;
    }
    const Task& task = tasks[t];
    std::vector<std::uint32_t> numbers(task.runs);
    std::iota(numbers.begin(), numbers.end(), task.first_number);
    std::string bytes = solve(job, task.origin, task.draw, numbers);
    const std::lock_guard lock(mutex);
    if (!bytes.empty() && goes_on) {
      goes_on = keep(task, std::move(bytes));
    }
  });
  return goes_on;
}

bool ControlRuns::solve_all(const std::vector<Task>& tasks, const Job& job) {
  if (frame_.out.has_space) {
    frame_.out.has_space = solve_tasks(tasks, job, [&](const Task& task, std::string bytes) {
      const bool has_space = store_->append(task.record, std::move(bytes));
      done_ += task.runs;
      if (is_under_way_) {
        ensemble::tell(options_.progress, begin_, done_, wanted_);
      }
      return has_space;
    });
  }
  frame_.out.was_interrupted = is_stopped();
  return !frame_.out.was_interrupted && frame_.out.has_space;
}

Job ControlRuns::prior_job() const {
  Job job;
  for (const Origin& origin : frame_.origins) {
    job.models.push_back(&*origin.model);
    job.windows.push_back(origin.windows);
  }
  job.fill = [this](std::uint32_t draw, std::span<double> values) {
    ensemble::draw_parameters(*frame_.origins.front().model, options_.seed, draw, values);
  };
  return job;
}

std::uint32_t ControlRuns::fitting_draws() const {
  return (options_.method == ControlMethod::smoother ? static_cast<std::uint32_t>(options_.steps) : 1) * options_.draws;
}

std::vector<Task> ControlRuns::tasks_of(std::uint32_t first) const {
  std::vector<Task> tasks;
  for (std::uint32_t draw = 0; draw < options_.draws; ++draw) {
    for (std::size_t o = 0; o < frame_.n_origins(); ++o) {
      if (!has(first + draw, o)) {
        tasks.push_back({record_number(first + draw, o), draw, draw * options_.runs, options_.runs, o});
      }
    }
  }
  return tasks;
}

Task ControlRuns::task_of(std::uint32_t record) const {
  const auto n = static_cast<std::uint32_t>(frame_.n_origins());
  const std::uint32_t draw = record / n;
  return {record, draw, draw * options_.runs, options_.runs, record % n};
}

bool ControlRuns::probe(const std::vector<Task>& tasks, const Job& job, std::size_t all) {
  const std::size_t n_probes = std::min(tasks.size(), std::size_t{kProbes} * frame_.n_origins());
  const std::vector<Task> probes(tasks.begin(), tasks.begin() + static_cast<std::ptrdiff_t>(n_probes));
  const auto begin = std::chrono::steady_clock::now();
  if (!solve_all(probes, job)) {
    return false;
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  if (options_.begin) {
    Expectation e{options_.draws, all, frame_.n_origins(), frame_.windows.size()};
    const double done = static_cast<double>(n_probes * options_.runs);
    e.seconds = done > 0 ? elapsed.count() * (static_cast<double>(wanted_) - done) / done : 0;
    std::uint64_t a_draw = 0;
    for (const Origin& origin : frame_.origins) {
      a_draw += bytes_of_run(frame_, origin.windows);
    }
    e.bytes = a_draw * all / frame_.n_origins();
    if (!options_.begin(e)) {
      frame_.out.was_interrupted = true;
      return false;
    }
  }
  is_under_way_ = true;
  return true;
}

std::vector<BankWindow> ControlRuns::checked(const std::vector<CompiledModel>& models, std::uint32_t set) {
  const std::uint32_t first = fitting_draws() + set * frame_.check_runs();
  Job job = prior_job();
  for (std::size_t o = 0; o < frame_.n_origins(); ++o) {
    job.models[o] = &models[o];
  }
  job.fill = [&](std::uint32_t draw, std::span<double> values) {
    ensemble::draw_parameters(models.front(), options_.seed, draw, values);
  };
  std::vector<Task> tasks;
  for (std::uint32_t c = 0; c < frame_.check_runs(); ++c) {
    for (std::size_t o = 0; o < frame_.n_origins(); ++o) {
      if (!has(first + c, o)) {
        tasks.push_back({record_number(first + c, o), c, options_.draws * options_.runs + c, 1, o});
      }
    }
  }
  if (!solve_all(tasks, job)) {
    return {};
  }
  std::vector<BankWindow> own = without_draws(frame_);
  for (std::size_t o = 0; o < frame_.n_origins(); ++o) {
    for (std::size_t k = 0; k < frame_.origins[o].windows.size(); ++k) {
      std::string all;  // the runs of all draws as those of one
      for (std::uint32_t c = 0; c < frame_.check_runs(); ++c) {
        all += get(first + c, o);
      }
      add_record(frame_, own[frame_.origins[o].windows[k]], all, frame_.origins[o].windows, k);
    }
  }
  return own;
}

}  // namespace truel::record::fit
