// Where a command attacks, what it holds, and what it gives up.
#pragma once

#include "truel/laws/law.hpp"
#include "truel/laws/operations/effort_ledger.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {

struct Operations {
  enum Number {
    on,
    contest_exponent,
    estimate_error,
    least_win_probability,
    screen_below,
    air_support,
    relief_km,
    consolidation_days,
    ledger,
    planned_days,
    retake_days,
    commit_ratio,
    estimate_days,
    strength_km,
    relief_of_free,
    unseen_worth,
    joint,
    culmination,
    scarce_staffs,
    advance_km,
    help_by_road,
    handover,
    reserves_by_threat
  };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.operations.on", "switch", 0, 0, 1,
       "commands move forces: garrisons, offensives, raids, retreats, sorties"},
      {"laws.operations.contest_exponent", "exponent", 2, 0.01, 20, "k of the contest success function"},
      {"laws.operations.estimate_error", "log s.d.", 0, 0, 3, "error with which commands see others' strength"},
      {"laws.operations.least_win_probability", "probability", 0.5, 0, 1,
       "an attack with a lower win probability is not begun", "", "least_odds"},
      {"laws.operations.screen_below", "share", 0.1, 0, 1, "effort share below which an enemy is only screened"},
      {"laws.operations.air_support", "share", 0, 0, 1, "part of the force needed that a full air effort replaces"},
      {"laws.operations.relief_km", "km", 100, 0, 5000,
       "a raider counts the enemy's men within this distance as relief"},
      {"laws.operations.consolidation_days", "days", 30, 1, 3650,
       "time after which a place just taken is like any other"},
      {"laws.operations.ledger", "switch", 0, 0, 1, "effort shares are a budget of man-days for each enemy"},
      {"laws.operations.planned_days", "days", 14, 1, 3650, "ledger: days of fighting that a command plans for"},
      {"laws.operations.retake_days", "days", 0, 0, 3650,
       "ledger: time within which to retake a place is defence and needs no effort"},
      {"laws.operations.commit_ratio", "ratio", 0, 0, 100,
       "ledger: most men that an operation gets in all, for each man that it was planned with; 0: as many as it asks "
       "for"},
      {"laws.operations.estimate_days", "days", 0, 0, 3650,
       "how long an error about the strength at a place lasts; 0: until the next decision"},
      {"laws.operations.strength_km", "km", kAbsent, 1, 1e5,
       "distance over which men who come to an attack lose all but 1/e of their weight; absent: they lose none"},
      {"laws.operations.relief_of_free", "switch", 0, 0, 1,
       "a raider counts as relief only those whom the places beside them do not tie"},
      {"laws.operations.unseen_worth", "log s.d.", 0, 0, 5,
       "what makes a place worth an attack to a command beyond what the package says: drawn for each place, command "
       "and run"},
      {"laws.operations.joint", "share", 0, 0, 1,
       "ledger: part of the free men of allied commands near a target whom a command counts on before they have "
       "joined"},
      {"laws.operations.culmination", "switch", 0, 0, 1,
       "ledger: an attack that has had its planned days goes on only while it is as likely to win as one that is "
       "begun, or its defenders have lost the greater share of their men"},
      {"laws.operations.scarce_staffs", "switch", 0, 0, 1,
       "ledger: targets are ranked by what they take of the free men, or of the free staffs where that is more; off: "
       "by men alone"},
      {"laws.operations.advance_km", "km", 0, 0, 10000,
       "ledger: road from its first place within which a won attack goes on to the next, without new preparation; "
       "0: it ends"},
      {"laws.operations.relief", "share", 0, 0, 1,
       "part of the relief that an attack by road reckons with: untied enemies within relief_km on connected land"},
      {"laws.operations.handover", "switch", 0, 0, 1,
       "ledger: an attack that has had its planned days is left to those who fight there, and its staff leads another; "
       "off: a staff leads it to its end"},
      {"laws.operations.reserves_by_threat", "switch", 0, 0, 1,
       "men far from any front go to front places in proportion to the enemies opposite; off: all to the nearest"},
  });
  static constexpr std::array kPositions{NumberPosition{on, 35}, NumberPosition{consolidation_days, 79},
                                         NumberPosition{unseen_worth, 92}, NumberPosition{help_by_road, kBehindOthers}};
  static constexpr std::string_view kBudget = "laws.operations.ledger";
  static constexpr std::string_view kRaids = "actors.*.raid_range_km";
  static constexpr std::string_view kStrikes = "laws.strikes.on";
  static constexpr std::string_view kSorties = "actors.*.sorties_per_day";
  static constexpr std::string_view kPerSortie = "actors.*.kills_per_sortie";
  static constexpr bool kAtStart = true;
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.operations.estimate_days", {"laws.operations.estimate_error"}},
      {"laws.operations.air_support", {kStrikes, kSorties, kPerSortie}},
      {"laws.operations.relief_of_free", {kRaids}},
      {"laws.operations.consolidation_days", {"commands.*.predation"}},
      {"laws.operations.planned_days", {kBudget}},
      {"laws.operations.retake_days", {kBudget}},
      {"laws.operations.commit_ratio", {kBudget}},
      {"laws.operations.joint", {kBudget}},
      {"laws.operations.culmination", {kBudget}},
      {"laws.operations.scarce_staffs", {kBudget}},
      {"laws.operations.advance_km", {kBudget}},
      {"laws.operations.handover", {"commands.*.men_per_staff=given"}},
      {"laws.operations.reserves_by_threat"},
      {"laws.priority.vital_km"},
      {"commands.hold_ratio"},
      {"commands.attack_ratio"},
      {"commands.breaking_point"},
      {"commands.withdraw_and_strike", {kStrikes, kSorties, kPerSortie}},
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

  static constexpr Purpose kEstimate{5}, kLedger{13}, kWorth{15};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kEstimate, "estimate", "command × number of places + place",
       "error of the command's estimate at this epoch, or for as long as an error lasts"},
      {kLedger, "ledger", "command × number of actors + enemy",
       "ledger: the credit that the first day begins with (step 0)"},
      {kLedger, "ledger", "command × number of places + place",
       "ledger: what is left of the preparation of an attack under way on the first day (step 1)"},
      {kWorth, "worth", "command × number of places + place",
       "what makes the place worth an attack to the command beyond what the package says (step 0)"},
  });

  static constexpr EventInfo kOffensive{"offensive", "men are sent to take a place"};
  static constexpr EventInfo kRaid{"raid", "men are sent to hit a garrison and come back"};
  static constexpr EventInfo kRetreat{"retreat", "men leave a place where their win probability is too low"};
  static constexpr std::array kEvents{kOffensive, kRaid, kRetreat};
  static constexpr std::string_view kWeighed =
      "effort share {share:.2f}, worth {worth:.1f}, win probability {win_probability:.2f}, force needed "
      "{fighters_needed:.0f}";
  static constexpr std::string_view kFromLedger =
      "effort share {share:.2f}, worth {worth:.1f}, force needed {fighters_needed:.0f}, {credit:.0f} man-days to spend";
  static constexpr EventCause kTarget{"target", kWeighed};
  static constexpr EventCause kJustTaken{"just_taken", kWeighed,
                                         ", just taken from another: worth {worth_factor:.1f} times as much"};
  static constexpr EventCause kPaid{"paid", kFromLedger};
  static constexpr EventCause kException{"exception", kFromLedger, ", an exception"};
  static constexpr EventCause kNextDoor{"next_door", kFromLedger, ", from the place just won"};
  static constexpr EventCause kTooWeak{"too_weak", "win probability {win_probability:.2f} below the breaking point"};
  static constexpr EventCause kLeftToAir{
      "left_to_air", "win probability {win_probability:.2f} below the point where the air arm works better"};
  static constexpr EventCause kCulminated{
      "culminated", "the attack has had its days, and is less likely to win than attacks that are begun"};
  static constexpr std::array kCauses{kTarget,   kJustTaken, kPaid,      kException,
                                      kNextDoor, kTooWeak,   kLeftToAir, kCulminated};

  using Own = EffortLedger;

  /// Whether the command attacks nothing at a place because that lies abroad. States are bound by borders that rebels
  /// cross (Salehyan 2007).
  static bool stays_out_of(const CompiledModel& model, const State& state, CommandIndex command, PlaceIndex place);
};

/// Orders of all commands for the coming interval (model.md, section 4, operations): retreats, garrisons, offensives in
/// the order effort share x worth x win probability / force until free fighters run out, raids of mobile actors, and
/// men who wait out of reach of any front sent to the nearest one. Needs the effort shares of `prioritise`. `is_whole`:
/// only whole fighters move.
void operate(const CompiledModel& model, State& state, View& view, bool is_whole);

}  // namespace truel::laws
