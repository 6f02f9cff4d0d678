#include "truel/ensemble/summary/quantity.hpp"

#include <algorithm>
#include <cmath>

namespace truel::ensemble {

void set_quantiles(std::vector<float>& values, Quantity& q) {
  std::erase_if(values, [](float x) { return std::isnan(x); });
  if (values.empty()) {
    return;
  }
  std::sort(values.begin(), values.end());
  const auto at_level = [&](double level) {
    const double position = level * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    const double part = position - static_cast<double>(below);
    return (1 - part) * static_cast<double>(values[below]) + part * static_cast<double>(values[above]);
  };
  q.q05 = at_level(0.05);
  q.q50 = at_level(0.50);
  q.q95 = at_level(0.95);
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
  Quantity q;
  q.mean = moments.mean();
  q.se = moments.se();
  set_quantiles(values, q);
  return q;
}

}  // namespace truel::ensemble
