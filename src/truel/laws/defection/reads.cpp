// What the law of this folder reads.
#include "truel/laws/defection/defection.hpp"

namespace truel::laws {

std::span<const Reading> Defection::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"ties.defection_per_day"},
      {"terrain.speed", {}, true},
      {"laws.defection.unpaid_gain", {"laws.income.on", "actors.*.income=given"}},
  });
  return kReads;
}

}  // namespace truel::laws
