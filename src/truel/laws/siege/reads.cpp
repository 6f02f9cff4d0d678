// What the law of this folder reads.
#include "truel/laws/siege/siege.hpp"

namespace truel::laws {

std::span<const Reading> Siege::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.siege.on", {"laws.operations.on"}},
      {"laws.siege.days", {"laws.operations.on"}},
      {"laws.siege.assault_ratio", {"laws.operations.on"}},
      {"ties.passage", {"laws.operations.on"}},
  });
  return kReads;
}

}  // namespace truel::laws
