#include "truel/laws/operations/orders.hpp"

#include <cmath>

#include "truel/world/marches.hpp"

namespace truel::laws {

Orders::Orders(const Situation& situation, State& s, OrdersRoom& room)
    : now(situation),
      state(s),
      books(own_state<Operations>(s)),
      tally(books.plans[at(situation.command)]),
      reached_(room.reached) {
  for (auto* list : {&room.mine, &room.inbound, &room.free}) {
    list->resize(at(now.view.n_places));
    std::fill(list->begin(), list->end(), 0.0);  // assign() would be no call of memset
  }
  room.sources.assign(now.n_pockets, 0);
  room.touched.assign(now.n_pockets, 0);
  room.first_free.assign(now.n_pockets, kNone);
  room.next_free.resize(at(now.view.n_places));
  mine = room.mine;
  inbound = room.inbound;
  free = room.free;
  sources = room.sources;
  touched_ = room.touched;
  first_free_ = room.first_free;
  next_free_ = room.next_free;
  add_up(now.view, now.members, mine);
  for (const March& march : now.view.marches) {
    if ((now.members & bit(march.actor)) != 0 && march.task != MarchTask::retreat) {
      inbound[at(march.to)] += march.fighters;
    }
  }
}

double Orders::men(PlaceIndex p, ActorMask who) const {
  double there = 0;
  for (ActorMask rest = who & now.view.present[at(p)]; rest != 0; rest &= rest - 1) {
    there += state.fighters[state.slot(p, first_of(rest))];
  }
  return there;
}

double Orders::deployable() const {
  double men = free_in_all;
  for_each_attack_under_way([&](PlaceIndex, double there) { men += there; });
  return men;
}

double Orders::send(PlaceIndex from, PlaceIndex to, double km, double wanted, ActorMask who, MarchTask task) {
  const double sent = send_in_proportion(now.model, state, who, from, to, km, wanted, task, now.is_whole);
  mine[at(from)] -= sent;
  return sent;
}

double Orders::send_free(PlaceIndex from, PlaceIndex to, double km, double wanted, double most, ActorMask who,
                         MarchTask task) {
  const double part = std::min(most, wanted);
  const double sent = send(from, to, km, now.is_whole ? std::min(std::ceil(part), most) : part, who, task);
  take_free(from, sent);
  return sent;
}

double Orders::gather(PlaceIndex to, double reach_km, double wanted, MarchTask task) {
  double sent = 0;
  for_each_source(to, reach_km, [&](PlaceIndex from, double km) {
    sent += send_free(from, to, km, wanted - sent, free[at(from)], now.members, task);
    return sent < wanted;
  });
  inbound[at(to)] += sent;
  return sent;
}

void Orders::hold_back(PlaceIndex p, double men) {
  const auto keep = [&](PlaceIndex from, double) {
    const double part = std::min(free[at(from)], men);
    take_free(from, part);
    men -= part;
    return men > 0;
  };
  if (now.is_ours(p)) {
    keep(p, 0);
  }
  if (men > 0) {
    for_each_source(p, now.parameter(CommandParameter::reach_km), keep);
  }
}

void Orders::note(const EventInfo& event, PlaceIndex place, ActorIndex enemy, double fighters, const EventCause& cause,
                  const EventNumbers& numbers) {
  if (state.journal != nullptr && fighters > 0) {
    state.journal->events.push_back({state.day, event.kind, now.lead, place, enemy, fighters, &cause, numbers});
  }
}

}  // namespace truel::laws
