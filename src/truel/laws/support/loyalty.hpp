// Two loyalties: how much of each side's own people it rules, by who frees and who subdues whom.
#pragma once

#include "truel/laws/law.hpp"

namespace truel::laws {

/// Moves support at every place by `days` of the law of loyalties, where it is on:
///
///     ds_a/dt = s_a [ lambda_a (L_a - s_a) - sum over enemies b of sigma_b s_b ]
///
/// s_a: share of the people of the place who are loyal to a and live under its rule, its support. L_a (loyal_share):
/// those loyal to it wherever they live. lambda (freeing_per_day): an actor draws its strength from s_a and brings the
/// rest of its own under its rule. sigma (subduing_per_day): it brings its enemies' people out of theirs. A competition
/// system of Lotka and Volterra, with the property that Atkinson, Gutfraind and Kress (2012) claim for revolts: the end
/// does not depend on the start. Classical Runge-Kutta steps of a twentieth of the fastest time at most.
/// Nothing in it is random, so that every solver moves support alike.
/// Cost: places x actors^2 x steps.
void move_loyalties(const CompiledModel& model, State& state, double days);

struct Loyalty {
  enum Number { on };
  static constexpr std::array kPositions{NumberPosition{on, 42}};
  static constexpr std::array kNumbers = std::to_array<ParameterInfo>({
      {"laws.loyalty.on", "switch", 0, 0, 1, "support drifts by who frees and who subdues whose people"},
  });
  static constexpr std::array kReads = std::to_array<Reading>({
      {"actors.loyal_share", {"actors.freeing_per_day"}},
      {"actors.freeing_per_day"},
      {"actors.subduing_per_day"},
  });

  static bool steps_daily(const CompiledModel& model, const State& state, bool has_flow);
  static void pass_days(const CompiledModel& model, State& state, int days) { move_loyalties(model, state, days); }
};

}  // namespace truel::laws
