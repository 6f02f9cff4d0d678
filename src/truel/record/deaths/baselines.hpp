// Baselines of deaths: forecasts that know the months before.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace truel::record {

/// The baseline that repeats the last twelve months.
inline constexpr std::string_view kConflictology = "conflictology";
inline constexpr std::string_view kZero = "zero";
/// Those of whom each side fights: as in the year before, and all alike.
inline constexpr std::string_view kLastYear = "last-year", kEven = "even";

/// What a baseline says of one unit and month.
struct DeathForecast {
  std::string model{};
  std::vector<double> members{};  ///< sorted
};

/// The names of all baselines.
std::vector<std::string_view> death_baseline_names();

/// What all baselines say, but for those for which too few months are known.
/// history: months before the origin, oldest first; NaN: no record of it.
std::vector<DeathForecast> death_baselines(const std::vector<double>& history);

/// An ensemble of another size with the same quantiles: its k-th member is the one at level (k + 1/2) / size of these,
/// which are sorted.
std::vector<double> of_size(const std::vector<double>& members, std::size_t size);

}  // namespace truel::record
