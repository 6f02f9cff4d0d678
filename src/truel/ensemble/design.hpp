// The values of the uncertain parameters of each realization.
#pragma once

#include <cstdint>
#include <span>

#include "truel/dynamics/compiled_model.hpp"

namespace truel::ensemble {

/// Writes all parameter values of one realization into `values` [parameters]: fixed ones as they are, uncertain ones at
/// the realization's point of the design (point_set.hpp; four dimensions a set), mapped through the quantile function
/// of the distribution, cut off at the parameter's bounds. Depends on seed and number alone; parameters that two
/// accounts share get the same draws under both.
void draw_parameters(const dynamics::CompiledModel& model, std::uint64_t seed, std::uint32_t number,
                     std::span<double> values);

}  // namespace truel::ensemble
