// Calendar months.
#pragma once

#include <string>
#include <vector>

#include "truel/base/date.hpp"

namespace truel {

/// The calendar month of a day, counted from January 1970, and the first day of such a month.
int month_of(Day day);
Day first_day(int month);

/// Writes YYYY-MM.
std::string format_month(int month);

/// The same day of the month so many months later, or the last of that month where it has no such day.
Day add_months(Day day, int months);

/// The part of a calendar month that lies between two days.
struct MonthSpan {
  int month;  ///< as month_of counts
  int from;   ///< days since the first day; `until` is not in it
  int until;
  bool is_whole;
};

/// The calendar months from `start` on that have a day before `end`; of equal days, the month that they are in.
std::vector<MonthSpan> calendar_months(Day start, Day end);

}  // namespace truel
