// Two sides who would both rather have what they hold than fight on agree, in time.
#pragma once

#include "truel/laws/law.hpp"

namespace truel::laws {

/// For every pair of ground actors at war who have killed each other's men: where to fight on is worth less to each of
/// them than what its side holds, they agree with mean time `days` and are enemies no longer (docs/laws/agreement.md).
struct Agreement {
  static constexpr std::string_view kName = "agreement";

  enum Number { on, days, cost, exponent, alignment };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.agreement.on", "switch", 0, 0, 1, "pairs of enemies whom war serves no longer come to terms"},
      {"laws.agreement.days", "days", 365, 1, 1e6, "mean time until those who would rather agree have agreed"},
      {"laws.agreement.cost", "share", 1, 0, 1000,
       "what a side's whole army is worth, as a part of all that is fought for"},
      {"laws.agreement.exponent", "exponent", 1, 0.01, 20, "of the ratio of fighters in the chance to win the war"},
      {"laws.agreement.alignment", "alignment", 0, -1, 1, "of a pair that has agreed"},
  });

  static constexpr Purpose kPurpose{18};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "agreement", "actor × number of actors + the other", "whether two enemies agree in an interval"},
  });

  static constexpr EventInfo kAgreed{"agreement", "two enemies make peace"};
  static constexpr std::array kEvents{kAgreed};
  static constexpr EventCause kServesNeither{"serves_neither", "war serves neither of the two"};
  static constexpr std::array kCauses{kServesNeither};

  static void look_back(const CompiledModel& model, State& state, int days, bool is_whole);
};

/// What fighting on is worth to a side less what it has: above 0 it fights on (Mason and Fett 1996). `win`: its chance
/// to win; `cost` of its whole army; `own_loss`, `their_loss`: shares of the two sides' fighters killed in a day;
/// `held`: its part of the land that the two hold. A war in which nobody is killed is without cost.
double gain_of_fighting_on(double win, double cost, double own_loss, double their_loss, double held);

}  // namespace truel::laws
