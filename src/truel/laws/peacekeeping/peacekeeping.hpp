// Troops of nobody's side who stand in a place: fewer attacks on it begin, and it is fed under siege.
#pragma once

#include "truel/laws/law.hpp"
#include "truel/world/view.hpp"

namespace truel::laws {

/// Peacekeepers are fighters of ground actors who are neither friend nor enemy of anybody. Where m of them stand, the
/// rate at which attacks on the place begin is exp(-deterrence_per_1000 m / 1000) (1 - threat) times what it would be,
/// and that at which it gives up under siege 1 - aid times (docs/laws/peacekeeping.md).
struct Peacekeeping {
  static constexpr std::string_view kName = "peacekeeping";

  enum Number { on, deterrence_per_1000, threat, aid };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.peacekeeping.on", "switch", 0, 0, 1, "places where peacekeepers stand are attacked more rarely"},
      {"laws.peacekeeping.deterrence_per_1000", "per 1000 fighters", 0.13, 0, 1000,
       "how fast the rate of attacks on a place falls with the peacekeepers there"},
      {"laws.peacekeeping.threat", "share", 0, 0, 1,
       "of the attacks that these leave, those that the threat of strikes from the air keeps away"},
      {"laws.peacekeeping.aid", "share", 0, 0, 1, "of what a place under siege lacks, what comes in with peacekeepers"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.peacekeeping.on", {"laws.operations.on"}},
      {"laws.peacekeeping.deterrence_per_1000", {"laws.operations.on"}},
      {"laws.peacekeeping.threat", {"laws.operations.on"}},
      {"laws.peacekeeping.aid", {"laws.operations.on", "laws.siege.on"}},
  });

  static constexpr std::array kEffects{LawEffect::needs_no_enemies};

  static constexpr Purpose kPurpose{17};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "peacekeeping", "place", "whether nobody attacks it at this decision for the peacekeepers there"},
  });

  enum OwnState { guarded };
  static constexpr std::array kStates = std::to_array<LawStateInfo>({
      {"guarded", LawStateInfo::Of::place, 0, "1 where peacekeepers keep attacks away until the next decision"},
  });

  static void before_operations(const CompiledModel& model, State& state, View& view);
  static bool spares(const State& state, PlaceIndex place);
};

/// Peacekeepers at a place.
double peacekeepers(const CompiledModel& model, const State& state, PlaceIndex place);
/// Of what the place lacks under siege, what they bring in: 0 where the law is off or none are there.
double aid(const CompiledModel& model, const State& state, PlaceIndex place);

}  // namespace truel::laws
