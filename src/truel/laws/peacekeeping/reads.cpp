// What the law of this folder reads.
#include "truel/laws/peacekeeping/peacekeeping.hpp"

namespace truel::laws {

std::span<const Reading> Peacekeeping::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.peacekeeping.on", {"laws.operations.on"}},
      {"laws.peacekeeping.deterrence_per_1000", {"laws.operations.on"}},
      {"laws.peacekeeping.threat", {"laws.operations.on"}},
      {"laws.peacekeeping.aid", {"laws.operations.on", "laws.siege.on"}},
  });
  return kReads;
}

}  // namespace truel::laws
