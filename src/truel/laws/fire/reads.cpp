// What the law of this folder reads.
#include "truel/laws/fire/fire.hpp"

namespace truel::laws {

std::span<const Reading> Fire::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.fire.attacker_exponent", {"laws.fire.power_law"}},
      {"laws.fire.target_exponent", {"laws.fire.power_law"}},
      {"laws.fire.step_days", {"laws.fire.timing"}},
      {"laws.fire.arms_gain", {"sponsors.*.arms"}},
      {"laws.fire.arms_gain", {"sponsors.*.training"}},
      {"actors.kill_rate"},
      {"actors.supply", {"actors.kill_rate"}},
      {"actors.supply", {"ties.*.kill_rate"}},
      {"actors.turn", {"laws.fire.timing=turns"}},
      {"actors.concealment", {"laws.fire.power_law=0", "support.*.share"}},
      {"actors.concealment", {"laws.fire.power_law=0", "laws.support.on"}},
      {"actors.intelligence", {"laws.fire.power_law=0", "actors.*.concealment"}},
      {"actors.recruits_per_harm", {"laws.recruitment.on"}},
      {"actors.breakpoint"},
      {"commands.abstention"},
      {"places.fortification"},
      {"terrain.cover"},
      {"ties.kill_rate"},
      {"ties.visibility", {"laws.fire.power_law=0"}},
      {"sponsors.arms", {"laws.fire.arms_gain"}},
      {"sponsors.training", {"laws.fire.arms_gain"}},
      {"sponsors.intelligence", {"laws.fire.power_law=0", "actors.*.concealment"}},
  });
  return kReads;
}

}  // namespace truel::laws
