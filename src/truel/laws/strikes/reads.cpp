// What the law of this folder reads.
#include "truel/laws/strikes/strikes.hpp"

namespace truel::laws {

std::span<const Reading> Strikes::reads() {
  static constexpr std::string_view kSorties = "actors.*.sorties_per_day";
  static constexpr std::string_view kKillsPerSortie = "actors.*.kills_per_sortie";
  static constexpr std::array kReads = std::to_array<Reading>({
      {"actors.sorties_per_day", {"actors.kills_per_sortie"}},
      {"actors.kills_per_sortie", {"actors.sorties_per_day"}},
      {"actors.breakpoint"},
      {"laws.operations.ledger", {kSorties, kKillsPerSortie}},
      {"commands.given_up_weight", {kSorties, kKillsPerSortie}},
      {"actors.wrong_side_probability", {"actors.sorties_per_day", "actors.kills_per_sortie"}},
      {"ties.wrong_side_probability", {kSorties, kKillsPerSortie}},
      {"ties.deconfliction", {kSorties, kKillsPerSortie, "ties.wrong_side_probability"}},
      {"ties.deconfliction", {kSorties, kKillsPerSortie, "actors.*.wrong_side_probability"}},
  });
  return kReads;
}

}  // namespace truel::laws
