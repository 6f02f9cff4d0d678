// The runs that a fit to a record of control rests on: solved, and kept on disk.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/record/fit/control/bank_store.hpp"
#include "truel/record/fit/control/frame.hpp"

namespace truel::record::fit {

/// Runs that are alike but for their draws.
struct Job {
  std::vector<const CompiledModel*> models;       ///< [origin]
  std::vector<std::vector<std::size_t>> windows;  ///< [origin] whose last days are kept
  std::function<void(std::uint32_t draw, std::span<double> values)> fill;
};

/// Runs of one draw from one origin, which make one record.
struct Task {
  std::uint32_t record = 0, draw = 0, first_number = 0, runs = 0;
  std::size_t origin = 0;
};

class ControlRuns {
 public:
  /// frame: set up; it outlives this, and its `out` learns of interruptions.
  explicit ControlRuns(Frame& frame) : frame_(frame), options_(frame.options) {}

  /// Opens the store; before it nothing is kept.
  Diagnostics open();
  /// Fills the store with a bank that is there. False: the disk is full.
  bool copy(const ensemble::RunStore& made);

  Job prior_job() const;
  /// Draws of a bank, or of all steps of the smoother: those of the checks follow, two sets of them at most.
  std::uint32_t fitting_draws() const;
  /// What the store lacks of the draws, whose records begin at `first` draws; their chance is the same in every step.
  std::vector<Task> tasks_of(std::uint32_t first) const;
  /// The task of a record of the first step.
  Task task_of(std::uint32_t record) const;
  std::uint32_t record_number(std::uint32_t draw, std::size_t origin) const {
    return draw * static_cast<std::uint32_t>(frame_.n_origins()) + static_cast<std::uint32_t>(origin);
  }
  bool has(std::uint32_t draw, std::size_t origin) const { return store_->has(record_number(draw, origin)); }
  std::string_view get(std::uint32_t draw, std::size_t origin) const {
    return store_->get(record_number(draw, origin));
  }

  /// So many runs are still wanted, all in all.
  void expect(std::size_t runs) { wanted_ = std::max(wanted_, done_ + runs); }
  /// Runs the first few draws and says what all will take.
  bool probe(const std::vector<Task>& tasks, const Job& job, std::size_t all);
  /// Hands what is kept of each task to `keep`, one at a time, until that is false: then so is this.
  bool solve_tasks(const std::vector<Task>& tasks, const Job& job,
                   const std::function<bool(const Task&, std::string)>& keep) const;
  /// The same into the store. False: stopped, or the disk is full.
  bool solve_all(const std::vector<Task>& tasks, const Job& job);
  /// All windows with the runs of a package as one draw; none if it was stopped. `set`: 0, 1, ... of those checked.
  std::vector<BankWindow> checked(const std::vector<CompiledModel>& models, std::uint32_t set);

 private:
  /// Solves realizations of one draw: their bytes; nothing if it was stopped.
  std::string solve(const Job& job, std::size_t origin, std::uint32_t draw,
                    std::span<const std::uint32_t> numbers) const;
  bool is_stopped() const { return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed); }

  Frame& frame_;
  const ControlFitOptions& options_;
  std::optional<BankStore> store_;
  std::size_t done_ = 0;    ///< runs
  std::size_t wanted_ = 0;  ///< runs, all in all
  bool is_under_way_ = false;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace truel::record::fit
