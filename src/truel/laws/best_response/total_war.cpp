#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "truel/base/math.hpp"
#include "truel/laws/best_response/allocation_game.hpp"

namespace truel::laws {
namespace {

constexpr std::size_t kTerms = 20;    ///< of the series, at most
constexpr std::size_t kMore = 4;      ///< terms that are added at once; twice as many to begin with
constexpr double kRest = 1e-16;       ///< what the series leaves out, relative to all strength
constexpr double kNoFire = 1e-16;     ///< share of the effort that kills less than rounding does
constexpr double kCloseBy = 1e-8;     ///< part of a step; the error of a step of Newton's method is its square
constexpr std::size_t kTogether = 4;  ///< sides whose series are evaluated at once
/// A war in which nobody dies goes on for ever in ever smaller numbers: below this part of the first strength nothing
/// is worth following.
constexpr double kFaded = 1e-9;
constexpr double kUnending = std::numeric_limits<double>::infinity();

}  // namespace

void TotalWarSolver::aim_of(std::size_t by) {
  const auto begin = could_.begin() + static_cast<std::ptrdiff_t>(row_[by]);
  const auto end = could_.begin() + static_cast<std::ptrdiff_t>(row_[by + 1]);
  double sum = 0;
  double living = 0;
  for (auto could = begin; could != end; ++could) {
    const bool is_target = left_[could->whom] > 0;
    sum += is_target ? could->share : 0;
    living += is_target ? 1 : 0;
  }
  for (auto could = begin; could != end; ++could) {
    if (left_[could->whom] <= 0 || (sum > 0 && could->share <= 0)) {
      continue;  // of most a command fires at few
    }
    const double w = sum > 0 ? could->share / sum : 1 / living;
    if (w > kNoFire) {
      fire_.push_back({by, could->whom, could->rate * w});
    }
  }
}

void TotalWarSolver::aim() {
  fire_.clear();
  for (std::size_t by = 0; by < left_.size(); ++by) {
    if (left_[by] > 0) {
      aim_of(by);
    }
  }
}

/// Those who fired at the dead turn to others; everybody else goes on.
void TotalWarSolver::aim_anew() {
  before_.swap(fire_);
  fire_.clear();
  for (std::size_t begin = 0, end = 0; begin < before_.size(); begin = end) {
    const std::size_t by = before_[begin].by;
    bool has_lost_target = false;
    for (; end < before_.size() && before_[end].by == by; ++end) {
      has_lost_target = has_lost_target || left_[before_[end].whom] <= 0;
    }
    if (left_[by] <= 0) {
      continue;
    }
    if (has_lost_target) {
      aim_of(by);
    } else {
      fire_.insert(fire_.end(), before_.begin() + static_cast<std::ptrdiff_t>(begin),
                   before_.begin() + static_cast<std::ptrdiff_t>(end));
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
  const double end = difference == 0 ? kUnending : math::log(sum / std::abs(difference)) / (2 * r);
  const double t = std::min(end, days);
  const double decayed = sum * math::exp(-r * t);
  const double grown = difference * math::exp(r * t);
  x = end <= days && difference < 0 ? 0 : decayed + grown;
  y = end <= days && difference > 0 ? 0 : (decayed - grown) / ratio;
  return true;
}

void TotalWarSolver::begin_series() {
  std::copy(left_.begin(), left_.end(), terms_.begin());
  all_ = std::accumulate(left_.begin(), left_.end(), 0.0);
  greatest_ = 0;
  double rate = 0;
  for (std::size_t k = 0; k < fire_.size(); ++k) {
    rate = k > 0 && fire_[k].by == fire_[k - 1].by ? rate + fire_[k].rate : fire_[k].rate;
    greatest_ = std::max(greatest_, rate);
  }
  n_terms_ = 1;
  lengthen(2 * kMore - 1);
}

void TotalWarSolver::lengthen(std::size_t by) {
  const double* term = &terms_[(n_terms_ - 1) * stride_];
  for (const std::size_t end = n_terms_ + by; n_terms_ < end; ++n_terms_) {
    double* next = &terms_[n_terms_ * stride_];
    std::fill(next, next + stride_, 0.0);
    const double part = 1 / static_cast<double>(n_terms_);
    for (const Fire& fire : fire_) {
      next[fire.whom] -= fire.rate * part * term[fire.by];
    }
    term = next;
  }
  last_ = 0;
  for (std::size_t i = 0; i < left_.size(); ++i) {
    last_ += std::abs(term[i]);
  }
}

// In the sum of all sides a term is at most t |M| / k times the one before it, |M| the greatest rate of fire: while
// t |M| is at most half the number of terms, all that follow are together no more than the last.
bool TotalWarSolver::holds(double t) const {
  if (2 * t * greatest_ > static_cast<double>(n_terms_)) {
    return false;
  }
  const double square = t * t;
  double rest = last_ * square * t;
  for (std::size_t k = kMore; k < n_terms_; k += kMore) {
    rest *= square * square;
  }
  return rest <= kRest * all_;
}

double TotalWarSolver::held() const {
  const double held = kTerms / (2 * greatest_);
  return last_ > 0 ? std::min(held, math::pow(kRest * all_ / last_, 1. / (kTerms - 1))) : held;
}

void TotalWarSolver::evaluate(double t) {
  for (std::size_t first = 0; first < stride_; first += kTogether) {
    std::array<double, kTogether> value{};
    for (std::size_t k = n_terms_; k-- > 0;) {
      const double* term = &terms_[k * stride_ + first];
      for (std::size_t i = 0; i < kTogether; ++i) {
        value[i] = value[i] * t + term[i];
      }
    }
    std::copy(value.begin(), value.end(), &value_[first]);
  }
}

/// Until somebody dies all strengths fall, and ever more slowly (x'' >= 0), so none is below its tangent: a side does
/// not die before its tangent reaches 0. The side that may die first is followed from there again, as Newton's method
/// does, always from the left, until it is another or its death is found.
std::size_t TotalWarSolver::first_death(double& t) {
  const std::size_t nobody = left_.size();
  const double* slope = &terms_[stride_];
  for (std::size_t i = 0; i < left_.size(); ++i) {
    lives_until_[i] = slope[i] < 0 ? -left_[i] / slope[i] : kUnending;
  }
  for (;;) {
    const auto first = std::min_element(lives_until_.begin(), lives_until_.end());
    const double from = std::min(*first, t);
    while (!holds(from)) {
      if (n_terms_ == kTerms) {
        t = held();
        return nobody;
      }
      lengthen(kMore);
    }
    if (*first >= t) {
      return nobody;
    }
    const auto who = static_cast<std::size_t>(first - lives_until_.begin());
    double value = 0;
    double fall = 0;
    for (std::size_t k = n_terms_; k-- > 0;) {
      fall = fall * from + value;
      value = value * from + terms_[k * stride_ + who];
    }
    const double until = value > 0 ? from - value / fall : from;
    if (until - from <= kCloseBy * until) {
      t = std::min(until, t);
      return who;
    }
    *first = until;
  }
}

void TotalWarSolver::begin(const TotalWar& war) {
  war_ = &war;
  stride_ = (war.n + kTogether - 1) / kTogether * kTogether;
  terms_.resize(stride_ * kTerms);
  value_.resize(stride_);
  lives_until_.resize(war.n);
  could_.clear();
  row_.clear();
  for (std::size_t i = 0; i < war.n; ++i) {
    row_.push_back(could_.size());
    for (std::size_t j = 0; j < war.n; ++j) {
      if (const std::size_t pair = i * war.n + j; war.rate[pair] > 0) {
        could_.push_back({j, pair, war.rate[pair], 0});
      }
    }
  }
  row_.push_back(could_.size());
}

const std::vector<double>& TotalWarSolver::solve(const std::vector<double>& shares) {
  const TotalWar& war = *war_;
  left_ = war.strength;
  for (PossibleTarget& could : could_) {
    could.share = shares[could.pair];
  }
  const double first = *std::max_element(left_.begin(), left_.end());
  aim();
  for (double time = 0; !fire_.empty() && time < war.days;) {
    if (end_duel(war.days - time)) {
      break;
    }
    begin_series();
    double step = war.days - time;
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
      aim_anew();
    }
  }
  return left_;
}

}  // namespace truel::laws
