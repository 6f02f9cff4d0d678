// Spans over which forecasts are held against a record.
#pragma once

#include <vector>

#include "truel/base/date.hpp"

namespace truel::record {

struct Window {
  Day origin = 0;           ///< forecasts know what was known that morning
  Day from = 0, until = 0;  ///< the span asked for; control is compared in the morning of `until`
  int months = 0;           ///< the horizon, rounded
};

/// Spans from the first day of each quarter and 3, 6 and 12 months long, as far as `first` and `last` allow: the first
/// origin is the first quarter's day at or after `first`, and no span ends after `last`.
std::vector<Window> quarterly_windows(Day first, Day last);

/// Whether a calendar month, as month_of counts, lies whole in the span and after the origin.
bool is_whole_in(const Window& window, int month);

/// Whole months from one day to the day after another, rounded; at least 1.
int months_between(Day from, Day until);

}  // namespace truel::record
