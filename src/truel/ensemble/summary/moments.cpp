#include "truel/ensemble/summary/moments.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace truel::ensemble {

double Moments::n() const {
  return std::accumulate(n_.begin(), n_.end(), 0.0);
}

double Moments::sum() const {
  return std::accumulate(sum_.begin(), sum_.end(), 0.0);
}

double Moments::mean() const {
  const double all = n();
  return all > 0 ? sum() / all : kAbsent;
}

bool Moments::has_replicates() const {
  return std::all_of(n_.begin(), n_.end(), [](double n) { return n >= kOfReplicate; });
}

double Moments::se() const {
  const double all = n();
  const double middle = mean();
  if (has_replicates()) {
    double squares = 0;
    for (std::size_t j = 0; j < n_.size(); ++j) {
      const double part = (sum_[j] - n_[j] * middle) / all;
      squares += part * part;
    }
    return std::sqrt(squares * kReplicates / (kReplicates - 1));
  }
  return all > 1 ? std::sqrt(std::max(0.0, squares_ / all - middle * middle) / (all - 1)) : kAbsent;
}

Interval Moments::mean_interval() const {
  const double error = se();
  if (n() < kFewestForInterval || !(error > 0)) {
    return {};
  }
  const double half = error * student_quantile(has_replicates() ? kReplicates - 1 : n() - 1);
  return {mean() - half, mean() + half};
}

Interval Moments::interval() const {
  const double all = n();
  if (all == 0) {
    return {};
  }
  const double share = mean();
  const double error = se();
  const double as_many = error > 0 ? share * (1 - share) / (error * error) : all;
  return wilson_interval(share, std::clamp(as_many, std::min(1.0, all), all));
}

}  // namespace truel::ensemble
