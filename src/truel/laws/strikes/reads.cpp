// What the law of this folder reads.
#include "truel/laws/strikes/strikes.hpp"

namespace truel::laws {

std::span<const Reading> Strikes::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"actors.sorties_per_day", {"actors.kills_per_sortie"}},
      {"actors.kills_per_sortie", {"actors.sorties_per_day"}},
      {"actors.breakpoint"},
  });
  return kReads;
}

}  // namespace truel::laws
