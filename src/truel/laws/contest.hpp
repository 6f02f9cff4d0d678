// Who wins a fight, as the decisions of all laws see it.
#pragma once

#include "truel/world/state.hpp"

namespace truel::laws {

/// have^k / (have^k + need^k): the contest success function (Tullock 1980, Hirshleifer 1989). 1/2 where both are 0.
double win_probability(double have, double need, double exponent);

/// The exponent k of all fights of the realization.
double contest_exponent(const War& war, const State& state);

/// Whether win_probability(have, need, exponent) >= least, for most without the power that it takes.
class LeastWinProbability {
 public:
  void set(double least, double exponent);
  bool is_reached(double have, double need) const {
    if (have > 0 && need > 0) {
      const double ratio = need / have;
      if (ratio < surely_) {
        return true;
      }
      if (ratio > hardly_) {
        return false;
      }
    }
    return win_probability(have, need, exponent_) >= least_;
  }

  /// Whether it is not, for most of those of whom that is so: then neither is it with fewer men.
  bool is_out_of_reach(double have, double need) const { return have > 0 && need > 0 && need / have > hardly_; }

 private:
  double least_ = 0, exponent_ = 0;
  double surely_ = 0, hardly_ = kUnbounded;  ///< ratios beyond which rounding does not matter
};

}  // namespace truel::laws
