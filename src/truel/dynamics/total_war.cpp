#include <algorithm>
#include <cmath>
#include <limits>

#include "truel/dynamics/allocation_game.hpp"

namespace truel::dynamics {
namespace {

constexpr std::size_t kTerms = 14;  ///< of the series; the first left out is below 1e-17 where h |M| <= 1/2
constexpr double kReach = 0.5;      ///< h |M| of a step
/// A war in which nobody dies goes on for ever in ever smaller numbers: below this part of the first strength nothing
/// is worth following.
constexpr double kFaded = 1e-9;
constexpr double kUnending = std::numeric_limits<double>::infinity();

}  // namespace

void TotalWarSolver::aim(const TotalWar& war, const std::vector<double>& shares) {
  fire_.clear();
  for (std::size_t i = 0; i < war.n; ++i) {
    double sum = 0;
    double living = 0;
    const auto is_target = [&](std::size_t j) { return left_[i] > 0 && left_[j] > 0 && war.rate[i * war.n + j] > 0; };
    for (std::size_t j = 0; j < war.n; ++j) {
      sum += is_target(j) ? shares[i * war.n + j] : 0;
      living += is_target(j) ? 1 : 0;
    }
    for (std::size_t j = 0; j < war.n; ++j) {
      if (is_target(j)) {
        const double w = sum > 0 ? shares[i * war.n + j] / sum : 1 / living;
        if (w > 0) {
          fire_.push_back({i, j, war.rate[i * war.n + j] * w});
        }
      }
    }
  }
}

bool TotalWarSolver::end_duel(double days) {
  if (fire_.size() != 2 || fire_[0].by != fire_[1].whom || fire_[0].whom != fire_[1].by) {
    return false;
  }
  double& x = left_[fire_[0].by];
  double& y = left_[fire_[1].by];
  const double ratio = std::sqrt(fire_[1].rate / fire_[0].rate);  // x is as strong as ratio times y
  const double r = std::sqrt(fire_[0].rate * fire_[1].rate);
  // In the modes of the duel: the sum decays, the difference grows, and the duel ends when they are equal.
  const double sum = (x + ratio * y) / 2;
  const double difference = (x - ratio * y) / 2;
  const double end = difference == 0 ? kUnending : std::log(sum / std::abs(difference)) / (2 * r);
  const double t = std::min(end, days);
  const double decayed = sum * std::exp(-r * t);
  const double grown = difference * std::exp(r * t);
  x = end <= days && difference < 0 ? 0 : decayed + grown;
  y = end <= days && difference > 0 ? 0 : (decayed - grown) / ratio;
  return true;
}

double TotalWarSolver::at_time(std::size_t side, double t) const {
  const double* terms = &terms_[side * kTerms];
  double x = terms[kTerms - 1];
  for (std::size_t k = kTerms - 1; k-- > 0;) {
    x = x * t + terms[k];
  }
  return x;
}

const std::vector<double>& TotalWarSolver::solve(const TotalWar& war, const std::vector<double>& shares) {
  left_ = war.strength;
  terms_.resize(war.n * kTerms);
  const double first = *std::max_element(left_.begin(), left_.end());
  double time = 0;
  for (aim(war, shares); !fire_.empty() && time < war.days;) {
    if (end_duel(war.days - time)) {
      break;
    }
    double norm = 0;
    for (const Fire& fire : fire_) {
      norm = std::max(norm, fire.rate);
    }
    norm *= static_cast<double>(war.n - 1);
    double step = std::min(kReach / norm, war.days - time);
    for (std::size_t i = 0; i < war.n; ++i) {
      std::fill_n(&terms_[i * kTerms], kTerms, 0.0);
      terms_[i * kTerms] = left_[i];
    }
    for (std::size_t k = 0; k + 1 < kTerms; ++k) {
      for (const Fire& fire : fire_) {
        terms_[fire.whom * kTerms + k + 1] -= fire.rate * terms_[fire.by * kTerms + k] / static_cast<double>(k + 1);
      }
    }
    // Strengths only fall: who is above 0 at the end of the step was so all along. Else find the first death.
    double death = kUnending;
    std::size_t dead = war.n;
    for (std::size_t i = 0; i < war.n; ++i) {
      if (left_[i] <= 0 || at_time(i, step) > 0) {
        continue;
      }
      double low = 0;
      double high = step;
      for (double middle = step / 2; low < middle && middle < high; middle = (low + high) / 2) {
        (at_time(i, middle) > 0 ? low : high) = middle;
      }
      if (high < death) {
        death = high;
        dead = i;
      }
    }
    step = std::min(step, death);
    double most = 0;
    for (std::size_t i = 0; i < war.n; ++i) {
      left_[i] = left_[i] <= 0 || i == dead ? 0 : std::max(0.0, at_time(i, step));
      most = std::max(most, left_[i]);
    }
    time += step;
    if (most < kFaded * first) {
      break;
    }
    if (dead < war.n) {
      aim(war, shares);
    }
  }
  return left_;
}

}  // namespace truel::dynamics
