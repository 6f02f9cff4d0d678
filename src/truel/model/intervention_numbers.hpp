// The numbers of a row of interventions.csv.
#pragma once

#include <array>

#include "truel/model/parameters.hpp"
#include "truel/model/war.hpp"

namespace truel {

inline constexpr std::array kInterventionNumbers = std::to_array<ParameterInfo>(
    {{"value", "of the path, fighters, or alignment", kAbsent, -kUnbounded, kUnbounded,
      "set, realign: the new value; arrive, leave: how many come or go; pledge, merge: 0 if it does not happen"},
     {"compliance", "share", 1, 0, 1, "realign, pledge, merge: of the actor's fighters, those who follow it"},
     {"on", "switch", 1, 0, 1, "whether it happens at all"},
     {"ends_per_day", "1/day", 0, 0, 10,
      "set, realign: rate at which it is undone, unless the row that `ended_by` names happens; 0: it lasts"},
     {"half_rate_days", "days", 0, 0, kUnbounded,
      "set, realign: after how many days that rate is half of what it was at first; 0: it stays"}});

/// Indices into War::parameters of a row's numbers, its day among them; kNone: it has none such.
inline std::array<int, 7> numbers_of(const Intervention& row) {
  return {row.value, row.when, row.on, row.other_on, row.compliance, row.ends, row.half_rate};
}

/// Whether a row happens where `is_on` says so of its switch and of that of the row that it happens only with.
template <class F>
bool happens(const Intervention& row, F&& is_on) {
  return is_on(row.on) && (row.other_on == kNone || is_on(row.other_on));
}

}  // namespace truel
