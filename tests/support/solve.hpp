// Short ways to solve, and to look into a realization day by day.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "truel/ensemble/design/design.hpp"
#include "truel/laws/interventions/interventions.hpp"
#include "truel/solver/decision.hpp"
#include "truel/solver/run.hpp"
#include "truel/solver/steppers/stepper.hpp"

namespace truel::test {

inline constexpr std::array kAllSolvers{solver::SolverKind::leap, solver::SolverKind::exact,
                                        solver::SolverKind::mean_field};

/// Parameter values of realizations first, first + 1, ...: [realization][parameter].
std::vector<double> values_of(const CompiledModel& model, std::uint64_t seed, std::uint32_t first, std::size_t count);

solver::Run solve_one(const CompiledModel& model, const solver::SolveOptions& options, std::uint32_t number = 0,
                      solver::Path* path = nullptr);

/// Realizations 0, 1, ..., count - 1, in one call.
std::vector<solver::Run> solve_many(const CompiledModel& model, const solver::SolveOptions& options, std::size_t count);

/// Every byte of what a realization says: equal strings are equal results.
std::string bytes_of(const solver::Run& run);
std::string bytes_of(const solver::Path& path);

/// A realization with all of its state in reach, for the laws that act at decisions and between them.
class Scene {
 public:
  explicit Scene(const CompiledModel& model, bool is_whole = true, std::uint64_t seed = 1, std::uint32_t number = 0);
  /// Keeps the model.
  explicit Scene(CompiledModel&& model, bool is_whole = true, std::uint64_t seed = 1, std::uint32_t number = 0);

  /// What happens at the start of a day, in the solvers' order: interventions, arrivals, and a decision if it is due.
  void begin_day();
  /// A decision out of turn, `days` after the last.
  void decide(int days);
  /// Runs the leap solver (or another) to the start of day `until`, with all that happens on the days between; `look`
  /// is called after the beginning of every day.
  void play(
      int until, solver::SolverKind kind = solver::SolverKind::leap, const std::function<void()>& look = [] {});

  double fighters(PlaceIndex p, ActorIndex a) const { return state.fighters[state.slot(p, a)]; }
  double effort(ActorIndex a, ActorIndex b) const { return state.effort[state.pair(a, b)]; }
  double support(PlaceIndex p, ActorIndex a) const { return state.support[state.slot(p, a)]; }
  int control(PlaceIndex p) const { return state.control[at(p)]; }
  double total(ActorIndex a) const { return total_fighters(state, a); }
  /// Fighters of an actor on the road to a place with this task.
  double marching(ActorIndex a, PlaceIndex to, MarchTask task) const;
  double marching(ActorIndex a) const;

  const CompiledModel& model;
  State state;
  View view;
  Journal journal;

 private:
  Scene(std::shared_ptr<const CompiledModel> own, bool is_whole, std::uint64_t seed, std::uint32_t number);

  std::shared_ptr<const CompiledModel> own_;
  bool is_whole_;
  bool has_begun_ = false;
};

/// On the first day, after its decisions.
Scene decided(CompiledModel model);

}  // namespace truel::test
