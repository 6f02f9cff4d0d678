#include "truel/record/deaths/recalibration.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace truel::record {
namespace {

bool says_nothing(const Pit& pit) {
  return pit.low <= 0 && pit.high >= 1;
}

/// The share of a case that lies below a level.
double share_below(const Pit& pit, double level) {
  return std::clamp((level - pit.low) / (pit.high - pit.low), 0.0, 1.0);
}

}  // namespace

Pit pit_of(std::span<const double> members, double observed) {
  const auto [first, last] = std::equal_range(members.begin(), members.end(), observed);
  const double n = static_cast<double>(members.size()) + 1;
  return {static_cast<double>(first - members.begin()) / n, static_cast<double>(last - members.begin() + 1) / n};
}

Recalibration::Recalibration(std::vector<Pit> past) : past_(std::move(past)) {
  std::erase_if(past_, says_nothing);
}

double Recalibration::operator()(double level) const {
  double sum = kPriorCases * level;
  for (const Pit& pit : past_) {
    sum += share_below(pit, level);
  }
  return sum / (kPriorCases + static_cast<double>(past_.size()));
}

std::vector<double> Recalibration::weights(std::size_t n) const {
  std::vector<double> weights(n);
  double before = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double upto = i + 1 == n ? 1 : (*this)(static_cast<double>(i + 1) / static_cast<double>(n));
    weights[i] = upto - before;
    before = upto;
  }
  return weights;
}

double weighted_crps(std::span<const double> members, std::span<const double> weights, double observed) {
  double to_observed = 0;
  double between = 0;  // over unordered pairs
  double below = 0;    // weight of the members before
  double moment = 0;
  double squares = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    to_observed += weights[i] * std::abs(members[i] - observed);
    between += weights[i] * (below * members[i] - moment);
    below += weights[i];
    moment += weights[i] * members[i];
    squares += weights[i] * weights[i];
  }
  return to_observed - (squares < 1 ? between / (1 - squares) : 0);
}

std::vector<double> of_size(std::span<const double> members, std::span<const double> weights, std::size_t size) {
  std::vector<double> result(size);
  std::size_t i = 0;
  double upto = weights[0];
  for (std::size_t k = 0; k < size; ++k) {
    const double level = (static_cast<double>(k) + 0.5) / static_cast<double>(size);
    while (upto < level && i + 1 < members.size()) {
      upto += weights[++i];
    }
    result[k] = members[i];
  }
  return result;
}

void add(const Pit& pit, PitHistogram& histogram) {
  if (says_nothing(pit)) {
    return;
  }
  const double n = static_cast<double>(histogram.shares.size());
  for (std::size_t k = 0; k < histogram.shares.size(); ++k) {
    const double own = share_below(pit, static_cast<double>(k + 1) / n) - share_below(pit, static_cast<double>(k) / n);
    histogram.shares[k] =
        (histogram.shares[k] * static_cast<double>(histogram.n) + own) / static_cast<double>(histogram.n + 1);
  }
  ++histogram.n;
}

}  // namespace truel::record
