// What the law of this folder reads.
#include "truel/laws/alignment/alignment.hpp"

namespace truel::laws {

std::span<const Reading> Alignment::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.alignment.balance", {"laws.alignment.triads=0", "laws.alignment.landscape=0"}},
      {"laws.alignment.threat", {"laws.alignment.triads=0", "laws.alignment.landscape=0"}},
      {"laws.alignment.friction", {"laws.alignment.triads=0", "laws.alignment.landscape=0"}},
      {"laws.alignment.accession", {"laws.alignment.triads=0", "laws.alignment.landscape=0"}},
      {"laws.alignment.rivalry", {"ties.*.rivalry", "laws.alignment.triads=0", "laws.alignment.landscape=0"}},
      {"laws.alignment.sponsors", {"laws.alignment.triads=0", "laws.alignment.landscape=0"}},
      {"laws.alignment.triads_chance", {"laws.alignment.triads", "laws.alignment.triads_constrained=0"}},
      {"laws.alignment.triads_constrained", {"laws.alignment.triads"}},
      {"laws.alignment.updates_per_day", {"laws.alignment.triads"}},
      {"laws.alignment.updates_per_day", {"laws.alignment.landscape"}},
      {"laws.alignment.limit", {"laws.alignment.clip=0"}},
      {"actors.side", {"laws.alignment.landscape"}},
      {"actors.size", {"ties.*.propensity"}},
      {"ties.propensity"},
      {"ties.rivalry", {"laws.alignment.rivalry"}},
      {"sponsors.finance", {"laws.alignment.sponsors"}},
      {"sponsors.arms", {"laws.alignment.sponsors"}},
      {"sponsors.training", {"laws.alignment.sponsors"}},
      {"sponsors.intelligence", {"laws.alignment.sponsors"}},
      {"actors.sorties_per_day", {"laws.alignment.threat", "actors.kills_per_sortie"}},
      {"actors.kills_per_sortie", {"laws.alignment.threat", "actors.sorties_per_day"}},
  });
  return kReads;
}

}  // namespace truel::laws
