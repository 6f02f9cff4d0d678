// When an actor's last fighter is gone.
#pragma once

#include <cmath>
#include <vector>

#include "truel/world/state.hpp"

namespace truel::solver {

/// Writes `day` (days since the first) where the actor's last fighter is gone for the first time. extinction: [actor],
/// NaN until it happens.
inline void note_extinction(const State& s, ActorIndex a, double day, std::vector<double>& extinction) {
  if (std::isnan(extinction[at(a)]) && !has_fighters(s, a)) {
    extinction[at(a)] = day;
  }
}

}  // namespace truel::solver
