// What becomes of actors by how their enemies stand to each other.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/model/indices.hpp"
#include "truel/model/parameters.hpp"

namespace truel::ensemble {

/// How the enemies of an actor stand to each other, from the first day or a later one to the last. Each adds to the one
/// before.
enum class Unity {
  divided,      ///< as the package has it
  truce,        ///< none of them is an enemy of another, and none bargains with the actor; nothing else
  coordinated,  ///< they are friends: roads, towns and supplies are open to all, and of the men of the others each
                ///< counts a part on its own attacks (laws.operations.joint)
  one_command   ///< the strongest of them leads all: one plan, one list of targets, one reserve, the aircraft of all,
                ///< all effort at the actor
};

struct UnityInfo {
  std::string_view name;
  std::string_view words;
};
/// In the order of Unity.
inline constexpr std::array kUnities = std::to_array<UnityInfo>({
    {"divided", "as they are"},
    {"truce", "they leave each other alone"},
    {"coordinated", "they are friends: they share roads, towns and supplies, and come to each other's attacks"},
    {"one_command", "the strongest leads them all by one plan, and all effort goes at it"},
});

/// One outcome of the actor, and how it differs from `divided`, pair by pair: not a number where it is that.
struct UnitedOutcome {
  Mean level;
  double difference = kAbsent, low = kAbsent, high = kAbsent;
};

/// The day by which half of all runs have seen the actor collapse. Not a number: it is later than the last day, since
/// fewer runs than half did; of the interval, that this end lies beyond the last day, or that the runs are too few.
struct HalfGone {
  double day = kAbsent;
  Interval interval;
};

/// What becomes of an actor. value: share of the map on the last day; life: days until it collapsed, or the whole war.
struct Fate {
  UnitedOutcome survival, life, value, fighters;
  HalfGone half_gone;
};

/// Of one actor under every unity of its enemies.
struct UnitedFates {
  ActorIndex actor;
  std::vector<ActorIndex> enemies;
  std::array<Fate, kUnities.size()> of;  ///< [Unity]
};

/// Of every actor that was asked for, in so many pairs of runs.
struct UnitedMatrix {
  std::uint32_t runs = 0;
  std::optional<Day> from;  ///< the day from which enemies stand together; none: the first
  std::vector<UnitedFates> rows;
};

}  // namespace truel::ensemble
