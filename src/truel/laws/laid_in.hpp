// What an analysis says of what nobody sees, as laws take it up.
#pragma once

#include <span>
#include <vector>

#include "truel/model/war.hpp"
#include "truel/world/state.hpp"

namespace truel::laws {

/// Its deviations for this run since the decision `days` before today, on the first day since ever; none: nothing new.
/// start: of the war.
inline std::span<const float> laid_in_since(const std::vector<LaidInDeviations>& rows, Day start, const State& s,
                                            int days) {
  const Day today = start + s.day;
  std::span<const float> last;
  for (const LaidInDeviations& row : rows) {
    if (row.day <= today && (row.day > today - days || s.day == 0)) {
      last = row.deviations[s.run % row.deviations.size()];
    }
  }
  return last;
}

}  // namespace truel::laws
