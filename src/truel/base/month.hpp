// Calendar months.
#pragma once

#include "truel/base/date.hpp"

namespace truel {

/// The calendar month of a day, counted from January 1970, and the first day of such a month.
int month_of(Day day);
Day first_day(int month);

/// The same day of the month so many months later, or the last of that month where it has no such day.
Day add_months(Day day, int months);

}  // namespace truel
