// The random numbers of events, made some at a time, so that making them does not wait for what each event leads to.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "truel/base/math.hpp"
#include "truel/base/random.hpp"

namespace truel::solver {

/// The uniform numbers of a stream in its order. Most events take two, one for the time that passes and one for what
/// happens: the logarithm of every first is taken beforehand.
class EventDraws {
 public:
  explicit EventDraws(RandomStream random) : random_(random) {}

  double uniform() {
    make_ready();
    return uniform_[next_++];
  }

  /// Time until the next event of a Poisson process of rate 1: -ln of a uniform number.
  double waiting_time() {
    make_ready();
    const std::size_t k = next_++;
    return -(k % 2 == 0 ? log_[k / 2] : math::log(uniform_[k]));
  }

 private:
  void make_ready() {
    if (next_ < made_) {
      return;
    }
    made_ = std::min(kMost, std::max<std::size_t>(2, 2 * made_));  // few are wanted of a short fight
    next_ = 0;
    random_.uniform(uniform_.data(), made_);
    for (std::size_t k = 0; k < made_; k += 2) {
      log_[k / 2] = math::log(uniform_[k]);
    }
  }

  static constexpr std::size_t kMost = 64;

  RandomStream random_;
  std::array<double, kMost> uniform_;
  std::array<double, kMost / 2> log_;
  std::size_t made_ = 0;
  std::size_t next_ = 0;
};

}  // namespace truel::solver
