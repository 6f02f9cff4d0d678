// Places by road from one of them, nearest first.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "truel/world/compiled/compiled_model.hpp"

namespace truel {

/// The shortest roads from one place (Dijkstra 1959), found one by one: what is not asked for is not searched. Keep it
/// from one search to the next, so that none asks for memory.
class RoadSearch {
 public:
  /// Nothing farther than `most_km` is found.
  void start(PlaceIndex from, int n_places, double most_km) {
    most_km_ = most_km;
    from_ = from;
    if (distance_.size() != at(n_places)) {
      distance_.assign(at(n_places), kUnbounded);
    } else {
      std::for_each(reached_.begin(), reached_.end(), [&](PlaceIndex p) { distance_[at(p)] = kUnbounded; });
    }
    reached_.assign(1, from);
    distance_[at(from)] = 0;
    queue_.assign(1, {0, from});
  }

  /// The next place, of equals the first by number; none: that was all. neighbours(p): the roads of a place,
  /// by `place` and `km`; is_open(p): whether one may go there. Both the same for the whole search.
  template <class Neighbours, class IsOpen>
  std::optional<NearPlace> next(const Neighbours& neighbours, const IsOpen& is_open) {
    while (!queue_.empty()) {
      std::pop_heap(queue_.begin(), queue_.end(), std::greater<>());
      const auto [km, p] = queue_.back();
      queue_.pop_back();
      if (km > distance_[at(p)]) {
        continue;
      }
      for (const auto& road : neighbours(p)) {
        const double through = km + road.km;
        if (through <= most_km_ && through < distance_[at(road.place)] && is_open(road.place)) {
          if (distance_[at(road.place)] == kUnbounded) {
            reached_.push_back(road.place);
          }
          distance_[at(road.place)] = through;
          queue_.emplace_back(through, road.place);
          std::push_heap(queue_.begin(), queue_.end(), std::greater<>());
        }
      }
      if (p != from_) {
        return NearPlace{p, km};
      }
    }
    return std::nullopt;
  }
  template <class Neighbours>
  std::optional<NearPlace> next(const Neighbours& neighbours) {
    return next(neighbours, [](PlaceIndex) { return true; });
  }

 private:
  double most_km_ = 0;
  PlaceIndex from_ = kNone;
  std::vector<double> distance_;                      ///< [place] found so far
  std::vector<PlaceIndex> reached_;                   ///< whose distance is known: most searches are short
  std::vector<std::pair<double, PlaceIndex>> queue_;  ///< a heap
};

/// Of a place the nearest goal by road: one search outward from all goals (Dijkstra 1959), which goes on as far as is
/// asked for. Keep it, so that none asks for memory.
class NearestByRoad {
 public:
  void forget() { found_.clear(); }
  bool has_begun() const { return !found_.empty(); }

  /// Goals are those of `among` for which is_goal(p).
  template <class IsGoal>
  void begin(std::span<const PlaceIndex> among, IsGoal is_goal, int n_places) {
    found_.assign(at(n_places), {kNone, kUnbounded});
    queue_.clear();
    for (const PlaceIndex p : among) {
      if (is_goal(p)) {
        found_[at(p)] = {p, 0};
        queue_.emplace_back(0, p);
      }
    }
  }

  /// The goal nearest to a place, of equally near ones the first by comes_first(x, y); none: no road leads to one.
  /// neighbours(p): the roads of a place, as long in either direction. Both the same for the whole search.
  template <class ComesFirst, class Neighbours>
  std::optional<NearPlace> from(PlaceIndex asked, ComesFirst comes_first, const Neighbours& neighbours) {
    // What is farther changes nothing here any more.
    while (!queue_.empty() && queue_.front().first <= found_[at(asked)].km) {
      std::pop_heap(queue_.begin(), queue_.end(), std::greater<>());
      const auto [km, p] = queue_.back();
      queue_.pop_back();
      if (km > found_[at(p)].km) {
        continue;
      }
      const PlaceIndex goal = found_[at(p)].place;
      for (const Neighbour& road : neighbours(p)) {
        const double through = km + road.km;
        NearPlace& known = found_[at(road.place)];
        if (through < known.km || (through == known.km && comes_first(goal, known.place))) {
          known = {goal, through};
          queue_.emplace_back(through, road.place);
          std::push_heap(queue_.begin(), queue_.end(), std::greater<>());
        }
      }
    }
    const NearPlace& near = found_[at(asked)];
    return near.place == kNone ? std::nullopt : std::optional(near);
  }

 private:
  std::vector<NearPlace> found_;                      ///< [place] so far
  std::vector<std::pair<double, PlaceIndex>> queue_;  ///< a heap
};

}  // namespace truel
