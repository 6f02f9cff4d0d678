#include "truel/dynamics/breakpoint.hpp"

#include <utility>

#include "truel/dynamics/movement.hpp"

namespace truel::dynamics {

void leave_war(State& s, ActorIndex a, int lane) {
  double left = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    double& fighters = s.fighters[s.slot(p, a, lane)];
    if (!s.underground.empty()) {
      left += std::exchange(s.underground[s.slot(p, a, lane)], 0);
    }
    if (fighters > 0) {
      left += fighters;
      fighters = 0;
      refresh_presence(s, p, a, lane);
      settle_control(s, p, lane);
    }
  }
  for (Column& column : s.columns[at(lane)]) {
    if (column.actor == a) {
      left += column.fighters;
      column.fighters = 0;
    }
  }
  s.left[s.one(a, lane)] += left;
  if (Journal* journal = s.journal[at(lane)]; journal != nullptr) {
    journal->events.push_back({s.day, "breakpoint", a, kNone, kNone, left, "its losses have reached its breakpoint"});
  }
}

}  // namespace truel::dynamics
