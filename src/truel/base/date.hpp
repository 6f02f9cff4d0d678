// Calendar days.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace truel {

/// Days since 1970-01-01 (proleptic Gregorian calendar).
using Day = std::int32_t;

/// Of the Julian calendar, for rates.
inline constexpr double kDaysAYear = 365.25;

/// Reads YYYY-MM-DD; nothing if it is not a date of the calendar.
std::optional<Day> parse_date(std::string_view text);

/// Writes YYYY-MM-DD.
std::string format_date(Day day);

}  // namespace truel
