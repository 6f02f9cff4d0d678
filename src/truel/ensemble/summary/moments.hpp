// Means over realizations, and how far they may be from what endless realizations would give.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "truel/base/statistics/statistics.hpp"
#include "truel/ensemble/design/point_set.hpp"
#include "truel/model/parameters.hpp"

namespace truel::ensemble {

/// Sums over the realizations in which an outcome exists.
class Moments {
 public:
  /// Of a replicate, for its mean to be of use beside the others'.
  static constexpr double kOfReplicate = 4;
  static constexpr double kFewestForInterval = 10;

  /// number: of the realization. Sums of whole numbers are the same in any order.
  void add(double x, std::uint32_t number) {
    n_[number % kReplicates] += 1;
    sum_[number % kReplicates] += x;
    squares_ += x * x;
  }

  double n() const;
  double sum() const;
  /// NaN without any.
  double mean() const;

  /// Standard error of the mean: from the spread of the replicates' means, which are independent of one another, where
  /// each has kOfReplicate realizations or more (Cochran 1977, ratio of sums over clusters, which weighs each by its
  /// size); else as for independent draws, which the few realizations of different replicates are. NaN with fewer than
  /// two.
  double se() const;

  /// The mean less and plus Student's t times its error, with one degree of freedom less than there are replicates, or
  /// realizations: 95 times in 100 it holds the mean that endless realizations would give, less often where the numbers
  /// are skewed and few (is_t_honest). NaN with fewer than kFewestForInterval, and where all are the same, which says
  /// nothing of what the next would be.
  Interval mean_interval() const;

  /// Of an outcome that is 1 or 0: Wilson's interval for as many realizations as would give the standard error, but
  /// never narrower than for as many independent ones as there are, because eight replicates may agree by chance.
  Interval interval() const;

 private:
  bool has_replicates() const;

  std::array<double, kReplicates> n_{}, sum_{};
  double squares_ = 0;
};

}  // namespace truel::ensemble
