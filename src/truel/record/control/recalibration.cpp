#include "truel/record/control/recalibration.hpp"

#include <algorithm>
#include <cmath>

#include "truel/base/index.hpp"
#include "truel/base/math.hpp"

namespace truel::record {
namespace {

constexpr int kSteps = 10000;
constexpr double kClose = 1e-9;

double probability(const ChangeRecalibration& with, double log_odds) {
  return 1 / (1 + math::exp(-(with.intercept + with.slope * log_odds)));
}

}  // namespace

double log_odds(double share, double members) {
  const double half = 0.5 / std::max(1.0, members);
  const double inside = std::clamp(share, half, 1 - half);
  return math::log(inside / (1 - inside));
}

ChangeRecalibration recalibration_of(std::span<const PastChange> past) {
  ChangeRecalibration with;
  // Steps by a bound of the curvature never overshoot, as Newton's do where forecasts were sure and wrong (Boehning and
  // Lindsay 1988).
  double a = kPriorWeight;
  double b = 0;
  double c = kPriorWeight;
  for (const PastChange& change : past) {
    a += change.weight / 4;
    b += change.weight / 4 * change.log_odds;
    c += change.weight / 4 * change.log_odds * change.log_odds;
  }
  for (int step = 0; step < kSteps; ++step) {
    double up = -kPriorWeight * with.intercept;
    double steeper = -kPriorWeight * (with.slope - 1);
    for (const PastChange& change : past) {
      const double error = change.weight * ((change.came ? 1 : 0) - probability(with, change.log_odds));
      up += error;
      steeper += error * change.log_odds;
    }
    const double more = (c * up - b * steeper) / (a * c - b * b);
    const double steeper_by = (a * steeper - b * up) / (a * c - b * b);
    with.intercept += more;
    with.slope += steeper_by;
    if (std::abs(more) + std::abs(steeper_by) < kClose) {
      break;
    }
  }
  return with;
}

double recalibrate(const ChangeRecalibration& with, std::span<double> p, std::size_t holder,
                   std::span<const int> counts_as, double members) {
  double change = 0;
  double others = 0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    change += k == holder ? 0 : p[k];
    others += k != holder && at(counts_as[k]) == k ? 1 : 0;
  }
  const double wanted = probability(with, log_odds(change, members));
  double squares = 0;  // of the shares of those who come, among all who do
  for (std::size_t k = 0; k < p.size(); ++k) {
    if (k == holder) {
      p[k] = 1 - wanted;
    } else {
      const double share = change > 0 ? p[k] / change : at(counts_as[k]) == k ? 1 / others : 0;
      squares += share * share;
      p[k] = wanted * share;
    }
  }
  if (members < 2 || change <= 0) {
    return 0;
  }
  const double stay = std::max(0.0, 1 - change);
  const double derivative = stay > 0 ? with.slope * wanted * (1 - wanted) / (change * stay) : 0;
  return (derivative * derivative * change * stay * (1 + squares) + wanted * wanted * (1 - squares) / change) /
         (members - 1);
}

}  // namespace truel::record
