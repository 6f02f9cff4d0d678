// The values of the uncertain parameters of each realization.
#pragma once

#include <cstdint>
#include <span>

#include "truel/world/compiled/compiled_model.hpp"

namespace truel::ensemble {

/// The row of a table of draws that a realization takes, depending on seed and number alone: of n rows the first n
/// realizations take each once, in a random order; the next n likewise, in another; and so on. Where rows have weights,
/// a block of n takes each as often as n times its share of the weight says, rounded up or down (systematic
/// resampling). table: its place in War::draws; two tables are drawn from independently. Cost: n with weights.
std::size_t drawn_row(const JointDraws& draws, std::uint32_t table, std::uint64_t seed, std::uint32_t number);

/// Where a realization lies in the design, before any distribution: [uncertain number], in (0, 1).
void draw_uniforms(const CompiledModel& model, std::uint64_t seed, std::uint32_t number, std::span<double> u);

/// Writes all parameter values of one realization into `values` [parameters]: fixed ones as they are, uncertain ones at
/// the realization's point of the design (point_set.hpp; four dimensions a set), mapped through the quantile function
/// of the distribution, cut off at the parameter's bounds; those of a table of draws at their row of it. Depends on
/// seed and number alone; parameters that two accounts share get the same draws under both.
void draw_parameters(const CompiledModel& model, std::uint64_t seed, std::uint32_t number, std::span<double> values);

}  // namespace truel::ensemble
