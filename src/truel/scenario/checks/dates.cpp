// Days that show to be wrong only when the parts of a package are held against each other.
#include "truel/scenario/checks/dates.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace truel::scenario {

void check_dates(Context& in) {
  if (in.start && in.end && in.start->day > in.end->day) {
    in.mistakes.add(in.start->where,
                    fmt::format("the scenario starts on {}, after its end on {}", format_date(in.start->day),
                                format_date(in.end->day)),
                    "swap start and end");
  } else if (in.end) {
    for (const WrittenDay& row : in.dated_rows) {
      if (row.day > in.end->day) {
        in.mistakes.add(
            row.where, fmt::format("{} is after the end of the scenario", format_date(row.day)),
            fmt::format("the scenario ends on {}: change the date, or end in scenario.toml", format_date(in.end->day)));
      }
    }
  }
  if (!in.start || !in.end) {
    return;
  }
  in.war.package_start = in.start->day;
  in.war.start = in.overlay.from.value_or(in.start->day);
  in.war.package_end = in.end->day;
  in.war.end = in.overlay.until.value_or(in.war.package_end);
  if (in.war.start > in.war.end && (in.overlay.from || in.overlay.until)) {
    in.mistakes.add(
        {in.overlay.from ? "--from" : "--until"},
        fmt::format("the run starts on {}, after its end on {}", format_date(in.war.start), format_date(in.war.end)),
        "choose --from and --until so that the first is not later");
  }
  if (!in.has_all_spells || in.spells.empty()) {
    return;
  }
  Day first = in.spells[0].spell.from;
  Day last = in.spells[0].spell.to;
  for (const Spell& s : in.spells) {
    first = std::min(first, s.spell.from);
    last = std::max(last, s.spell.to);
  }
  const auto need_holders_on = [&](Day day, const Location& where) {
    if (day < first || day > last) {
      in.mistakes.add(where, fmt::format("{} is outside the control record", format_date(day)),
                      fmt::format("control.csv covers {} to {}", format_date(first), format_date(last)));
    }
  };
  need_holders_on(in.war.start, in.overlay.from ? Location{"--from"} : in.start->where);
  for (const Check& check : in.war.checks) {
    need_holders_on(check.run.from.value_or(first), check.where);
    need_holders_on(check.against ? check.against->from.value_or(first) : first, check.where);
  }
}

}  // namespace truel::scenario
