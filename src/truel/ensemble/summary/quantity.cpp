#include "truel/ensemble/summary/quantity.hpp"

#include <algorithm>
#include <cmath>

#include "truel/base/statistics/statistics.hpp"

namespace truel::ensemble {

Quantity quantity_of(const Moments& moments) {
  return {.mean = moments.mean(), .se = moments.se(), .runs = moments.n(), .mean_interval = moments.mean_interval()};
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
      values.push_back(static_cast<float>(x));
    }
  }
}

Quantity QuantityTally::quantity() {
  Quantity q = quantity_of(moments);
  set_quantiles(values, q);
  return q;
}

}  // namespace truel::ensemble
