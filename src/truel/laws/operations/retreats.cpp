// What a command gives up.
#include "truel/laws/operations/budget.hpp"
#include "truel/laws/underground/underground.hpp"

namespace truel::laws {
namespace {

/// Some of those who cannot hold a place go underground there.
void hide(const Situation& now, Orders& orders, PlaceIndex p) {
  for (ActorMask rest = now.members & now.view.present[at(p)]; rest != 0; rest &= rest - 1) {
    orders.mine[at(p)] -= go_underground(now.model, orders.state, p, first_of(rest), now.is_whole);
  }
}

/// The nearest neighbour of ours without enemies, or null.
const Neighbour* way_out_of(const Situation& now, PlaceIndex p) {
  const Neighbour* way_out = nullptr;
  for (const Neighbour& next : now.model.neighbours(p)) {
    if (now.is_ours(next.place) && now.foe[at(next.place)] <= 0 &&
        (way_out == nullptr || next.km < way_out->km ||
         (next.km == way_out->km && now.is_drawn_first(next.place, way_out->place)))) {
      way_out = &next;
    }
  }
  return way_out;
}

/// Whether an attack has had the days that it was planned for, and is less likely to win than attacks that are begun
/// (the culminating point: Clausewitz 1832, book VII; an assault is prepared anew or given up), unless it costs the
/// defenders the greater share of their men: then its chance grows. The margin of force with which one begins is not
/// asked for again: the first losses would use it up.
bool has_culminated(const Situation& now, const Orders& orders, PlaceIndex p, double win) {
  if (now.law(Operations::culmination) <= 0) {
    return false;
  }
  const Operation* attack = orders.running(p);
  return attack != nullptr && has_had_its_days(now, *attack) && win < now.law(Operations::least_win_probability) &&
         !attackers_gain(now.model, now.state, p);
}

}  // namespace

void retreat(const Situation& now, Orders& orders) {
  const double breaking_point = now.parameter(CommandParameter::breaking_point);
  const double step_back = now.air_kills > 0 ? now.parameter(CommandParameter::withdraw_and_strike) : 0;
  for (const PlaceIndex p : now.stations) {
    if (orders.mine[at(p)] <= 0 || now.foe[at(p)] <= 0) {
      continue;
    }
    const bool defends = now.is_ours(p);
    const double our_cover = defends ? now.exposure(p) : 1;
    const double their_cover = is_one_of(now.view.control[at(p)], now.enemies) ? now.exposure(p) : 1;
    const double win = win_probability((now.friends_here[at(p)] + now.friends_inbound[at(p)]) / our_cover,
                                       now.estimate(p) / their_cover, now.contest_exponent);
    const bool is_spent = !defends && has_culminated(now, orders, p, win);
    if (!is_spent && win >= (defends ? std::max(breaking_point, step_back) : breaking_point)) {
      continue;
    }
    if (defends && win < breaking_point) {
      hide(now, orders, p);
    }
    if (const Neighbour* way_out = way_out_of(now, p)) {
      const EventCause& cause = is_spent && win >= breaking_point       ? Operations::kCulminated
                                : defends && step_back > breaking_point ? Operations::kLeftToAir
                                                                        : Operations::kTooWeak;
      const double gone =
          orders.send(p, way_out->place, way_out->km, orders.mine[at(p)], now.members, MarchTask::retreat);
      orders.note(Operations::kRetreat, p, now.enemy_at(p), gone, cause, {.win_probability = win});
    }
  }
}

}  // namespace truel::laws
