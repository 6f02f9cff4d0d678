// A package as a forecast from a day of the past knows it.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/model/war.hpp"

namespace truel::record {

/// What baselines, and fits, learn from before the first quarterly origin, unless another is asked for.
inline constexpr int kLearningMonths = 9;

/// The days between which the package's own record lets a war begin.
std::pair<Day, Day> first_days_possible(const War& war);

/// The package with an account ("": as it stands) and settings ("path=value") laid over it, from `origin` to `until`;
/// unless `told` without the changes that it dates after the origin. Errors: mistakes of the package.
Result<War> forecast_war(const std::filesystem::path& package, const std::string& account,
                         const std::vector<std::string>& settings, Day origin, Day until, bool told);

}  // namespace truel::record
