#include "truel/ensemble/summary/quantity.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "truel/base/statistics/bounded_mean.hpp"
#include "truel/base/statistics/statistics.hpp"

namespace truel::ensemble {
namespace {

/// Out of line: of most realizations of a large ensemble no value is kept.
[[gnu::noinline]] void keep(double x, std::vector<float>& values) {
  values.push_back(static_cast<float>(x));
}

}  // namespace

Quantity quantity_of(const Moments& moments) {
  return {.mean = moments.mean(), .se = moments.se(), .runs = moments.n()};
}

Interval bounds_of(OutcomeScale scale, int n_days) {
  return scale == OutcomeScale::share ? Interval{0, 1}
         : scale == OutcomeScale::day ? Interval{0, static_cast<double>(n_days)}
                                      : Interval{};
}

void set_quantiles(std::vector<float>& values, Quantity& q) {
  std::erase_if(values, [](float x) { return std::isnan(x); });
  if (values.empty()) {
    return;
  }
  std::sort(values.begin(), values.end());
  q.q05 = quantile_of_sorted(values, 0.05);
  q.q50 = quantile_of_sorted(values, 0.50);
  q.q95 = quantile_of_sorted(values, 0.95);
}

void QuantityTally::add(double x, std::uint32_t number) {
  if (!std::isnan(x)) {
    moments.add(x, number);
    if (values.size() < kQuantileRuns) {
      keep(x, values);
    }
  }
}

Quantity QuantityTally::quantity(const Interval& bounds) {
  Quantity q = quantity_of(moments);
  set_quantiles(values, q);
  q.mean_interval = mean_interval(bounds);
  return q;
}

Interval QuantityTally::mean_interval(const Interval& bounds) const {
  const double n = moments.n();
  if (n < Moments::kFewestForInterval) {
    return {};
  }
  if (is_t_honest(n, skewness(values)) && moments.se() > 0) {
    return moments.mean_interval();
  }
  const bool is_bounded = !std::isnan(bounds.low) && values.size() == static_cast<std::size_t>(n);
  return is_bounded ? bounded_mean_interval(values, bounds) : Interval{};
}

void QuantityTallies::add(std::span<const double> outcomes, std::uint32_t number) {
  const std::size_t size = blank_.size();
  std::uint64_t differ = n_ == 0 ? 1 : 0;
  for (std::size_t k = 0; k < size; ++k) {
    differ |= (std::bit_cast<std::uint64_t>(outcomes[k]) ^ blank_[k]) & ~is_gathered_[k];
  }
  for (std::size_t k = 0; differ != 0 && k < size; ++k) {  // most often none
    const auto bits = std::bit_cast<std::uint64_t>(outcomes[k]);
    if (n_ == 0 && (bits == 0 || std::isnan(outcomes[k]))) {
      blank_[k] = bits;
    } else if (is_gathered_[k] == 0 && (n_ == 0 || bits != blank_[k])) {
      begin(k);
    }
  }
  for (std::size_t t = 0; t < tallies_.size(); ++t) {
    tallies_[t].add(outcomes[which_[t]], number);
  }
  of_zeros_.add(0, number);
  ++n_;
}

/// Of what was blank so far.
void QuantityTallies::begin(std::size_t k) {
  is_gathered_[k] = ~std::uint64_t{0};
  of_[k] = tallies_.size();
  which_.push_back(k);
  QuantityTally& begun = tallies_.emplace_back();
  if (n_ > 0 && blank_[k] == 0) {
    begun.moments = of_zeros_;
    begun.values.assign(std::min(n_, kQuantileRuns), 0);
  }
}

QuantityTally& QuantityTallies::gathered(std::size_t k) {
  if (is_gathered_[k] == 0) {
    begin(k);
  }
  return tallies_[of_[k]];
}

}  // namespace truel::ensemble
