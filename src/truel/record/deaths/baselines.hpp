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

/// What a baseline says of one unit and month.
struct DeathForecast {
  std::string model{};
  std::vector<double> members{};  ///< sorted
};

/// zero; last-month; conflictology (each of the last 12 months a member); last-month-poisson; zinb-climatology: a
/// zero-inflated negative binomial fitted by moments to all months before. Those that the months before the origin do
/// not allow are left out: one month is needed, of conflictology three, of the climatology six.
/// history: months before the origin, oldest first; NaN: no record of it, which is no member and lets last-month say
/// nothing where it is the last.
std::vector<DeathForecast> death_baselines(const std::vector<double>& history);

/// An ensemble of another size with the same quantiles: its k-th member is the one at level (k + 1/2) / size of these,
/// which are sorted.
std::vector<double> of_size(const std::vector<double>& members, std::size_t size);

}  // namespace truel::record
