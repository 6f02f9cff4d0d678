// What the law of this folder reads.
#include "truel/laws/priority/priority.hpp"

namespace truel::laws {

std::span<const Reading> Priority::reads() {
  static constexpr std::string_view kSomePriority = "commands.*.doctrine=priority";
  static constexpr std::string_view kSettlement = "laws.settlement.on";
  static constexpr std::array kReads = std::to_array<Reading>({
      {"commands.temperature", {kSomePriority, "commands.*.weight_vital"}},
      {"commands.temperature", {kSomePriority, "commands.*.weight_backing"}},
      {"commands.temperature", {kSomePriority, "commands.*.weight_horizon"}},
      {"commands.temperature", {kSomePriority, "commands.*.weight_roots"}},
      {"commands.temperature", {kSomePriority, "commands.*.weight_growth"}},
      {"commands.temperature", {kSomePriority, "commands.*.weight_weakness"}},
      {"commands.temperature", {kSomePriority, "commands.*.weight_others"}},
      {"commands.temperature", {kSomePriority, "commands.*.weight_bargain"}},
      {"commands.temperature", {kSomePriority, "commands.*.weight_blowback"}},
      {"commands.temperature", {kSomePriority, "commands.*.weight_land"}},
      {"commands.weight_vital", {kSomePriority}},
      {"commands.weight_backing", {kSomePriority}},
      {"commands.weight_horizon", {kSomePriority}},
      {"commands.weight_roots", {kSomePriority}},
      {"commands.weight_growth", {kSomePriority}},
      {"commands.weight_weakness", {kSomePriority}},
      {"commands.weight_others", {kSomePriority}},
      {"commands.weight_bargain", {kSomePriority}},
      {"commands.weight_blowback", {kSomePriority}},
      {"commands.weight_land", {kSomePriority, kSettlement}},
      {"laws.priority.max_vital", {kSomePriority, "commands.*.weight_vital"}},
      {"laws.priority.max_backing", {kSomePriority, "commands.*.weight_backing"}},
      {"laws.priority.max_horizon", {kSomePriority, "commands.*.weight_horizon"}},
      {"laws.priority.max_roots", {kSomePriority, "commands.*.weight_roots"}},
      {"laws.priority.max_growth", {kSomePriority, "commands.*.weight_growth"}},
      {"laws.priority.max_weakness", {kSomePriority, "commands.*.weight_weakness"}},
      {"laws.priority.max_others", {kSomePriority, "commands.*.weight_others"}},
      {"laws.priority.max_bargain", {kSomePriority, "commands.*.weight_bargain"}},
      {"laws.priority.max_blowback", {kSomePriority, "commands.*.weight_blowback"}},
      {"laws.priority.max_land", {kSomePriority, "commands.*.weight_land", kSettlement}},
      {"laws.priority.vital_km", {kSomePriority, "commands.*.weight_vital"}},
      {"laws.priority.blocs", {kSomePriority}},
      {"laws.operations.contest_exponent", {kSomePriority, "commands.*.weight_weakness"}},
      {"actors.horizon", {kSomePriority, "commands.*.weight_horizon"}},
      {"ties.bargain", {kSomePriority, "commands.*.weight_bargain"}},
      {"ties.blowback", {kSomePriority, "commands.*.weight_blowback"}},
      {"sponsors.finance", {kSomePriority, "commands.*.weight_backing"}},
      {"sponsors.arms", {kSomePriority, "commands.*.weight_backing"}},
      {"sponsors.training", {kSomePriority, "commands.*.weight_backing"}},
      {"sponsors.intelligence", {kSomePriority, "commands.*.weight_backing"}},
      {"ties.share", {"commands.*.doctrine=fixed"}},
  });
  return kReads;
}

}  // namespace truel::laws
