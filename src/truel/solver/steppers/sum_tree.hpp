// A list of rates whose sum is always known, and among which one is drawn without going through all.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace truel::solver {

/// Numbers >= 0, [0, n). They are the leaves of a tree with the sum of eight nodes in the node above. Of a single
/// number the sum is that number to the bit.
class SumTree {
 public:
  /// n numbers, all 0. Asks for memory where n is greater than ever before.
  void reset(std::size_t n) {
    n_ = n;
    levels_ = 0;
    std::size_t size = 0;
    for (std::size_t nodes = n; levels_ == 0 || nodes > 1;) {
      nodes = (nodes + kWidth - 1) / kWidth;
      begin_[levels_++] = size;
      size += (nodes > 0 ? nodes : 1) * kWidth;
    }
    nodes_.assign(size, 0);
    total_ = 0;
  }

  std::size_t size() const { return n_; }
  double total() const { return total_; }
  double operator[](std::size_t i) const { return nodes_[i]; }

  /// Cost: eight additions for every level, of which there are log n to the base of eight.
  void set(std::size_t i, double value) {
    nodes_[i] = value;
    if (n_ == 1) {
      total_ = value;
      return;
    }
    for (int level = 0; level < levels_; ++level) {
      i /= kWidth;
      const double* x = &nodes_[begin_[level] + i * kWidth];
      const double sum = ((x[0] + x[1]) + (x[2] + x[3])) + ((x[4] + x[5]) + (x[6] + x[7]));
      (level + 1 < levels_ ? nodes_[begin_[level + 1] + i] : total_) = sum;
    }
  }

  /// The number that a mark between 0 and the sum points at, laid end to end, and what of the mark lies within it.
  /// Never one that is 0. Needs total() > 0.
  std::pair<std::size_t, double> find(double mark) const {
    if (n_ == 1) {
      return {0, mark};
    }
    std::size_t i = 0;
    for (int level = levels_ - 1; level >= 0; --level) {
      const double* x = &nodes_[begin_[level] + i * kWidth];
      // Ends of the numbers, counted up to the mark: going through them, every branch would be a coin toss.
      double end[kWidth];
      end[0] = x[0];
      end[1] = x[0] + x[1];
      end[2] = end[1] + x[2];
      end[3] = end[1] + (x[2] + x[3]);
      end[4] = end[3] + x[4];
      end[5] = end[3] + (x[4] + x[5]);
      end[6] = end[5] + x[6];
      end[7] = end[5] + (x[6] + x[7]);
      std::size_t k = 0;
      for (std::size_t other = 0; other + 1 < kWidth; ++other) {
        k += mark >= end[other] ? 1 : 0;
      }
      while (k > 0 && x[k] <= 0) {
        --k;  // rounding has left the mark beyond the end
      }
      mark -= k > 0 ? end[k - 1] : 0;
      i = i * kWidth + k;
    }
    return {i, mark};
  }

 private:
  static constexpr std::size_t kWidth = 8;
  static constexpr int kMostLevels = 21;  ///< 8^21 are 2^63

  std::vector<double> nodes_;  ///< leaves first, each level filled up to whole blocks
  std::size_t begin_[kMostLevels] = {};
  int levels_ = 0;
  std::size_t n_ = 0;
  double total_ = 0;
};

}  // namespace truel::solver
