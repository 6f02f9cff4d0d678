// Enclaves that are starved and not stormed: how long they hold out, and that they leave on terms.
#pragma once

#include "truel/laws/law.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {

/// A pocket is under siege when it has no supply and touches land of an enemy (docs/laws/siege.md). Where no battle is
/// in it, it gives up with mean time laws.siege.days, if enough besiege it: everybody there goes to the nearest place
/// of friends that is not besieged, or home for good if there is none, and it passes to the strongest besieger.
struct Siege {
  static constexpr std::string_view kName = "siege";

  enum Number { on, days, assault_ratio, surrender_ratio };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.siege.on", "switch", 0, 0, 1, "pockets without supply are starved and not stormed"},
      {"laws.siege.days", "days", 900, 1, 1e6, "mean time until a pocket under siege gives up on terms"},
      {"laws.siege.assault_ratio", "ratio", kMany, 0, kMany,
       "besiegers around a pocket for each man in it, counted in his cover, from which on it is stormed after all"},
      {"laws.siege.surrender_ratio", "ratio", 0, 0, kMany,
       "besiegers around a pocket for each man in it below which it does not give up"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.siege.on", {"laws.operations.on"}},
      {"laws.siege.days", {"laws.operations.on"}},
      {"laws.siege.assault_ratio", {"laws.operations.on"}},
      {"laws.siege.surrender_ratio", {"laws.operations.on"}},
      {"ties.passage", {"laws.operations.on"}},
  });
  static constexpr std::array kPositions{NumberPosition{on, 89}, NumberPosition{surrender_ratio, kBehindOthers}};

  static constexpr Purpose kPurpose{14};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "siege", "first place of a pocket", "whether the pocket gives up at this decision"},
  });

  static constexpr EventCause kOnTerms{"on_terms", "the besieged leave on terms"};
  static constexpr std::array kCauses{kOnTerms};

  enum OwnState { besieged, spared };
  static constexpr std::array kStates = std::to_array<LawStateInfo>({
      {"besieged", LawStateInfo::Of::place, 0, "1 where the place is in a pocket under siege"},
      {"spared", LawStateInfo::Of::place, 0, "1 where besiegers are too few to storm it"},
  });

  /// Finds the places under siege, and lets pockets give up.
  static void before_operations(const CompiledModel& model, State& state, View& view);
  static bool spares(const State& state, PlaceIndex place);
};

/// So many fighters of an actor leave a place, through enemies if need be, for the nearest of their friends that is
/// neither besieged nor fought for, or home for good if there is none.
void go_to_friends(const CompiledModel& model, State& state, PlaceIndex place, ActorIndex actor, double men);

}  // namespace truel::laws
