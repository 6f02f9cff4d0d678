// Rank correlations among many numbers.
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <vector>

namespace truel::test {

/// Ranks of each of many numbers over the same realizations, standardised so that products add up to correlations.
class RankCorrelations {
 public:
  explicit RankCorrelations(std::size_t runs) : runs_(runs), packs_((runs + kPack - 1) / kPack) {}

  /// One number's values, [run]. Equal values share the mean of their ranks. One that never varies counts as
  /// uncorrelated.
  void add(std::span<const float> values) {
    std::vector<std::uint32_t> order(runs_);
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto i, auto j) { return values[i] < values[j]; });
    std::vector<double> rank(runs_);
    for (std::size_t i = 0; i < runs_;) {
      std::size_t end = i + 1;
      while (end < runs_ && values[order[end]] == values[order[i]]) {
        ++end;
      }
      for (std::size_t k = i; k < end; ++k) {
        rank[order[k]] = static_cast<double>(i + end - 1) / 2 - static_cast<double>(runs_ - 1) / 2;
      }
      i = end;
    }
    const double length = std::sqrt(std::inner_product(rank.begin(), rank.end(), rank.begin(), 0.0));
    std::vector<Pack> column(packs_);
    for (std::size_t i = 0; i < runs_ && length > 0; ++i) {
      column[i / kPack][i % kPack] = static_cast<float>(rank[i] / length);
    }
    columns_.insert(columns_.end(), column.begin(), column.end());
    ++size_;
  }

  /// Spearman's correlation of two numbers.
  double of(std::size_t a, std::size_t b) const { return total(between(a, b)); }

  /// The greatest absolute value over all pairs, of numbers that `is_counted(first, second)` picks. Cost: a product of
  /// a matrix with itself.
  template <class F>
  double greatest(F&& is_counted) const {
    double greatest = 0;
    for_each_pair([&](std::size_t a, std::size_t b, double r) {
      greatest = is_counted(a, b) ? std::max(greatest, std::abs(r)) : greatest;
    });
    return greatest;
  }
  double greatest() const {
    return greatest([](std::size_t, std::size_t) { return true; });
  }

  /// Of the squares over all pairs.
  double mean_square() const {
    double sum = 0;
    std::size_t pairs = 0;
    for_each_pair([&](std::size_t, std::size_t, double r) {
      sum += r * r;
      ++pairs;
    });
    return sum / static_cast<double>(pairs);
  }

 private:
  static constexpr std::size_t kPack = 4;
  typedef float Pack __attribute__((vector_size(kPack * sizeof(float))));

  template <class F>
  void for_each_pair(F&& call) const {
    for (std::size_t a = 0; a < size_; ++a) {
      std::size_t b = a + 1;
      for (; b + 4 <= size_; b += 4) {  // four side by side, so that what is loaded is used often
        Pack s0{};
        Pack s1{};
        Pack s2{};
        Pack s3{};
        const Pack* x = column(a);
        const Pack* y = column(b);
        for (std::size_t i = 0; i < packs_; ++i) {
          s0 += x[i] * y[i];
          s1 += x[i] * y[i + packs_];
          s2 += x[i] * y[i + 2 * packs_];
          s3 += x[i] * y[i + 3 * packs_];
        }
        call(a, b, total(s0));
        call(a, b + 1, total(s1));
        call(a, b + 2, total(s2));
        call(a, b + 3, total(s3));
      }
      for (; b < size_; ++b) {
        call(a, b, total(between(a, b)));
      }
    }
  }

  const Pack* column(std::size_t i) const { return columns_.data() + i * packs_; }
  Pack between(std::size_t a, std::size_t b) const {
    Pack sum{};
    for (std::size_t i = 0; i < packs_; ++i) {
      sum += column(a)[i] * column(b)[i];
    }
    return sum;
  }
  static double total(const Pack& sum) { return double{sum[0]} + double{sum[1]} + double{sum[2]} + double{sum[3]}; }

  std::size_t runs_, packs_, size_ = 0;
  std::vector<Pack> columns_;  ///< [number][pack]
};

}  // namespace truel::test
