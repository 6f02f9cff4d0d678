// What the law of this folder reads.
#include "truel/laws/underground/underground.hpp"

namespace truel::laws {

std::span<const Reading> Underground::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"actors.underground_share"},
      {"actors.underground_recruitment_per_day"},
      {"actors.policing_per_day"},
      {"actors.concealment", {"actors.*.policing_per_day"}},
      {"actors.intelligence", {"actors.policing_per_day", "actors.*.concealment"}},
      {"sponsors.intelligence", {"actors.*.policing_per_day", "actors.*.concealment"}},
      {"laws.underground.police_per_1000", {"actors.*.policing_per_day"}},
      {"laws.operations.contest_exponent"},
      {"places.fortification"},
      {"terrain.cover"},
      {"actors.breakpoint"},
  });
  return kReads;
}

}  // namespace truel::laws
