#include "truel/laws/fire/breakpoint.hpp"

#include <cmath>
#include <utility>

#include "truel/laws/fire/fire.hpp"
#include "truel/world/presence.hpp"

namespace truel::laws {

void leave_war(State& s, ActorIndex a) {
  double left = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    double& fighters = s.fighters[s.slot(p, a)];
    if (!s.underground.empty()) {
      left += std::exchange(s.underground[s.slot(p, a)], 0);
    }
    if (fighters > 0) {
      left += fighters;
      fighters = 0;
      refresh_presence(s, p, a);
      settle_control(s, p);
    }
  }
  for (March& march : s.marches) {
    if (march.actor == a) {
      left += march.fighters;
      march.fighters = 0;
    }
  }
  s.tally(ActorOutcome::left, a) += left;
  if (Journal* journal = s.journal; journal != nullptr) {
    journal->events.push_back({s.day, Fire::kBreakpoint.kind, a, kNone, kNone, left, &Fire::kBreakpointReached});
  }
}

double bearable_losses(const State& s, ActorIndex a) {
  constexpr double kRounding = 1e-9;
  const double losses = s.derived.breakpoint[a];
  const double killed = s.tally(ActorOutcome::killed, a);
  return std::isfinite(losses) && killed >= losses * (1 - kRounding) ? 0 : losses - killed;
}

}  // namespace truel::laws
