// Estimators of sensitivity indices: pure functions of inputs and outcomes, with a bootstrap over blocks of runs.
// docs/sensitivity.md has the formulas and their sources.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace truel::sensitivity {

/// An index with the interval in which 95 of 100 bootstrap replicates lie.
struct Estimate {
  double value, low, high;
};

/// Blocks drawn with replacement. Runs of one block share inputs, so that whole blocks are drawn, never single runs.
class Bootstrap {
 public:
  Bootstrap(std::size_t blocks, std::size_t replicates, std::uint64_t seed);

  std::size_t blocks() const { return blocks_; }
  std::size_t replicates() const { return weights_.size() / blocks_ - 1; }
  /// How often each block is drawn: [block]. Replicate 0 is the sample itself: every block once.
  std::span<const double> weights(std::size_t replicate) const {
    return std::span(weights_).subspan(replicate * blocks_, blocks_);
  }

 private:
  std::size_t blocks_;
  std::vector<double> weights_;  ///< [replicate][block]
};

/// values: [1 + replicates], the estimate on the sample itself first. Values that are not finite are left out of the
/// interval.
Estimate with_interval(std::span<const double> values);

/// Pick-freeze estimators (Sobol 1993). a, b, ab: [block] outcomes at two independent points of the inputs, and at the
/// first with one group of inputs taken from the second. weights: [block]. They give parts of the variance, not yet
/// divided by it.
///
/// Variance that the inputs which two runs share explain alone: the mean product about `centre` (Sobol 1993; with the
/// pooled mean of Janon and others 2014).
double shared_variance(std::span<const double> one, std::span<const double> other, double centre,
                       std::span<const double> weights);
/// First order of the group (Saltelli and others 2010, table 2, b).
double saltelli_first(std::span<const double> a, std::span<const double> b, std::span<const double> ab, double centre,
                      std::span<const double> weights);
/// Total order of the group, and of all that differs between two runs with the same inputs (Jansen 1999).
double jansen_total(std::span<const double> a, std::span<const double> ab, std::span<const double> weights);

/// Classes of an input with about the same number of values each; equal values share a class. Cost: a sort.
std::vector<std::uint16_t> equal_frequency_classes(std::span<const double> x, int classes);
/// Classes of the same width of an input that is uniform between 0 and 1.
std::vector<std::uint16_t> equal_width_classes(std::span<const double> x, int classes);
/// How many classes a sample of n values bears: the cube root, between 4 and 48.
int classes_for(std::size_t n);

/// One outcome of a sample that was made for any purpose, asked about one input after another.
class GivenData {
 public:
  /// y: [run]; block: [run] ascending, below bootstrap.blocks(). most_bins: classes of the outcome for `delta`; values
  /// of the outcome that many runs share get a class of their own. Keeps a reference to `bootstrap`.
  GivenData(std::vector<double> y, std::vector<std::uint32_t> block, const Bootstrap& bootstrap, int most_bins);

  /// Mean, and unbiased variance of a single run, in each replicate: [1 + replicates].
  const std::vector<double>& mean() const { return mean_; }
  const std::vector<double>& variance() const { return variance_; }
  int bins() const { return n_bins_; }
  std::size_t size() const { return y_.size(); }

  /// First-order index of an input in classes (variance of the class means over the variance), free of the bias of
  /// class means over few runs: only products of runs from different blocks are used. [1 + replicates] if
  /// `has_replicates`, else [1]. label: [run] below n_classes. Cost: replicates times runs that differ in the input.
  std::vector<double> first_order(std::span<const std::uint16_t> label, int n_classes, bool has_replicates) const;

  /// Borgonovo's delta (2007) by classes of input and outcome (Plischke, Borgonovo and Smith 2013): half the mean
  /// distance between the distribution of the outcome in a class and its distribution over all. As it comes, biased
  /// upwards. [1 + replicates] or [1].
  std::vector<double> delta(std::span<const std::uint16_t> label, int n_classes, bool has_replicates) const;

 private:
  const Bootstrap& bootstrap_;
  std::vector<double> y_;  ///< about the mean of the sample
  std::vector<std::uint32_t> block_;
  std::vector<std::uint16_t> bin_;
  int n_bins_ = 0;
  std::vector<double> mean_, variance_, squared_mean_;  ///< [1 + replicates]
  std::vector<double> bin_share_;                       ///< [1 + replicates][bin]
};

/// Takes the upward bias out of an estimate by its own bootstrap: twice the estimate less the replicates (Plischke,
/// Borgonovo and Smith 2013). values: [1 + replicates], at least one replicate.
Estimate bias_reduced(std::span<const double> values);

}  // namespace truel::sensitivity
