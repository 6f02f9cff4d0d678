#include "truel/record/windows.hpp"

#include <algorithm>
#include <cmath>

#include "truel/base/month.hpp"

namespace truel::record {

std::vector<Window> quarterly_windows(Day first, Day last) {
  std::vector<Window> windows;
  for (int month = month_of(first) / 3 * 3; first_day(month) <= last; month += 3) {
    const Day origin = first_day(month);
    for (const int months : {3, 6, 12}) {
      if (const Day until = add_months(origin, months) - 1; origin >= first && until <= last) {
        windows.push_back({origin, origin, until, months});
      }
    }
  }
  return windows;
}

bool is_whole_in(const Window& window, int month) {
  return first_day(month) >= std::max(window.origin, window.from) && first_day(month + 1) - 1 <= window.until;
}

int months_between(Day from, Day until) {
  constexpr double kDaysAMonth = 365.2425 / 12;
  return std::max(1, static_cast<int>(std::lround((until + 1 - from) / kDaysAMonth)));
}

}  // namespace truel::record
