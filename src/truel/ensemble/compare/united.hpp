// What would become of an actor if its enemies stood together: who lives by whose quarrels.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "truel/ensemble/compare/compare.hpp"

namespace truel::ensemble {

/// How the enemies of an actor stand to each other, from the first day to the last. Each adds to the one before.
enum class Unity {
  divided,  ///< as the package has it
  truce,    ///< none of them is an enemy of another, and none bargains with the actor
  allied,   ///< they are friends: roads, towns, supplies and garrisons are shared, and attacks are joined
  one_aim,  ///< and all their effort goes at the actor, with all men whom friends can spare
};

struct UnityInfo {
  std::string_view name;
  std::string_view words;
};
/// In the order of Unity.
inline constexpr std::array kUnities = std::to_array<UnityInfo>({
    {"divided", "as they are"},
    {"truce", "they leave each other alone"},
    {"allied", "they are friends and share roads, towns and attacks"},
    {"one_aim", "and all their effort goes at it"},
});

/// Ground and air actors who are its enemies on the first day, at the medians of their alignments.
std::vector<ActorIndex> enemies_of(const CompiledModel& model, ActorIndex actor);

/// The war in which these stand so to each other. Dated changes among them no longer make a difference. `divided` is
/// the war as it is.
War united(const CompiledModel& model, ActorIndex actor, Unity unity);

/// One outcome of the actor, and how it differs from `divided`, pair by pair: not a number where it is that.
struct UnitedOutcome {
  Mean level;
  double difference = kAbsent, low = kAbsent, high = kAbsent;
};

/// What becomes of an actor. value: share of the map on the last day; life: days until it collapsed, or the whole war.
struct Fate {
  UnitedOutcome survival, life, value, fighters;
};

/// Of one actor under every unity of its enemies.
struct UnitedFates {
  ActorIndex actor;
  std::vector<ActorIndex> enemies;
  std::array<Fate, kUnities.size()> of;  ///< [Unity]
};

/// Of every actor in turn, in pairs with common random numbers. Cost: 1 + 3 times the actors ensembles of options.runs.
/// None if it was stopped. Progress counts all of them.
std::optional<std::vector<UnitedFates>> united_fates(const CompiledModel& model, std::span<const ActorIndex> actors,
                                                     const EnsembleOptions& options);

}  // namespace truel::ensemble
