// How the support of people moves.
#pragma once

#include "truel/laws/law.hpp"

namespace truel::laws {

/// Moves support by what happened in the last `days`: harm moves support from who did it to its enemies who are
/// present, and makes people leave; government moves it by legitimacy s (1 - s). Once per decision epoch.
void move_support(const CompiledModel& model, State& state, double days);

struct Support {
  enum Number { on, shift_per_harm, displaced_per_harm };
  static constexpr std::array kPositions{NumberPosition{on, 21}};
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.support.on", "switch", 0, 0, 1, "harm and government move support; harm displaces people"},
      {"laws.support.shift_per_harm", "supporters per person harmed", 0, 0, 1e3,
       "supporters lost to the enemies present"},
      {"laws.support.displaced_per_harm", "persons per person harmed", 0, 0, 1e4, "people who leave"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"actors.legitimacy_per_day"},
  });

  static void look_back(const CompiledModel& model, State& state, int days, bool) {
    if (days > 0) {
      move_support(model, state, days);
    }
  }
};

}  // namespace truel::laws
