// What decides between equals: a number drawn for each of them, anew on each day, so that no name does.
#pragma once

#include <algorithm>

#include "truel/world/state.hpp"

namespace truel {

enum class Lot : std::uint32_t { actor, place, command, march };

/// Uniform on (0, 1). Of two equals the one with the lower lot comes first.
double lot(const State& state, Lot of, int index);

/// Whether x comes before y by their lots.
inline bool is_drawn_before(const State& state, Lot of, int x, int y) {
  return x != y && lot(state, of, x) < lot(state, of, y);
}

/// The actor of a mask with the most, of equals one by lot; kNone where the mask is empty. most_of(actor).
template <class MostOf>
ActorIndex greatest_of(const State& state, ActorMask who, MostOf most_of) {
  ActorIndex greatest = kNone;
  for (ActorMask rest = who; rest != 0; rest &= rest - 1) {
    const ActorIndex a = first_of(rest);
    if (greatest == kNone || most_of(a) > most_of(greatest) ||
        (most_of(a) == most_of(greatest) && is_drawn_before(state, Lot::actor, a, greatest))) {
      greatest = a;
    }
  }
  return greatest;
}

/// The position of the greatest number of a list that is not empty, of equals one by lot; lots count what `of` says.
std::size_t greatest_of(const State& state, std::span<const double> numbers, Lot of);

/// Calls use(near) for places of a list that are no farther than most_km, nearest first, of equally near ones in the
/// order of their lots, until it returns false. Those for which !is_asked(near) are left out; what use() does may make
/// more of them so, never fewer.
template <class IsAsked, class Use>
void for_each_near(const State& state, std::span<const NearPlace> near, double most_km, IsAsked is_asked, Use use) {
  for (std::size_t k = 0; k < near.size() && near[k].km <= most_km;) {
    if (!is_asked(near[k])) {  // most are not
      ++k;
      continue;
    }
    std::size_t end = k + 1;
    while (end < near.size() && near[end].km == near[k].km) {
      ++end;
    }
    if (end == k + 1) {
      if (!use(near[k])) {
        return;
      }
      k = end;
      continue;
    }
    const auto equals = near.subspan(k, end - k);
    const auto asked = std::count_if(equals.begin(), equals.end(), is_asked);
    double done = 0;  // the next by lot is sought again for each: they are few
    for (auto left = asked; left > 0; --left) {
      const NearPlace* next = asked > 1 ? nullptr : &*std::find_if(equals.begin(), equals.end() - 1, is_asked);
      double least = 1;
      for (std::size_t j = 0; asked > 1 && j < equals.size(); ++j) {
        if (!is_asked(equals[j])) {
          continue;
        }
        const double drawn = lot(state, Lot::place, equals[j].place);
        if (drawn > done && drawn < least) {
          least = drawn;
          next = &equals[j];
        }
      }
      if (next == nullptr) {
        break;  // what was done with one took another away
      }
      done = least;
      if (is_asked(*next) && !use(*next)) {
        return;
      }
    }
    k = end;
  }
}

}  // namespace truel
