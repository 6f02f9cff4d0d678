// The values of the uncertain parameters of each realization.
#pragma once

#include <cstdint>
#include <span>

#include "truel/dynamics/compiled_model.hpp"

namespace truel::ensemble {

/// Writes all parameter values of one realization into `values` [parameters]: fixed ones as they are, uncertain ones at
/// the realization's point of a Sobol sequence (Sobol 1967; direction numbers of Joe and Kuo 2008) with a random
/// digital shift keyed by the seed, mapped through the quantile function and kept within the parameter's bounds.
/// Depends on seed and number alone; parameters that two accounts share get the same draws under both.
void draw_parameters(const dynamics::CompiledModel& model, std::uint64_t seed, std::uint32_t number,
                     std::span<double> values);

}  // namespace truel::ensemble
