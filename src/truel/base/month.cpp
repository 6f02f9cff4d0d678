#include "truel/base/month.hpp"

#include <algorithm>
#include <chrono>

namespace truel {

int month_of(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return (static_cast<int>(date.year()) - 1970) * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

Day first_day(int month) {
  const std::chrono::year_month_day january{std::chrono::year(1970), std::chrono::month(1), std::chrono::day(1)};
  return static_cast<Day>(std::chrono::sys_days(january + std::chrono::months(month)).time_since_epoch().count());
}

std::string format_month(int month) {
  const std::string day = format_date(first_day(month));
  return day.substr(0, day.rfind('-'));
}

Day add_months(Day day, int months) {
  const int month = month_of(day) + months;
  return std::min(first_day(month) + day - first_day(month_of(day)), first_day(month + 1) - 1);
}

std::vector<MonthSpan> calendar_months(Day start, Day end) {
  std::vector<MonthSpan> months;
  for (int month = month_of(start); months.empty() || first_day(month) < end; ++month) {
    const Day from = std::max(start, first_day(month));
    const Day until = std::min(end, first_day(month + 1));
    months.push_back({month, from - start, until - start, until - from == first_day(month + 1) - first_day(month)});
  }
  return months;
}

}  // namespace truel
