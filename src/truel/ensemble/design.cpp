#include "truel/ensemble/design.hpp"

#include <algorithm>

#include "truel/ensemble/point_set.hpp"
#include "truel/model/truncated.hpp"

namespace truel::ensemble {

void draw_parameters(const dynamics::CompiledModel& model, std::uint64_t seed, std::uint32_t number,
                     std::span<double> values) {
  std::copy(model.medians().begin(), model.medians().end(), values.begin());
  std::array<std::uint32_t, kSetDimensions> point{};
  std::uint32_t set = 0;
  for (std::size_t u = 0; u < model.uncertain().size(); ++u) {
    const auto dimension = static_cast<std::uint32_t>(model.dimension()[u]);
    if (u == 0 || dimension / kSetDimensions != set) {
      set = dimension / kSetDimensions;
      point = sobol_point(seed, set, number);
    }
    const double uniform = scrambled(seed, dimension, number, point[dimension % kSetDimensions]);
    const int parameter = model.uncertain()[u];
    const Parameter& p = model.war().parameters[at(parameter)];
    values[at(parameter)] = truncated_quantile(p.distribution, uniform, p.least, p.greatest);
  }
}

}  // namespace truel::ensemble
