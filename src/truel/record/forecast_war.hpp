// A package as a forecast from a day of the past knows it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/model/war.hpp"
#include "truel/record/observations/observations.hpp"
#include "truel/scenario/formats/package_files.hpp"

namespace truel::record {

/// What baselines, and fits, learn from before the first quarterly origin, unless another is asked for.
inline constexpr int kLearningMonths = 9;

/// The days that the package's own record of control covers.
std::pair<Day, Day> days_of_control(const War& war);

/// The days on which a war may begin: those from which on somebody has forces, and the days after them that
/// observations cover.
std::pair<Day, Day> first_days_possible(const War& war, const Observations& observations);

/// The first day from which quarterly forecasts may begin: the asked one, or so many months after control.csv begins.
Day first_quarterly_origin(const War& war, const Observations& observations, std::optional<Day> asked);

/// Who holds what on a day that control.csv of the package does not reach, by the record, or by its last day where it
/// has ended by then: spells of that one day; empty where control.csv reaches it. Of the actors that a side stands for,
/// the one who held the place last in control.csv; if none did, the one who holds the nearest place there at its end,
/// or the first of actors.csv where none holds any. Nobody holds a place of a side without men on the ground; where the
/// record does not know, control.csv's last word stays.
std::vector<ControlSpell> control_on(const War& war, const Observations& observations, Day day);

/// The same of a day and of the days before it of which forces.csv has strengths.
std::vector<ControlSpell> control_until(const War& war, const Observations& observations, Day day);

/// What is wrong with a forecast from an origin until a day: nothing says who holds what then, or it is not after it.
Diagnostics wrong_days(const War& war, const Observations& observations, Day origin, Day until);

/// The package with an account ("": as it stands; several: one+other) and settings ("path=value") laid over it, from
/// `start` to `until`; without the changes, and without the beginnings and ends of help from sponsors, that it dates
/// after the day `known`, if there is one. later: control_until the start. Errors: mistakes of the package.
Result<War> forecast_war(const scenario::PackageFiles& package, const std::string& account,
                         const std::vector<std::string>& settings, Day start, Day until, std::optional<Day> known,
                         const std::vector<ControlSpell>& later);
/// The same of the package in a folder.
Result<War> forecast_war(const std::filesystem::path& package, const std::string& account,
                         const std::vector<std::string>& settings, Day start, Day until, std::optional<Day> known,
                         const std::vector<ControlSpell>& later);

/// Writes such spells, for what depends on them.
std::string text_of(const std::vector<ControlSpell>& later);

}  // namespace truel::record
