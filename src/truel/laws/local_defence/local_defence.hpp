// Men of a place who take up arms where their side has nobody, and stay there.
#pragma once

#include "truel/laws/law.hpp"

namespace truel::laws {

/// Where an actor has supporters, and neither it nor a friend has a fighter, the armed men among them rise together,
/// the more rarely the more enemies are there for each of them (docs/laws/local_defence.md). Under an enemy who is
/// there they grow fewer. Those who have risen stay in their place.
struct LocalDefence {
  static constexpr std::string_view kName = "local_defence";

  enum Number { on, men_per_1000, days, deterrence, disarm_days };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.local_defence.on", "switch", 0, 0, 1, "supporters take up arms where their side has nobody"},
      {"laws.local_defence.men_per_1000", "fighters per 1000 supporters", 20, 0, 1000,
       "armed men among an actor's supporters who are in no force"},
      {"laws.local_defence.days", "days", 30, 1, 1e6, "mean time until they rise where no enemy is"},
      {"laws.local_defence.deterrence", "per enemy per man", 2.3, 0, 1000,
       "how fast the rate of rising falls with the enemies there for each man"},
      {"laws.local_defence.disarm_days", "days", 180, 1, 1e6,
       "mean time until a man is disarmed or gone where an enemy who is there holds the place"},
  });

  static constexpr std::array kEffects{LawEffect::brings_men};

  static constexpr Purpose kPurpose{16};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "local defence", "place × number of actors + actor", "whether the men of a place rise in an interval"},
  });

  static constexpr EventInfo kRising{"rising", "men of a place take up arms"};
  static constexpr std::array kEvents{kRising};
  static constexpr EventCause kNobodyThere{"nobody_there", "nobody of their side is there"};
  static constexpr std::array kCauses{kNobodyThere};

  enum OwnState { risen, gone };
  static constexpr std::array kStates = std::to_array<LawStateInfo>({
      {"risen", LawStateInfo::Of::place_and_actor, 0, "men of the place who have risen for the actor so far"},
      {"gone", LawStateInfo::Of::place_and_actor, 0,
       "men of the place disarmed or gone before they rose for the actor"},
  });

  /// Rising and disarmament in the last `days`, with the garrisons and supporters of today; control is settled. The
  /// mean of those who rise where not `is_whole`.
  static void look_back(const CompiledModel& model, State& state, int days, bool is_whole);
  /// Fighters of the actor who stay at the place: as many as have risen there.
  static double stays(const State& state, PlaceIndex place, ActorIndex actor);
};

}  // namespace truel::laws
