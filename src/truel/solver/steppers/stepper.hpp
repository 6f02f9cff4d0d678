// What a solver is to the loop over days: something that moves a State through a stretch of days in which nothing is
// decided and nobody arrives.
#pragma once

#include <atomic>
#include <memory>

#include "truel/solver/run.hpp"

namespace truel::solver {

class Stepper {
 public:
  virtual ~Stepper() = default;

  /// Moves the state from state.day to `until` (days since the start). Where it cannot be moved, `status` says why and
  /// the state is left as it was.
  virtual void advance(State& state, int until, RunStatus& status) = 0;

  /// Forgets what it found out about rates: commands have decided, or something else than fighters and what comes of
  /// them has changed.
  virtual void forget() {}

  /// Forgets the realization it moved, before it moves another.
  virtual void restart() = 0;

  /// Days since the start at which each actor's last fighter was gone, written by the stepper.
  std::vector<double>* extinction = nullptr;  ///< [actor], NaN until it happens

  /// Set, from any thread: the realization is given up, and the state may be left anywhere.
  const std::atomic<bool>* stop = nullptr;
  bool is_stopped() const { return stop != nullptr && stop->load(std::memory_order_relaxed); }
};

std::unique_ptr<Stepper> make_leap(const CompiledModel& model, const SolveOptions& options, const State& state);
std::unique_ptr<Stepper> make_exact(const CompiledModel& model, const SolveOptions& options, const State& state);
std::unique_ptr<Stepper> make_mean_field(const CompiledModel& model, const SolveOptions& options, const State& state);

}  // namespace truel::solver
