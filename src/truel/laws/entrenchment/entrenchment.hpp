// Who has stood beside an enemy for long is dug in.
#pragma once

#include "truel/laws/law.hpp"

namespace truel::laws {

/// Those who hold a place beside an enemy build works, which are lost with the place and decay where no enemy is beside
/// it (docs/laws/entrenchment.md).
struct Entrenchment {
  static constexpr std::string_view kName = "entrenchment";

  enum Number { on, strength, days, decay_days, first_days };
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.entrenchment.on", "switch", 0, 0, 1, "who has held a place beside an enemy for long is dug in"},
      {"laws.entrenchment.strength", "ratio", 1.6, 1, 100,
       "how many times as strong finished works make who holds a place"},
      {"laws.entrenchment.days", "days", 60, 0.01, 1e6, "beside an enemy in which all but 1/e of the works are built"},
      {"laws.entrenchment.decay_days", "days", 365, 0.01, 1e6,
       "without an enemy beside it after which 1/e of them is left"},
      {"laws.entrenchment.first_days", "days", 0, 0, 1e6,
       "for which places had been held when the first rows of control.csv begin"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.entrenchment.days", {"laws.entrenchment.strength"}},
      {"laws.entrenchment.decay_days", {"laws.entrenchment.strength"}},
      {"laws.entrenchment.first_days", {"laws.entrenchment.strength"}},
  });

  enum OwnState { holder, works, let_through };
  static constexpr std::array kStates = std::to_array<LawStateInfo>({
      {"holder", LawStateInfo::Of::place, -1, "who built the works"},
      {"works", LawStateInfo::Of::place, 0, "share of them that is built"},
      {"let_through", LawStateInfo::Of::place, 1, "factor on the fire that reaches the holder"},
  });

  static constexpr bool kNeedsBattle = true;

  /// What the last `days` have built and ruined; on the first day, what the holders of control.csv had built until
  /// then.
  static void look_back(const CompiledModel& model, State& state, int days, bool is_whole);
};

}  // namespace truel::laws
