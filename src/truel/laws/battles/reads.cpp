// What the law of this folder reads.
#include "truel/laws/battles/battles.hpp"

namespace truel::laws {

std::span<const Reading> Battles::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.battles.spread", {"laws.battles.attacker_loss"}},
      {"laws.battles.spread", {"laws.battles.defender_loss"}},
  });
  return kReads;
}

}  // namespace truel::laws
