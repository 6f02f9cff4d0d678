#include "truel/solver/results/collapse.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "truel/solver/results/turnover.hpp"

namespace truel::solver {

CollapseWatch::CollapseWatch(const CompiledModel& model) : model_(model) {
  restart();
}

void CollapseWatch::restart() {
  memory_.day.assign(at(model_.n_actors()), kAbsent);
  memory_.places_held.assign(at(model_.n_actors()), 0);
  memory_.is_in_the_war.assign(at(model_.n_actors()), 0);
  memory_.n_holder_changes = -1;
}

void CollapseWatch::observe(const State& s) {
  if (std::exchange(memory_.n_holder_changes, s.tallies.n_holder_changes) !=
      s.tallies.n_holder_changes) {  // on most days none has
    count_places(s);
  }
  const double fraction = s.value(model_.war().law(LawParameter::collapse_fraction));
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    if (model_.is_air(a)) {
      continue;
    }
    double& day = memory_.day[at(a)];
    std::uint8_t& is_in_the_war = memory_.is_in_the_war[at(a)];
    if (memory_.places_held[at(a)] > 0) {
      is_in_the_war = 1;
      day = kAbsent;
      continue;
    }
    const double came = total<is_gain>(s, a);
    const double yardstick = s.tallies.first_fighters[at(a)] > 0 ? s.tallies.first_fighters[at(a)] : came;
    is_in_the_war = is_in_the_war || yardstick > 0;
    const bool has_collapsed = is_in_the_war && has_fewer_fighters(s, a, std::max(fraction * yardstick, 1e-9));
    if (!has_collapsed) {
      day = kAbsent;  // it came back
    } else if (std::isnan(day)) {
      day = s.day;
      if (s.journal != nullptr) {
        s.journal->events.push_back({s.day, kCollapse.kind, a, kNone, kNone, total_fighters(s, a), &kNoPlaceLeft});
      }
    }
  }
}

void CollapseWatch::count_places(const State& s) {
  std::fill(memory_.places_held.begin(), memory_.places_held.end(), 0);
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    if (const ActorIndex holder = s.control[p]; holder >= 0) {
      ++memory_.places_held[at(holder)];
    }
  }
}

}  // namespace truel::solver
