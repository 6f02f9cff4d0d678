// What the law of this folder reads.
#include "truel/laws/front_fire/front_fire.hpp"

namespace truel::laws {

std::span<const Reading> FrontFire::reads() {
  static constexpr std::string_view kIntensity = "laws.front_fire.intensity";
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.front_fire.intensity", {"actors.*.kill_rate"}},
      {"laws.front_fire.intensity", {"ties.*.kill_rate"}},
      {"laws.fire.arms_gain", {kIntensity, "sponsors.*.arms"}},
      {"laws.fire.arms_gain", {kIntensity, "sponsors.*.training"}},
      {"actors.kill_rate", {kIntensity}},
      {"actors.supply", {kIntensity, "actors.kill_rate"}},
      {"actors.supply", {kIntensity, "ties.*.kill_rate"}},
      {"actors.breakpoint", {kIntensity}},
      {"places.fortification", {kIntensity}},
      {"terrain.cover", {kIntensity}},
      {"ties.kill_rate", {kIntensity}},
      {"sponsors.arms", {kIntensity, "laws.fire.arms_gain"}},
      {"sponsors.training", {kIntensity, "laws.fire.arms_gain"}},
  });
  return kReads;
}

}  // namespace truel::laws
