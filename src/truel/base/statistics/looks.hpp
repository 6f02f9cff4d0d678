// Intervals that are looked at again and again while numbers come in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "truel/base/statistics/statistics.hpp"

namespace truel {

/// How often an interval that is looked at once misses.
inline constexpr double kMiss = 0.05;

/// How often the interval of each look may miss so that in kMiss of all cases, and no more, any of them does (Pocock
/// 1977: all looks are treated alike): then they hold the truth together, and it does not matter at which of them the
/// reader stops (repeated confidence intervals, Jennison and Turnbull 1989). looks: how many numbers are in at each,
/// ascending, at least one. Exact for means of independent normal numbers whose spread is known: their joint
/// distribution is integrated look by look (Armitage, McPherson and Rowe 1969). Cost: some milliseconds.
double miss_of_each_look(std::span<const std::uint32_t> looks);

/// How often any of the looks misses if each misses so often.
double miss_of_all_looks(std::span<const std::uint32_t> looks, double each);

/// The intervals of statistics.hpp that miss so often: those of a look.
Interval mean_interval(const Mean& mean, double miss);
Interval matched_proportions(std::size_t pairs, std::size_t gained, std::size_t lost, double miss);
/// The greatest probability of what none has shown: it is greater in half of `miss` at most.
double most_unseen(std::size_t n, double miss);

}  // namespace truel
