// Which places of a set are near a place, nearest first, without looking at all the others that are.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "truel/world/compiled/compiled_model.hpp"
#include "truel/world/lots.hpp"

namespace truel {

/// Calls visit(k) for those of a set near a place, k the number in model.near(to), ascending, until it returns false;
/// for all near places where the map is too large for CompiledModel::ranks_near. for_each_of(add) calls add(place) for
/// each of the set. Cost: a few steps for each of the set.
template <class ForEachOf, class Visit>
void visit_near_of(const CompiledModel& model, PlaceIndex to, ForEachOf for_each_of, Visit visit) {
  const std::span<const std::uint16_t> ranks = model.ranks_near(to);
  if (ranks.empty()) {
    for (std::size_t k = 0; k < model.near(to).size() && visit(k); ++k) {
    }
    return;
  }
  constexpr std::size_t kBits = 64;
  std::array<std::uint64_t, static_cast<std::size_t>(CompiledModel::kMostRanked) / kBits> found;
  const std::size_t words = (ranks.size() + kBits - 1) / kBits;
  std::fill_n(found.begin(), words, 0);
  const std::uint16_t* rank = ranks.data();
  for_each_of([&](PlaceIndex p) {
    const std::size_t k = rank[p];
    found[k / kBits] |= std::uint64_t{1} << k % kBits;
  });
  const std::size_t none = ranks.size() - 1;  // the rank of those who are not near
  found[none / kBits] &= ~(std::uint64_t{1} << none % kBits);
  for (std::size_t word = 0; word < words; ++word) {
    for (std::uint64_t rest = found[word]; rest != 0; rest &= rest - 1) {
      if (!visit(word * kBits + static_cast<std::size_t>(std::countr_zero(rest)))) {
        return;
      }
    }
  }
}

/// for_each_near (lots.hpp) of model.near(to), where is_asked is true of places of the set alone.
template <class ForEachOf, class IsAsked, class Use>
void for_each_near_of(const CompiledModel& model, const State& state, PlaceIndex to, double most_km,
                      ForEachOf for_each_of, IsAsked is_asked, Use use) {
  const std::span<const NearPlace> near = model.near(to);
  std::size_t done = 0;  // places before this one
  visit_near_of(model, to, for_each_of, [&](std::size_t k) {
    if (near[k].km > most_km) {
      return false;
    }
    if (k < done || !is_asked(near[k])) {
      return true;
    }
    std::size_t end = k + 1;
    while (end < near.size() && near[end].km == near[k].km) {
      ++end;
    }
    if (end == k + 1) {
      return static_cast<bool>(use(near[k]));
    }
    done = end;
    bool goes_on = true;
    for_each_near(state, near.subspan(k, end - k), most_km, is_asked, [&](const NearPlace& next) {
      goes_on = use(next);
      return goes_on;
    });
    return goes_on;
  });
}

}  // namespace truel
