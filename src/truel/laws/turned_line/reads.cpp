// What the law of this folder reads.
#include "truel/laws/turned_line/turned_line.hpp"

namespace truel::laws {

std::span<const Reading> TurnedLine::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.turned_line.on", {"laws.operations.on"}},
      {"laws.exploitation.km_per_day", {"laws.operations.on"}},
      {"laws.turned_line.party", {"laws.operations.on", "laws.turned_line.walk_in_days"}},
  });
  return kReads;
}

}  // namespace truel::laws
