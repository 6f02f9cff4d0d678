#include "truel/sensitivity/estimators.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "truel/base/math.hpp"
#include "truel/base/random.hpp"
#include "truel/base/result.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/model/parameters.hpp"
#include "truel/sensitivity/keys.hpp"

namespace truel::sensitivity {
namespace {

constexpr int kLeastClasses = 4;
constexpr int kMostClasses = 48;

Estimate interval(double value, std::vector<double> replicates) {
  std::erase_if(replicates, [](double x) { return !std::isfinite(x); });
  if (replicates.empty()) {
    return {value, kAbsent, kAbsent};
  }
  std::sort(replicates.begin(), replicates.end());
  return {value, quantile_of_sorted(replicates, 0.025), quantile_of_sorted(replicates, 0.975)};
}

/// Weighted mean over blocks of f(block).
template <class F>
double mean_over(std::span<const double> weights, F&& f) {
  double sum = 0;
  double n = 0;
  for (std::size_t b = 0; b < weights.size(); ++b) {
    sum += weights[b] * f(b);
    n += weights[b];
  }
  return sum / n;
}

/// Sums over parts of blocks from which the mean product of runs in different blocks follows. A block that a bootstrap
/// draws twice is still one block: its runs share inputs.
struct PairSums {
  double total = 0, squares = 0, n = 0, n_squares = 0;

  void add(double weight, double sum, double count) {
    total += weight * sum;
    squares += weight * weight * sum * sum;
    n += weight * count;
    n_squares += weight * weight * count * count;
  }
  bool has_pairs() const { return n * n > n_squares; }
  double mean_product() const { return (total * total - squares) / (n * n - n_squares); }
};

/// The runs of one block that lie in one class of an input.
struct Part {
  std::uint32_t block;
  std::uint16_t label;
  double sum, count;
};

}  // namespace

Bootstrap::Bootstrap(std::size_t blocks, std::size_t replicates, std::uint64_t seed) : blocks_(blocks) {
  TRUEL_CHECK(blocks > 0);
  weights_.assign(blocks * (1 + replicates), 0);
  std::fill_n(weights_.begin(), blocks, 1);
  for (std::size_t r = 1; r <= replicates; ++r) {
    RandomStream random(seed, static_cast<std::uint32_t>(r), kBootstrapStep, Purpose::design, 0);
    for (std::size_t i = 0; i < blocks; ++i) {
      const auto drawn = static_cast<std::size_t>(random.uniform() * static_cast<double>(blocks));
      weights_[r * blocks + std::min(drawn, blocks - 1)] += 1;
    }
  }
}

Estimate with_interval(std::span<const double> values) {
  return interval(values.front(), std::vector<double>(values.begin() + 1, values.end()));
}

Estimate bias_reduced(std::span<const double> values) {
  std::vector<double> reduced;
  for (const double replicate : values.subspan(1)) {
    reduced.push_back(2 * values.front() - replicate);
  }
  const double mean = std::accumulate(reduced.begin(), reduced.end(), 0.0) / static_cast<double>(reduced.size());
  return interval(mean, std::move(reduced));
}

double shared_variance(std::span<const double> one, std::span<const double> other, double centre,
                       std::span<const double> weights) {
  return mean_over(weights, [&](std::size_t b) { return (one[b] - centre) * (other[b] - centre); });
}

double saltelli_first(std::span<const double> a, std::span<const double> b, std::span<const double> ab, double centre,
                      std::span<const double> weights) {
  return mean_over(weights, [&](std::size_t i) { return (b[i] - centre) * (ab[i] - a[i]); });
}

double jansen_total(std::span<const double> a, std::span<const double> ab, std::span<const double> weights) {
  return mean_over(weights, [&](std::size_t b) { return (a[b] - ab[b]) * (a[b] - ab[b]) / 2; });
}

std::vector<std::uint16_t> equal_frequency_classes(std::span<const double> x, int classes) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return x[i] < x[j]; });
  std::vector<std::uint16_t> label(x.size());
  std::size_t first_equal = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    if (x[order[rank]] != x[order[first_equal]]) {
      first_equal = rank;
    }
    label[order[rank]] = static_cast<std::uint16_t>(first_equal * static_cast<std::size_t>(classes) / x.size());
  }
  return label;
}

std::vector<std::uint16_t> equal_width_classes(std::span<const double> x, int classes) {
  std::vector<std::uint16_t> label(x.size());
  std::transform(x.begin(), x.end(), label.begin(), [&](double u) {
    return static_cast<std::uint16_t>(std::clamp(static_cast<int>(u * classes), 0, classes - 1));
  });
  return label;
}

int classes_for(std::size_t n) {
  return std::clamp(static_cast<int>(std::lround(math::cbrt(static_cast<double>(n)))), kLeastClasses, kMostClasses);
}

GivenData::GivenData(std::vector<double> y, std::vector<std::uint32_t> block, const Bootstrap& bootstrap, int most_bins)
    : bootstrap_(bootstrap), y_(std::move(y)), block_(std::move(block)) {
  TRUEL_CHECK(y_.size() == block_.size() && std::is_sorted(block_.begin(), block_.end()));
  TRUEL_CHECK(!block_.empty() && block_.back() < bootstrap.blocks());

  // A value that fills a class alone gets one alone; the others join until a class is full.
  std::vector<double> sorted(y_);
  std::sort(sorted.begin(), sorted.end());
  const double full = static_cast<double>(y_.size()) / most_bins;
  std::vector<double> first_of_bin;
  double filled = full;
  for (std::size_t i = 0; i < sorted.size();) {
    const auto next = static_cast<std::size_t>(
        std::upper_bound(sorted.begin() + static_cast<std::ptrdiff_t>(i), sorted.end(), sorted[i]) - sorted.begin());
    const auto count = static_cast<double>(next - i);
    if (filled >= full || count >= full) {
      first_of_bin.push_back(sorted[i]);
      filled = 0;
    }
    filled += count;
    i = next;
  }
  n_bins_ = static_cast<int>(first_of_bin.size());
  bin_.resize(y_.size());
  for (std::size_t i = 0; i < y_.size(); ++i) {
    const auto above = std::upper_bound(first_of_bin.begin(), first_of_bin.end(), y_[i]);
    bin_[i] = static_cast<std::uint16_t>(above - first_of_bin.begin() - 1);
  }

  const double centre = std::accumulate(y_.begin(), y_.end(), 0.0) / static_cast<double>(y_.size());
  for (double& value : y_) {
    value -= centre;
  }
  std::vector<double> sum(bootstrap.blocks(), 0);
  std::vector<double> squares(bootstrap.blocks(), 0);
  std::vector<double> count(bootstrap.blocks(), 0);
  for (std::size_t i = 0; i < y_.size(); ++i) {
    sum[block_[i]] += y_[i];
    squares[block_[i]] += y_[i] * y_[i];
    count[block_[i]] += 1;
  }
  const std::size_t n_bins = static_cast<std::size_t>(n_bins_);
  bin_share_.assign((1 + bootstrap.replicates()) * n_bins, 0);
  for (std::size_t r = 0; r <= bootstrap.replicates(); ++r) {
    const auto weights = bootstrap.weights(r);
    PairSums pairs;
    double square = 0;
    for (std::size_t b = 0; b < bootstrap.blocks(); ++b) {
      pairs.add(weights[b], sum[b], count[b]);
      square += weights[b] * squares[b];
    }
    mean_.push_back(centre + pairs.total / pairs.n);
    squared_mean_.push_back(pairs.has_pairs() ? pairs.mean_product() : kAbsent);
    variance_.push_back(square / pairs.n - squared_mean_.back());
    for (std::size_t i = 0; i < y_.size(); ++i) {
      bin_share_[r * n_bins + bin_[i]] += weights[block_[i]] / pairs.n;
    }
  }
}

std::vector<double> GivenData::first_order(std::span<const std::uint16_t> label, int n_classes,
                                           bool has_replicates) const {
  std::vector<Part> parts;
  std::vector<std::ptrdiff_t> part_of(static_cast<std::size_t>(n_classes), -1);
  std::size_t first_of_block = 0;
  for (std::size_t i = 0; i < y_.size(); ++i) {
    if (i == 0 || block_[i] != block_[i - 1]) {
      first_of_block = parts.size();
    }
    std::ptrdiff_t& known = part_of[label[i]];
    if (known < static_cast<std::ptrdiff_t>(first_of_block)) {
      known = static_cast<std::ptrdiff_t>(parts.size());
      parts.push_back({block_[i], label[i], 0, 0});
    }
    Part& part = parts[static_cast<std::size_t>(known)];
    part.sum += y_[i];
    part.count += 1;
  }
  std::vector<double> result;
  std::vector<PairSums> classes(static_cast<std::size_t>(n_classes));
  for (std::size_t r = 0; r <= (has_replicates ? bootstrap_.replicates() : 0); ++r) {
    const auto weights = bootstrap_.weights(r);
    std::fill(classes.begin(), classes.end(), PairSums{});
    for (const Part& part : parts) {
      classes[part.label].add(weights[part.block], part.sum, part.count);
    }
    double between = 0;
    double n = 0;
    for (const PairSums& one : classes) {
      if (one.has_pairs()) {
        between += one.n * one.mean_product();
        n += one.n;
      }
    }
    result.push_back((between / n - squared_mean_[r]) / variance_[r]);
  }
  return result;
}

std::vector<double> GivenData::delta(std::span<const std::uint16_t> label, int n_classes, bool has_replicates) const {
  const auto n_bins = static_cast<std::size_t>(n_bins_);
  std::vector<std::uint32_t> cell(y_.size());
  for (std::size_t i = 0; i < y_.size(); ++i) {
    cell[i] = static_cast<std::uint32_t>(label[i] * n_bins + bin_[i]);
  }
  std::vector<double> result;
  std::vector<double> counts(static_cast<std::size_t>(n_classes) * n_bins);
  for (std::size_t r = 0; r <= (has_replicates ? bootstrap_.replicates() : 0); ++r) {
    const auto weights = bootstrap_.weights(r);
    std::fill(counts.begin(), counts.end(), 0);
    for (std::size_t i = 0; i < y_.size(); ++i) {
      counts[cell[i]] += weights[block_[i]];
    }
    double distance = 0;
    double n = 0;
    for (std::size_t c = 0; c < static_cast<std::size_t>(n_classes); ++c) {
      const auto row = std::span(counts).subspan(c * n_bins, n_bins);
      const double in_class = std::accumulate(row.begin(), row.end(), 0.0);
      for (std::size_t k = 0; k < n_bins && in_class > 0; ++k) {
        distance += std::abs(row[k] - in_class * bin_share_[r * n_bins + k]);
      }
      n += in_class;
    }
    result.push_back(distance / (2 * n));
  }
  return result;
}

}  // namespace truel::sensitivity
