// What the law of this folder reads.
#include "truel/laws/operations/operations.hpp"

namespace truel::laws {
namespace {

constexpr std::string_view kBudget = "laws.operations.ledger";
constexpr std::string_view kRaids = "actors.*.raid_range_km";

}  // namespace

std::span<const Reading> Operations::reads() {
  static constexpr std::string_view kStrikes = "laws.strikes.on";
  static constexpr std::string_view kSorties = "actors.*.sorties_per_day";
  static constexpr std::string_view kKills = "actors.*.kills_per_sortie";
  static constexpr bool kAtStart = true;
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.operations.estimate_days", {"laws.operations.estimate_error"}},
      {"laws.operations.air_support", {kStrikes, kSorties, kKills}},
      {"laws.operations.relief_of_free", {kRaids}},
      {"laws.operations.consolidation_days", {"commands.*.predation"}},
      {"laws.operations.planned_days", {kBudget}},
      {"laws.operations.retake_days", {kBudget}},
      {"laws.operations.commit_ratio", {kBudget}},
      {"laws.operations.joint", {kBudget}},
      {"laws.operations.culmination", {kBudget}},
      {"laws.operations.scarce_staffs", {kBudget}},
      {"laws.operations.advance_km", {kBudget}},
      {"laws.priority.vital_km"},
      {"commands.hold_ratio"},
      {"commands.attack_ratio"},
      {"commands.breaking_point"},
      {"commands.withdraw_and_strike", {kStrikes, kSorties, kKills}},
      {"commands.screen_share"},
      {"commands.reach_km"},
      {"commands.predation"},
      {"commands.home_share"},
      {"commands.reserve_share"},
      {"commands.least_garrison"},
      {"commands.garrison_per_1000"},
      {"commands.keeps_to_country"},
      {"commands.preparation_days", {kBudget}},
      {"commands.recovery_days", {kBudget}},
      {"commands.men_per_staff", {kBudget}},
      {"commands.exception_vital", {kBudget}},
      {"commands.exception_race", {kBudget}},
      {"commands.exception_revenge_days", {kBudget}},
      {"commands.exception_ally", {kBudget}},
      {"actors.speed_km_per_day"},
      {"actors.raid_range_km"},
      {"places.fortification"},
      {"terrain.cover"},
      {"terrain.speed", {}, kAtStart},
      {"terrain.open", {kRaids}, kAtStart},
      {"ties.passage"},
  });
  return kReads;
}

}  // namespace truel::laws
