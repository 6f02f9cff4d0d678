// Realizations that may be given up.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>

#include "truel/solver/midway.hpp"
#include "truel/solver/run.hpp"

namespace truel::solver {

/// As `solve`, until `stop` (which may be null) is set, from any thread: then the realization under way is left within
/// a day or an event of it, and what its run and path hold is nothing. Gives back how many of the first were solved.
/// shared_start: what they share with those of another war, if they do; each is the same as if it shared nothing.
std::size_t solve_until(const std::atomic<bool>* stop, const CompiledModel& model, const SolveOptions& options,
                        std::span<const std::uint32_t> numbers, std::span<const double> values, std::span<Run> runs,
                        std::span<Path* const> paths, const SharedStart* shared_start = nullptr);

}  // namespace truel::solver
