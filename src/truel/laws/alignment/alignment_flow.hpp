// Alignment as a part of the mean field's equations: a Flow of laws/law.hpp.
#pragma once

#include <span>

#include "truel/laws/alignment/alignment_terms.hpp"

namespace truel::laws {

/// The matrix of alignments is the unknowns, as long as they move by terms.
class AlignmentFlow {
 public:
  explicit AlignmentFlow(const CompiledModel& model) : model_(model), terms_(model) {}

  static bool acts(const CompiledModel& model, const State& state);

  /// Takes constants and assessed pulls over, at the beginning of a stretch; ends the law where its limit is reached
  /// already, for the root finder only sees crossings.
  void begin(State& state, double time);
  bool is_moving() const { return is_moving_; }
  std::size_t unknowns() const;

  void pack(const State& state, double* y) const;
  void unpack(const double* y, State& state) const;
  /// losses: [attacker][target] fighters killed a day.
  void slope(const double* y, std::span<const double> losses, double* dy) const;

  /// Falls to 0 where the law ends.
  double root(const double* y) const;
  void end(State& state, double time) const;
  /// Whether an integrator that gives up here has met a solution that goes to infinity.
  bool is_beyond_doubt(const double* y) const;

  /// Around losses that come in one blow.
  static void before_blow(State& state);
  static void after_blow(const CompiledModel& model, State& state) { suffer_losses(model, state); }

 private:
  const CompiledModel& model_;
  AlignmentTerms terms_;
  bool is_moving_ = false;
};

}  // namespace truel::laws
