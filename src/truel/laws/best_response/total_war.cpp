#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "truel/base/math.hpp"
#include "truel/laws/best_response/allocation_game.hpp"

namespace truel::laws {
namespace {

constexpr std::size_t kTerms = 20;    ///< of the series
constexpr double kRest = 1e-16;       ///< what the series leaves out, relative to all strength
constexpr double kNoFire = 1e-16;     ///< share of the effort that kills less than rounding does
constexpr double kCloseBy = 1e-8;     ///< part of a step; the error of a step of Newton's method is its square
constexpr std::size_t kTogether = 4;  ///< sides whose series are evaluated at once
/// A war in which nobody dies goes on for ever in ever smaller numbers: below this part of the first strength nothing
/// is worth following.
constexpr double kFaded = 1e-9;
constexpr double kUnending = std::numeric_limits<double>::infinity();

}  // namespace

void TotalWarSolver::aim() {
  fire_.clear();
  greatest_ = 0;
  for (std::size_t begin = 0, end = 0; begin < all_.size(); begin = end) {
    const std::size_t by = all_[begin].by;
    double sum = 0;
    double living = 0;
    for (; end < all_.size() && all_[end].by == by; ++end) {
      const bool is_target = left_[all_[end].whom] > 0;
      sum += is_target ? all_[end].share : 0;
      living += is_target ? 1 : 0;
    }
    double rate = 0;
    for (std::size_t k = begin; k < end && left_[by] > 0; ++k) {
      const double w = sum > 0 ? all_[k].share / sum : 1 / living;
      if (left_[all_[k].whom] > 0 && w > kNoFire) {
        fire_.push_back({by, all_[k].whom, all_[k].rate * w, w});
        rate += fire_.back().rate;
      }
    }
    greatest_ = std::max(greatest_, rate);
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
  const double end = difference == 0 ? kUnending : math::log(sum / std::abs(difference)) / (2 * r);
  const double t = std::min(end, days);
  const double decayed = sum * math::exp(-r * t);
  const double grown = difference * math::exp(r * t);
  x = end <= days && difference < 0 ? 0 : decayed + grown;
  y = end <= days && difference > 0 ? 0 : (decayed - grown) / ratio;
  return true;
}

double TotalWarSolver::expand() {
  std::fill(terms_.begin(), terms_.end(), 0.0);
  std::copy(left_.begin(), left_.end(), terms_.begin());
  double* term = terms_.data();
  for (std::size_t k = 1; k < kTerms; ++k, term += stride_) {
    double* next = term + stride_;
    for (const Fire& fire : fire_) {
      next[fire.whom] -= fire.rate * term[fire.by];
    }
    for (std::size_t i = 0; i < left_.size(); ++i) {
      next[i] /= static_cast<double>(k);
    }
  }
  double last = 0;
  double all = 0;
  for (std::size_t i = 0; i < left_.size(); ++i) {
    last += std::abs(term[i]);
    all += left_[i];
  }
  // In the sum of all sides a term is at most t |M| / k times the one before it, |M| the greatest rate of fire: while
  // t |M| is at most half of kTerms, all that follow are together no more than the last.
  const double held = kTerms / (2 * greatest_);
  return last > 0 ? std::min(held, math::pow(kRest * all / last, 1. / (kTerms - 1))) : held;
}

void TotalWarSolver::evaluate(double t) {
  for (std::size_t first = 0; first < stride_; first += kTogether) {
    std::array<double, kTogether> value{};
    std::array<double, kTogether> slope{};
    for (std::size_t k = kTerms; k-- > 0;) {
      const double* term = &terms_[k * stride_ + first];
      for (std::size_t i = 0; i < kTogether; ++i) {
        slope[i] = slope[i] * t + value[i];
        value[i] = value[i] * t + term[i];
      }
    }
    std::copy(value.begin(), value.end(), &value_[first]);
    std::copy(slope.begin(), slope.end(), &slope_[first]);
  }
}

/// Who dies first, if anybody within t, and then when. Until somebody dies all strengths fall, and ever more slowly
/// (x'' >= 0), so none is below its tangent: nobody dies before the first tangent reaches 0. From there again, as
/// Newton's method does, always from the left.
std::size_t TotalWarSolver::first_death(double& t) {
  const double end = t;
  std::size_t dead = left_.size();
  t = 0;
  while (t < end && dead == left_.size()) {
    evaluate(t);
    double next = end;
    std::size_t who = dead;
    for (std::size_t i = 0; i < left_.size(); ++i) {
      if (left_[i] > 0 && value_[i] + (next - t) * slope_[i] <= 0) {
        next = value_[i] > 0 ? t - value_[i] / slope_[i] : t;
        who = i;
      }
    }
    if (next - t <= kCloseBy * end) {
      dead = who;
    }
    t = next;
  }
  return dead;
}

const std::vector<double>& TotalWarSolver::solve(const TotalWar& war, const std::vector<double>& shares) {
  left_ = war.strength;
  stride_ = (war.n + kTogether - 1) / kTogether * kTogether;
  terms_.resize(stride_ * kTerms);
  value_.resize(stride_);
  slope_.resize(stride_);
  all_.clear();
  for (std::size_t i = 0; i < war.n; ++i) {
    for (std::size_t j = 0; j < war.n; ++j) {
      if (war.rate[i * war.n + j] > 0) {
        all_.push_back({i, j, war.rate[i * war.n + j], shares[i * war.n + j]});
      }
    }
  }
  const double first = *std::max_element(left_.begin(), left_.end());
  aim();
  for (double time = 0; !fire_.empty() && time < war.days;) {
    if (end_duel(war.days - time)) {
      break;
    }
    double step = std::min(expand(), war.days - time);
    const std::size_t dead = first_death(step);
    evaluate(step);
    double most = 0;
    for (std::size_t i = 0; i < war.n; ++i) {
      left_[i] = left_[i] <= 0 || i == dead ? 0 : std::max(0.0, value_[i]);
      most = std::max(most, left_[i]);
    }
    time += step;
    if (most < kFaded * first) {
      break;
    }
    if (dead < war.n) {
      aim();
    }
  }
  return left_;
}

}  // namespace truel::laws
