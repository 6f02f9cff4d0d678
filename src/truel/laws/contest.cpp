#include "truel/laws/contest.hpp"

#include "truel/base/math.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {

double win_probability(double have, double need, double exponent) {
  if (have <= 0 && need <= 0) {
    return 0.5;
  }
  // As a power of the ratio: have^k and need^k themselves could overflow.
  return need <= 0 ? 1 : have <= 0 ? 0 : 1 / (1 + math::pow(need / have, exponent));
}

double contest_exponent(const War& war, const State& s) {
  return s.value(war.law(number_of<Operations>(Operations::contest_exponent)));
}

void LeastWinProbability::set(double least, double exponent) {
  if (least == least_ && exponent == exponent_) {
    return;
  }
  *this = {};
  least_ = least;
  exponent_ = exponent;
  constexpr double kMargin = 1e-6;
  // Elsewhere the probability moves too little with the ratio for the margin to cover their rounding.
  if (least > 1e-3 && least < 1 - 1e-3 && exponent > 0.01) {
    const double ratio = math::pow(1 / least - 1, 1 / exponent);
    surely_ = ratio * (1 - kMargin);
    hardly_ = ratio * (1 + kMargin);
  }
}

}  // namespace truel::laws
