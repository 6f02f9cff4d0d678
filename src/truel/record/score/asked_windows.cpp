#include "truel/record/score/asked_windows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "truel/base/month.hpp"
#include "truel/record/control/baselines.hpp"
#include "truel/record/forecast_war.hpp"

namespace truel::record {

void set_windows(const ScoreOptions& options, Scores& out) {
  const auto [earliest, latest] = first_days_possible(out.war, out.observations);
  const Observations& o = out.observations;
  const bool has_control = o.control_to >= o.control_from;
  const bool has_events = !o.covered_months.empty();
  const auto has_no_month = [&](const Window& w) {
    return std::none_of(o.covered_months.begin(), o.covered_months.end(),
                        [&](int month) { return is_whole_in(w, month); });
  };
  const Day asked_last = options.until.value_or(has_control ? o.control_to : o.events_to);
  const auto end = [&](bool is_there, Day last, const char* what) {
    if (is_there && asked_last > last) {
      out.remarks.push_back(
          fmt::format("the observed data of {} end on {}: windows of it end there", what, format_date(last)));
    }
    return std::min(asked_last, last);
  };
  const Day control_end = end(has_control, o.control_to, "control");
  const Day events_end = end(has_events, o.events_to, "deaths");
  if (const std::string gaps = o.gaps(); !gaps.empty()) {
    out.remarks.push_back(fmt::format(
        "no file of events covers {}: deaths of these months are not scored, and no baseline knows them", gaps));
  }
  if (options.quarterly) {
    const Day first = first_quarterly_origin(out.war, o, options.from);
    if (has_control) {
      out.control_windows = quarterly_windows(first, control_end);
    }
    if (has_events) {
      out.death_windows = quarterly_windows(std::max(first, o.events_from), events_end);
    }
    for (std::vector<Window>* windows : {&out.control_windows, &out.death_windows}) {
      std::erase_if(*windows, [&, latest = latest](const Window& w) { return w.origin > latest + 1; });
      for (Window& window : *windows) {
        window.origin = std::min(window.origin, latest);  // what is known the day before is what is known that morning
      }
    }
    std::erase_if(out.death_windows, has_no_month);
    return;
  }
  const Day from = options.from.value_or(out.war.start);
  const Day origin = std::clamp(from, earliest, latest);
  if (origin != from) {
    out.remarks.push_back(
        fmt::format("neither control.csv of the package nor the observed data reach {}: runs begin on {}",
                    format_date(from), format_date(origin)));
  }
  if (has_control && control_end > origin && control_end >= from) {
    out.control_windows = {{origin, from, control_end, months_between(origin, control_end)}};
  }
  const Window deaths{origin, from, events_end, months_between(origin, events_end)};
  if (!has_no_month(deaths)) {
    out.death_windows = {deaths};
  }
}

}  // namespace truel::record
