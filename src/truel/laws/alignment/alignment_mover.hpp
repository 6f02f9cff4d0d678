// Alignment moved from day to day: a Mover of laws/law.hpp.
#pragma once

#include <span>
#include <vector>

#include "truel/laws/alignment/alignment_terms.hpp"

namespace truel::laws {

/// Moves alignment from one time to another, for solvers without differential equations of their own.
class AlignmentMover {
 public:
  explicit AlignmentMover(const CompiledModel& model);

  /// Moves the alignments over the days `from` to `until`, by whichever rule acts. Losses since the last
  /// call enter at an even rate. The equations are integrated by the embedded pair of Dormand and Prince (1980) with an
  /// error of at most 1e-9 (1 + |A|) a step. The result depends on nothing but the state. Allocates nothing.
  /// Returns false if they have diverged (Alignment::has_diverged).
  bool advance(State& state, int from, int until);

 private:
  void integrate(State& state, double from, double until);
  bool reaches_limit(std::span<const double> alignment) const;

  const CompiledModel& model_;
  AlignmentTerms terms_;
  std::vector<double> now_, tried_, losses_;
  std::vector<std::vector<double>> slopes_;
};

}  // namespace truel::laws
