#include "truel/world/marches.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "truel/world/lots.hpp"
#include "truel/world/presence.hpp"

namespace truel {

void add_march(State& s, const March& march) {
  s.marches.push_back(march);
  int& latest = s.departures.latest_arrival[s.slot(march.from, march.actor)];
  latest = std::max(latest, march.arrival_day);
}

void send_march(const CompiledModel& model, State& s, ActorIndex actor, PlaceIndex from, PlaceIndex to, double km,
                double fighters, MarchTask task) {
  double& here = s.fighters[s.slot(from, actor)];
  fighters = std::min(fighters, here);
  if (fighters <= 0) {
    return;
  }
  here -= fighters;
  const double speed = s.value(model.war().actor(actor, ActorParameter::speed_km_per_day));
  const int days = speed > 0 ? std::max(1, static_cast<int>(std::ceil(km / speed))) : 1;
  const int arrival = s.day + days;
  auto& marches = s.marches;
  const bool may_be_joined =
      s.departures.latest_arrival[s.slot(from, actor)] >= arrival;  // on large maps many are on the road
  const auto same = !may_be_joined ? marches.end() : std::find_if(marches.begin(), marches.end(), [&](const March& c) {
    return c.from == from && c.to == to && c.actor == actor && c.arrival_day == arrival && c.task == task;
  });
  if (same != marches.end()) {
    same->fighters += fighters;
  } else {
    add_march(s, {s.departures.next_march++, actor, from, to, fighters, arrival, task});
  }
  refresh_presence(s, from, actor);
}

double send_in_proportion(const CompiledModel& model, State& s, ActorMask who, PlaceIndex from, PlaceIndex to,
                          double km, double wanted, MarchTask task, bool is_whole) {
  const ActorMask sharers = who & s.present[from];
  const double there = fighters_at(s, from, sharers);
  wanted = std::min(wanted, there);
  if (wanted <= 0) {
    return 0;
  }
  const double rounding = is_whole && std::popcount(sharers) > 1 ? lot(s, Lot::place, from) : 0.5;
  double running = 0;
  double sent = 0;
  for (ActorMask rest = sharers; rest != 0; rest &= rest - 1) {
    const ActorIndex a = first_of(rest);
    running += s.fighters[s.slot(from, a)];
    const double upto = is_whole ? std::floor(wanted * running / there + rounding) : wanted * running / there;
    if (upto > sent) {
      send_march(model, s, a, from, to, km, upto - sent, task);
      sent = upto;
    }
  }
  return sent;
}

void arrive_marches(State& s) {
  auto& marches = s.marches;
  bool any = false;
  for (const March& march : marches) {
    if (march.arrival_day <= s.day) {
      any = true;
      s.fighters[s.slot(march.to, march.actor)] += march.fighters;
      refresh_presence(s, march.to, march.actor);
    }
  }
  if (any) {
    // Who gets a place is asked when all are there: none comes before another on one day.
    for (const March& march : marches) {
      if (march.arrival_day <= s.day) {
        settle_control(s, march.to);
      }
    }
    std::erase_if(marches, [&](const March& c) { return c.arrival_day <= s.day; });
  }
}

const March* find_march(const State& s, int id) {
  for (const March& march : s.marches) {
    if (march.id == id) {
      return &march;
    }
  }
  return nullptr;
}

March* find_march(State& s, int id) {
  return const_cast<March*>(find_march(std::as_const(s), id));
}

}  // namespace truel
