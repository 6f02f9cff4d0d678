#include "truel/model/readings.hpp"

#include <fmt/format.h>

namespace truel {
namespace {

constexpr bool kAtStart = true;

constexpr std::string_view kOperations = "laws.operations.on";
constexpr std::string_view kLedger = "laws.operations.ledger";
constexpr std::string_view kStrikes = "laws.strikes.on";
constexpr std::string_view kSettlement = "laws.settlement.on";
constexpr std::string_view kElection = "laws.settlement.election";
constexpr std::string_view kChallenges = "laws.settlement.election=0";
constexpr std::string_view kSomePriority = "commands.*.doctrine=priority";
constexpr std::string_view kResponse = "commands.doctrine=best-response";
constexpr std::string_view kSomeResponse = "commands.*.doctrine=best-response";
constexpr std::string_view kSorties = "actors.*.sorties_per_day";
constexpr std::string_view kKillsPerSortie = "actors.*.kills_per_sortie";
constexpr std::string_view kRaids = "actors.*.raid_range_km";

constexpr std::array kCommon = std::to_array<Reading>({
    // Results of every run.
    {"places.population", {}, kAtStart},
    {"places.value"},
    {"support.share"},
    {"forces.fighters"},
    {"actors.front_line_fraction", {}, kAtStart},
    {"commands.doctrine"},
    {"ties.alignment"},
    {"thresholds.ally"},
    {"thresholds.enemy"},
    {"thresholds.collapse_fraction"},
    {"thresholds.extinction"},

    // command/priority.cpp
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
    {"laws.priority.vital_km", {kOperations}},
    {"laws.priority.blocs", {kSomePriority}},
    {"links.road_km", {}, kAtStart},  // forecasts of a record's control are scored by distance
    {"laws.operations.contest_exponent", {kSomePriority, "commands.*.weight_weakness"}},
    {"actors.horizon", {kSomePriority, "commands.*.weight_horizon"}},
    {"ties.bargain", {kSomePriority, "commands.*.weight_bargain"}},
    {"ties.blowback", {kSomePriority, "commands.*.weight_blowback"}},
    {"sponsors.finance", {kSomePriority, "commands.*.weight_backing"}},
    {"sponsors.arms", {kSomePriority, "commands.*.weight_backing"}},
    {"sponsors.training", {kSomePriority, "commands.*.weight_backing"}},
    {"sponsors.intelligence", {kSomePriority, "commands.*.weight_backing"}},
    {"ties.share", {"commands.*.doctrine=fixed"}},
    {"ties.share", {kSomeResponse}},

    // command/best_response/
    {"commands.enemy_weight", {kResponse, "laws.fire.on"}},
    {"laws.best_response.rounds", {kSomeResponse, "laws.fire.on"}},
    {"laws.best_response.states", {kSomeResponse, "laws.fire.on", "laws.fire.timing"}},

    // command/: operations
    {kOperations},
    {"laws.operations.contest_exponent", {kOperations}},
    {"laws.operations.estimate_error", {kOperations}},
    {"laws.operations.estimate_days", {kOperations, "laws.operations.estimate_error"}},
    {"laws.operations.least_odds", {kOperations}},
    {"laws.operations.screen_below", {kOperations}},
    {"laws.operations.air_support", {kOperations, kStrikes, kSorties, kKillsPerSortie}},
    {"laws.operations.relief_km", {kOperations}},
    {"laws.operations.relief_of_free", {kOperations, kRaids}},
    {"laws.operations.consolidation_days", {kOperations, "commands.*.predation"}},
    {"laws.operations.strength_km", {kOperations}},
    {"laws.operations.unseen_worth", {kOperations}},
    {kLedger, {kOperations}},
    {kLedger, {kStrikes, kSorties, kKillsPerSortie}},
    {"laws.operations.planned_days", {kOperations, kLedger}},
    {"laws.operations.retake_days", {kOperations, kLedger}},
    {"laws.operations.commit_ratio", {kOperations, kLedger}},
    {"laws.operations.span", {kOperations, kLedger, "commands.*.men_per_staff=given"}},
    {"laws.operations.joint", {kOperations, kLedger}},
    {"commands.hold_ratio", {kOperations}},
    {"commands.attack_ratio", {kOperations}},
    {"commands.breaking_point", {kOperations}},
    {"commands.withdraw_and_strike", {kOperations, kStrikes, kSorties, kKillsPerSortie}},
    {"commands.screen_share", {kOperations}},
    {"commands.reach_km", {kOperations}},
    {"commands.predation", {kOperations}},
    {"commands.home_share", {kOperations}},
    {"commands.reserve_share", {kOperations}},
    {"commands.preparation_days", {kOperations, kLedger}},
    {"commands.recovery_days", {kOperations, kLedger}},
    {"commands.men_per_staff", {kOperations, kLedger}},
    {"commands.exception_vital", {kOperations, kLedger}},
    {"commands.exception_race", {kOperations, kLedger}},
    {"commands.exception_revenge_days", {kOperations, kLedger}},
    {"commands.exception_ally", {kOperations, kLedger}},
    {"actors.speed_km_per_day", {kOperations}},
    {"actors.raid_range_km", {kOperations}},
    {"places.fortification", {kOperations}},
    {"terrain.cover", {kOperations}},
    {"terrain.speed", {kOperations}, kAtStart},
    {"terrain.open", {kOperations, kRaids}, kAtStart},
    {"ties.passage", {kOperations}},

    // laws/operations/sorties.cpp
    {"commands.given_up_weight", {kStrikes, kSorties, kKillsPerSortie}},
    {"actors.wrong_side_probability", {kStrikes, "actors.sorties_per_day", "actors.kills_per_sortie"}},
    {"ties.wrong_side_probability", {kStrikes, kSorties, kKillsPerSortie}},
    {"ties.deconfliction", {kStrikes, kSorties, kKillsPerSortie, "ties.wrong_side_probability"}},
    {"ties.deconfliction", {kStrikes, kSorties, kKillsPerSortie, "actors.*.wrong_side_probability"}},

    // talks/
    {kSettlement},
    {kElection, {kSettlement}},
    {"laws.settlement.rounds", {kSettlement, kChallenges}},
    {"laws.settlement.status_quo", {kSettlement, kChallenges}},
    {"laws.settlement.own_view", {kSettlement, kChallenges}},
    {"laws.settlement.markov", {kSettlement, kElection}},
    {"laws.settlement.incentive", {kSettlement, kElection, "laws.settlement.markov"}},
    {"laws.settlement.victory_exponent", {kSettlement, kElection}},
    {"laws.settlement.cubic_votes", {kSettlement, kElection}},
    {"laws.settlement.projection", {kSettlement, kElection}},
    {"laws.settlement.scale", {kSettlement, kElection}},
    {"laws.settlement.scale", {kSettlement, kSomePriority, "commands.*.weight_land"}},
    {"laws.settlement.force", {kSettlement}},
    {"laws.settlement.land", {kSettlement}},
    {"laws.settlement.backing", {kSettlement}},
    {"actors.capability", {kSettlement}},
    {"actors.excluded", {kSettlement}},
    {"ties.coalition", {kSettlement, kElection}},
    {"positions.position", {kSettlement}},
    {"positions.salience", {kSettlement}},
    {"sponsors.finance", {kSettlement, "laws.settlement.backing"}},
    {"sponsors.arms", {kSettlement, "laws.settlement.backing"}},
    {"sponsors.training", {kSettlement, "laws.settlement.backing"}},
    {"sponsors.intelligence", {kSettlement, "laws.settlement.backing"}},
});

}  // namespace

std::string column_of(std::string_view path) {
  if (path.starts_with("scenario.terrain.")) {
    return fmt::format("terrain{}", path.substr(path.rfind('.')));
  }
  if (path.starts_with("scenario.")) {
    return std::string(path.substr(9));
  }
  const std::string_view table = path.substr(0, path.find('.'));
  return table == "interventions" ? ""
         : table == "forces"      ? "forces.fighters"
         : table == "support"     ? "support.share"
                                  : fmt::format("{}{}", table, path.substr(path.rfind('.')));
}

bool is_read_at_start(std::string_view path) {
  const std::string column = column_of(path);
  bool is_read = false;
  bool is_later = false;
  for (const Reading& reading : readings()) {
    is_read = is_read || reading.number == column;
    is_later = is_later || (reading.number == column && !reading.is_at_start);
  }
  return is_read && !is_later;
}

std::span<const Reading> common_readings() {
  return kCommon;
}

}  // namespace truel
