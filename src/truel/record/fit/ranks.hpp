// Simulation-based calibration: whether posteriors of made-up records hold the truth as often as they claim.
#pragma once

#include <cstdint>
#include <span>

namespace truel::record::fit {

/// How likely ranks (0 to `most`, each one truth among `most` posterior draws; Talts and others 2018) that are uniform
/// stray at least as far from uniform as these: the least two-sided binomial tail of their distribution function over
/// all ranks, held against `simulations` sets of uniform ranks (simultaneous bands of Säilynoja, Bürkner and Vehtari
/// 2022). Below 0.05 the ranks leave the 95 % band.
double uniform_ranks_p(std::span<const int> ranks, int most, std::uint64_t seed, int simulations = 1000);

}  // namespace truel::record::fit
