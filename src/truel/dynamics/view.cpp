#include "truel/dynamics/view.hpp"

#include <bit>
#include <cmath>

namespace truel::dynamics {

View::View(const CompiledModel& model)
    : n_actors(model.n_actors()),
      n_places(model.n_places()),
      n_commands(model.n_commands()),
      fighters(at(n_places * n_actors)),
      control(at(n_places)),
      present(at(n_places)),
      value(at(n_places)),
      closeness(model.war().links.size()),
      total(at(n_actors)),
      strength(at(n_commands)),
      members(at(n_commands)),
      friends(at(n_commands)),
      enemies(at(n_commands)),
      troops(at(n_actors)) {
  found.reserve(at(n_actors + n_commands));  // so that references stay good
}

void View::look(const CompiledModel& model, const State& s, int lane) {
  const War& war = model.war();
  n_found = 0;
  for (auto& list : troops) {
    list.clear();
  }
  std::fill(total.begin(), total.end(), 0);
  ActorMask in_the_war = 0;
  for (PlaceIndex p = 0; p < n_places; ++p) {
    control[at(p)] = s.control[s.one(p, lane)];
    present[at(p)] = s.present[s.one(p, lane)];
    value[at(p)] = s.value(war.place(p, PlaceParameter::value), lane);
    if (control[at(p)] >= 0) {
      in_the_war |= bit(control[at(p)]);
    }
    for (ActorIndex a = 0; a < n_actors; ++a) {
      const double here = s.fighters[s.slot(p, a, lane)];
      fighters[at(p * n_actors + a)] = here;
      total[at(a)] += here;
    }
    for (ActorMask rest = present[at(p)]; rest != 0; rest &= rest - 1) {
      const ActorIndex a = std::countr_zero(rest);
      troops[at(a)].push_back({p, n(p, a)});
    }
  }
  for (const Column& column : s.columns[at(lane)]) {
    total[at(column.actor)] += column.fighters;
  }
  for (int l = 0; l < static_cast<int>(closeness.size()); ++l) {
    closeness[at(l)] = s.derived.closeness[s.one(l, lane)];
  }
  ActorMask ground = 0;
  for (ActorIndex a = 0; a < n_actors; ++a) {
    ground |= model.is_air(a) ? 0 : bit(a);
    in_the_war |= total[at(a)] > 0 ? bit(a) : 0;
  }
  for (CommandIndex c = 0; c < n_commands; ++c) {
    members[at(c)] = friends[at(c)] = enemies[at(c)] = 0;
    strength[at(c)] = 0;
    for (const ActorIndex a : model.members(c)) {
      members[at(c)] |= bit(a);
      friends[at(c)] |= s.derived.friendly[s.one(a, lane)];
      enemies[at(c)] |= s.derived.hostile[s.one(a, lane)];
      strength[at(c)] += total[at(a)];
    }
    enemies[at(c)] &= ground & in_the_war & ~friends[at(c)];
  }
}

const Pockets& View::pockets(const CompiledModel& model, ActorMask who) {
  for (std::size_t k = 0; k < n_found; ++k) {
    if (found[k].friends == who) {
      return found[k];
    }
  }
  if (n_found == found.size()) {
    found.emplace_back();
  }
  Pockets& result = found[n_found++];
  result.friends = who;
  result.of.assign(at(n_places), kNone);
  result.has_entry.clear();
  result.places.clear();
  for (PlaceIndex p = 0; p < n_places; ++p) {
    if (is_held_by(p, who)) {
      result.places.push_back(p);
    }
  }
  thread_local std::vector<PlaceIndex> stack;
  for (const PlaceIndex start : result.places) {
    if (result.of[at(start)] != kNone) {
      continue;
    }
    const int number = static_cast<int>(result.has_entry.size());
    result.has_entry.push_back(0);
    result.of[at(start)] = number;
    stack.assign(1, start);
    while (!stack.empty()) {
      const PlaceIndex p = stack.back();
      stack.pop_back();
      result.has_entry.back() |= model.war().places[at(p)].is_entry;
      for (const Neighbour& next : model.neighbours(p)) {
        if (result.of[at(next.place)] == kNone && is_held_by(next.place, who)) {
          result.of[at(next.place)] = number;
          stack.push_back(next.place);
        }
      }
    }
  }
  return result;
}

double contest_odds(double have, double need, double exponent) {
  if (have <= 0 && need <= 0) {
    return 0.5;
  }
  // As a power of the ratio: have^k and need^k themselves could overflow.
  return need <= 0 ? 1 : have <= 0 ? 0 : 1 / (1 + std::pow(need / have, exponent));
}

}  // namespace truel::dynamics
