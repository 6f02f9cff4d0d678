// The equations of alignment.
#pragma once

#include <span>
#include <vector>

#include "truel/laws/alignment/alignment.hpp"

namespace truel::laws {

/// The equations: dA/dt = balance A A - friction (losses) + pull. Matrices are [actor][actor].
class AlignmentTerms {
 public:
  explicit AlignmentTerms(const CompiledModel& model);

  /// Takes constants and assessed pulls over. Allocates nothing.
  void load(const State& state);

  /// dA/dt, per day (Kulakowski et al. 2005 and Marvel et al. 2011 for the balance alone; the other terms are ours).
  /// losses: [attacker][target] fighters killed a day. Where `clip` holds, alignment counts as the nearest number
  /// within -1 and 1, and does not move outwards from there. Symmetric to the bit where `alignment` is. Cost: actors
  /// cubed with balance, squared without.
  void slope(std::span<const double> alignment, std::span<const double> losses, std::span<double> slope) const;

  bool has_balance() const { return balance_ > 0; }
  bool has_clip() const { return has_clip_; }
  /// Where the law ends; infinite while alignment is clipped.
  double limit() const { return limit_; }

 private:
  const CompiledModel& model_;
  int n_;
  double balance_ = 0, friction_ = 0, limit_ = 0;
  bool has_clip_ = true;
  std::vector<double> pull_;      ///< [actor][actor]
  std::vector<double> strength_;  ///< [actor]
};

}  // namespace truel::laws
