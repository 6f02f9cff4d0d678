// How well a place is defended beyond what anybody can count.
#pragma once

#include "truel/laws/law.hpp"

namespace truel::laws {

/// Each place has a log-normal factor on the strength of those who hold it, which lasts and which nobody sees before
/// there is a battle (docs/laws/hidden_defence.md): frailty in the words of the analysis of survival. It is drawn anew
/// when the place changes hands.
struct HiddenDefence {
  static constexpr std::string_view kName = "hidden_defence";

  enum Number { on, spread, decay_days, learn_days };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.hidden_defence.on", "switch", 0, 0, 1, "places are defended better or worse than anybody can count"},
      {"laws.hidden_defence.spread", "log s.d.", 0.7, 0, 5, "of the factor on the strength of who holds a place"},
      {"laws.hidden_defence.decay_days", "days", 365, 1, 1e6,
       "after which the deviation of a place has 1/e of its correlation with what it was"},
      {"laws.hidden_defence.learn_days", "days", 30, 1, 1e6,
       "of battle at a place after which commands believe all but 1/e of the deviation"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.hidden_defence.decay_days", {"laws.hidden_defence.spread"}},
      {"laws.hidden_defence.learn_days", {"laws.hidden_defence.spread", "laws.operations.on"}},
  });

  static constexpr Purpose kPurpose{23};
  static constexpr std::array kPurposes = std::to_array<PurposeInfo>({
      {kPurpose, "hidden defence", "place", "how the deviation of the place's defence moves at a decision"},
  });

  static constexpr EventInfo kDrawn{
      "hidden_defence", "who holds the place is from now on so many times as strong as can be counted (fighters)"};
  static constexpr std::array kEvents{kDrawn};

  enum OwnState { holder, deviation, learned, let_through, believed };
  static constexpr std::array kStates = std::to_array<LawStateInfo>({
      {"holder", LawStateInfo::Of::place, -1, "for whom the deviation was drawn"},
      {"deviation", LawStateInfo::Of::place, 0, "of the log of the factor, in standard deviations"},
      {"learned", LawStateInfo::Of::place, 0, "share of the deviation that battles have shown"},
      {"let_through", LawStateInfo::Of::place, 1, "factor on the fire that reaches the holder"},
      {"believed", LawStateInfo::Of::place, 1, "what commands take this factor to be"},
  });

  static constexpr bool kNeedsBattle = true;

  /// Deviations of places that have a new holder, and what the last `days` have changed and shown of the others.
  static void look_back(const CompiledModel& model, State& state, int days, bool is_whole);
};

}  // namespace truel::laws
