#include "truel/dynamics/interventions.hpp"

#include <algorithm>
#include <cmath>

#include "truel/dynamics/alignment.hpp"
#include "truel/dynamics/allegiance.hpp"
#include "truel/dynamics/coalition.hpp"
#include "truel/dynamics/movement.hpp"

namespace truel::dynamics {
namespace {

void note(State& s, const Intervention& i, double fighters) {
  if (s.journal != nullptr) {
    s.journal->events.push_back({s.day, "intervention", i.actor, i.place < 0 ? kNone : i.place, i.other, fighters,
                                 i.note.empty() ? i.id : i.note});
  }
}

/// Takes up to `wanted` fighters away, in proportion to where they stand (or from one place), columns left alone.
double remove_fighters(State& s, ActorIndex a, PlaceIndex place, double wanted, bool is_whole) {
  const PlaceIndex first = place == kEverywhere ? 0 : place;
  const PlaceIndex last = place == kEverywhere ? s.n_places - 1 : place;
  double there = 0;
  for (PlaceIndex p = first; p <= last; ++p) {
    there += s.fighters[s.slot(p, a)];
  }
  const double taken = std::min(wanted, there);
  double running = 0;
  double done = 0;
  for (PlaceIndex p = first; p <= last && there > 0; ++p) {
    double& n = s.fighters[s.slot(p, a)];
    running += n;
    const double upto = is_whole ? std::floor(taken * running / there + 0.5) : taken * running / there;
    n = taken < there ? std::max(0.0, n - (upto - done)) : 0;  // the last of all, whatever rounding leaves of him
    done = upto;
    refresh_place(s, p);
  }
  return done;
}

}  // namespace

void set_parameters_dated_before_start(const CompiledModel& model, State& s) {
  const War& war = model.war();
  for (int row = 0; row < static_cast<int>(war.interventions.size()); ++row) {
    const Intervention& i = war.interventions[at(row)];  // sorted by date
    if (i.action == InterventionAction::set && i.date <= war.start) {
      s.value(i.target) = s.value(war.intervention(row));
    } else if (is_allegiance(i.action) && i.date < war.start) {
      realign_before_start(model, s, row);
    }
  }
}

bool intervene(const CompiledModel& model, State& s, bool is_whole) {
  const War& war = model.war();
  const Day today = war.start + s.day;
  const auto first = std::lower_bound(war.interventions.begin(), war.interventions.end(), today,
                                      [](const Intervention& i, Day day) { return i.date < day; });
  bool any = false;
  bool moves_relations = false;
  for (int row = static_cast<int>(first - war.interventions.begin());
       row < static_cast<int>(war.interventions.size()) && war.interventions[at(row)].date == today; ++row) {
    const Intervention& i = war.interventions[at(row)];
    if (s.day == 0 && i.action == InterventionAction::set) {
      continue;  // what a first-day `set` changes is part of the start
    }
    any = true;
    double value = s.value(war.intervention(row));
    if (i.action == InterventionAction::set) {
      s.value(i.target) = value;
      moves_relations = take_alignment(model, s, i.target) || moves_relations;
      note(s, i, value);
      continue;
    }
    if (is_allegiance(i.action)) {
      note(s, i, change_allegiance(model, s, row, is_whole));
      moves_relations = true;
      continue;
    }
    value = is_whole ? std::floor(value + 0.5) : value;
    if (i.action == InterventionAction::leave) {
      const double gone = remove_fighters(s, i.actor, i.place, value, is_whole);
      s.left[at(i.actor)] += gone;
      note(s, i, gone);
      continue;
    }
    s.fighters[s.slot(i.place, i.actor)] += value;
    s.arrived[at(i.actor)] += value;
    int& holder = s.control[at(i.place)];
    const bool is_free = holder == kNone || (holder != i.actor && s.fighters[s.slot(i.place, holder)] <= 0 &&
                                             (s.derived.friendly[at(i.actor)] & bit(holder)));
    if (is_free) {
      holder = i.actor;
      s.held_since[at(i.place)] = s.day;
      s.taken_from[at(i.place)] = kNone;
    }
    refresh_place(s, i.place);
    note(s, i, value);
  }
  if (any) {
    if (moves_relations) {
      change_relations(model, s);
    }
    derive_actors(model, s);
    derive_places(model, s);
    refresh_all_places(s);  // a changed alignment starts or ends battles
  }
  return any;
}

}  // namespace truel::dynamics
