// Battles by themselves: who began one, with how many men, what it cost, and who left it when he had lost enough.
#pragma once

#include "truel/laws/law.hpp"

namespace truel::laws {

/// A battle lasts from the day on which enemies of those who hold a place are there until one side is gone. Each side
/// leaves by an open road when it has lost a share of its men that is drawn for that side of that battle, attackers and
/// defenders alike, or gives in where no road is open (docs/laws/battles.md). Without these shares the law only notes
/// what battles were like.
struct Battles {
  static constexpr std::string_view kName = "battles";

  enum Number { on, attacker_loss, defender_loss, spread, encircled, prisoners };
  static constexpr std::array kPositions{NumberPosition{encircled, kBehindOthers}};
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.battles.on", "switch", 0, 0, 1, "battles are noted, and sides leave them when they have lost enough"},
      {"laws.battles.attacker_loss", "share", 1, 1e-6, 1,
       "of their men in a battle, at whose loss attackers leave it: the median; 1: at none"},
      {"laws.battles.defender_loss", "share", 1, 1e-6, 1, "the same of those who hold the place"},
      {"laws.battles.spread", "log s.d.", 1.2, 0, 10, "of these shares from battle to battle"},
      {"laws.battles.encircled", "factor", kMany, 1, kMany,
       "how much more than others those without a road out bear before they give in"},
      {"laws.battles.prisoners", "share", 1, 0, 1, "of those who give in; the others get away to friends"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.battles.spread", {"laws.battles.attacker_loss"}},
      {"laws.battles.spread", {"laws.battles.defender_loss"}},
      {"laws.battles.encircled", {"laws.battles.attacker_loss"}},
      {"laws.battles.encircled", {"laws.battles.defender_loss"}},
      {"laws.battles.prisoners", {"laws.battles.encircled=given"}},
  });

  static constexpr Purpose kPurpose{22};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "battles", "place",
       "at what losses the attackers, and then the defenders, leave the battle that begins on the day"},
  });

  enum Outcome { broken_off, taken_prisoner };
  static constexpr std::array kOutcomes = std::to_array<ActorOutcomeInfo>({
      {.name = "broken_off",
       .scale = OutcomeScale::number,
       .flow = Flow::of_others,
       .shown = kShownEverywhere,
       .phrase = "battles that {} left",
       .meaning = "battles that its men left because of what their side had lost"},
      {.name = "taken_prisoner",
       .scale = OutcomeScale::people,
       .flow = Flow::departure,
       .shown = kShownEverywhere,
       .phrase = "prisoners taken of {}",
       .meaning = "its fighters who were taken when a battle without a road out was lost"},
  });

  static constexpr EventInfo kBattle{"battle", "a battle is over, or goes on after the last day; of men all who came"};
  static constexpr EventInfo kBrokenOff{"broken_off", "men leave a battle because of what their side has lost"};
  static constexpr EventInfo kSurrender{"surrender", "men without a road out give in or get away; of men all"};
  static constexpr std::array kEvents{kBattle, kBrokenOff, kSurrender};
  static constexpr std::string_view kCosts =
      ": men {brought:.0f} and {other_brought:.0f}, lost {lost:.0f} and {other_lost:.0f}, days {days:.0f}";
  static constexpr EventCause kNoMoreEnemies{"no_more_enemies", "no more enemies", kCosts};
  static constexpr EventCause kAttackersBrokeOff{"attackers_broke_off", "the attackers broke off", kCosts};
  static constexpr EventCause kAttackersFell{"attackers_fell", "the attackers fell", kCosts};
  static constexpr EventCause kAttackersWent{"attackers_went", "the attackers went", kCosts};
  static constexpr EventCause kDefendersBrokeOff{"defenders_broke_off", "the defenders broke off", kCosts};
  static constexpr EventCause kDefendersFell{"defenders_fell", "the defenders fell", kCosts};
  static constexpr EventCause kDefendersWent{"defenders_went", "the defenders went", kCosts};
  static constexpr EventCause kAttackersGaveIn{"attackers_gave_in", "the attackers gave in", kCosts};
  static constexpr EventCause kDefendersGaveIn{"defenders_gave_in", "the defenders gave in", kCosts};
  static constexpr EventCause kGoesOn{"goes_on", "it goes on", kCosts};
  static constexpr EventCause kLostEnough{
      "lost_enough", "its side has lost {lost:.0f} of {brought:.0f} and bears {bearable_losses:.0f}"};
  static constexpr EventCause kGaveIn{
      "gave_in", "its side has lost {lost:.0f} of {brought:.0f}, bears {bearable_losses:.0f}, and no road is open"};
  static constexpr std::array kCauses{
      kNoMoreEnemies, kAttackersBrokeOff, kAttackersFell,   kAttackersWent, kDefendersBrokeOff, kDefendersFell,
      kDefendersWent, kAttackersGaveIn,   kDefendersGaveIn, kGoesOn,        kLostEnough,        kGaveIn};

  enum OwnState { since, attacker, defender, attackers, defenders, attackers_bear, defenders_bear, leaving };
  static constexpr std::array kStates = std::to_array<LawStateInfo>({
      {"since", LawStateInfo::Of::place, -1, "day on which the battle at the place began; -1: there is none"},
      {"attacker", LawStateInfo::Of::place, -1, "the strongest of the attackers when it began"},
      {"defender", LawStateInfo::Of::place, -1, "who held the place when it began"},
      {"attackers", LawStateInfo::Of::place, 0, "attackers of all days of the battle together"},
      {"defenders", LawStateInfo::Of::place, 0, "defenders of all days of the battle together"},
      {"attackers_bear", LawStateInfo::Of::place, 1, "share of these at whose loss the attackers leave"},
      {"defenders_bear", LawStateInfo::Of::place, 1, "share of these at whose loss the defenders leave"},
      {"leaving", LawStateInfo::Of::place, 0,
       "who has left or tries to: attackers (1), defenders (2), nobody (0); who has given in: 3, 4"},
  });

  static constexpr bool kNeedsBattle = true;
  static constexpr bool kMovesMenAlone = true;

  static bool may_act(const CompiledModel& model);
  static void make_room(State& state);
  static bool steps_daily(const CompiledModel& model, const State& state, bool has_flow);
  /// Battles that begin with the men of today.
  static void before_days(const CompiledModel& model, State& state);
  /// Sides that leave, and battles that are over.
  static void pass_days(const CompiledModel& model, State& state, int days);
};

/// Whether the defenders in the battle at a place have lost a greater share of their men than the attackers; false
/// where no battle is noted.
bool attackers_gain(const CompiledModel& model, const State& state, PlaceIndex place);

}  // namespace truel::laws
