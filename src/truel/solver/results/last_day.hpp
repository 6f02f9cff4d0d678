// What a realization says when it is over.
#pragma once

#include <vector>

#include "truel/solver/results/collapse.hpp"
#include "truel/solver/run.hpp"

namespace truel::solver {

/// Fills in all of a run that is known on the last day alone but its fingerprint. extinction: [actor] the day on which
/// its last fighter was gone, or NaN.
void finish(const CompiledModel& model, const State& state, const CollapseWatch& collapse,
            const std::vector<double>& extinction, Run& run);

/// Of everything that a run holds but its number.
std::uint64_t fingerprint_of(const Run& run);

}  // namespace truel::solver
