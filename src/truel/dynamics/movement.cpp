#include "truel/dynamics/movement.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace truel::dynamics {

std::string_view to_string(ColumnTask task) {
  switch (task) {
    case ColumnTask::reinforce:
      return "reinforce";
    case ColumnTask::offensive:
      return "offensive";
    case ColumnTask::raid:
      return "raid";
    case ColumnTask::retreat:
      return "retreat";
  }
  return "";
}

void send_column(const CompiledModel& model, State& s, ActorIndex actor, PlaceIndex from, PlaceIndex to, double km,
                 double fighters, ColumnTask task) {
  double& here = s.fighters[s.slot(from, actor)];
  fighters = std::min(fighters, here);
  if (fighters <= 0) {
    return;
  }
  here -= fighters;
  const double speed = s.value(model.war().actor(actor, ActorParameter::speed_km_per_day));
  const int days = speed > 0 ? std::max(1, static_cast<int>(std::ceil(km / speed))) : 1;
  const int arrival = s.day + days;
  auto& columns = s.columns;
  const auto same = std::find_if(columns.begin(), columns.end(), [&](const Column& c) {
    return c.from == from && c.to == to && c.actor == actor && c.arrival_day == arrival && c.task == task;
  });
  if (same != columns.end()) {
    same->fighters += fighters;
  } else {
    columns.push_back({s.next_column++, actor, from, to, fighters, arrival, task});
  }
  refresh_presence(s, from, actor);
}

void arrive_columns(State& s) {
  auto& columns = s.columns;
  bool any = false;
  for (const Column& column : columns) {
    if (column.arrival_day <= s.day) {
      any = true;
      s.fighters[s.slot(column.to, column.actor)] += column.fighters;
      refresh_presence(s, column.to, column.actor);
      settle_control(s, column.to);
    }
  }
  if (any) {
    std::erase_if(columns, [&](const Column& c) { return c.arrival_day <= s.day; });
  }
}

void settle_control(State& s, PlaceIndex place) {
  const ActorMask present = s.present[at(place)];
  const int holder = s.control[at(place)];
  if (present == 0 || (holder >= 0 && (s.derived.friendly[at(holder)] & present) != 0)) {
    return;
  }
  const ActorMask claimants = holder >= 0 ? s.derived.hostile[at(holder)] & present : present;
  if (claimants == 0 || (holder < 0 && s.contested[at(place)])) {
    return;
  }
  ActorIndex strongest = kNone;
  for (ActorMask rest = claimants; rest != 0; rest &= rest - 1) {
    const ActorIndex a = std::countr_zero(rest);
    if (strongest == kNone || s.fighters[s.slot(place, a)] > s.fighters[s.slot(place, strongest)]) {
      strongest = a;
    }
  }
  pass_control(s, place, strongest, "the last defender is gone");
}

void pass_control(State& s, PlaceIndex place, ActorIndex taker, const char* reason) {
  int& holder = s.control[at(place)];
  if (Journal* journal = s.journal; journal != nullptr) {
    journal->events.push_back({s.day, "capture", taker, place, holder, s.fighters[s.slot(place, taker)], reason});
  }
  if (holder >= 0) {
    s.attack(taker, holder, AttackTally::captures) += 1;
  }
  s.taken_from[at(place)] = holder;
  holder = taker;
  s.held_since[at(place)] = s.day;
  s.place_changes[at(place)] += 1;
}

}  // namespace truel::dynamics
