// Who wins from every division of a given force among three sides.
#pragma once

#include <array>
#include <atomic>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/solver/run.hpp"

namespace truel::ensemble {

/// How a war that began from one division of the force ends.
enum class RegionEnd { first_wins, second_wins, third_wins, stalemate, nobody, failed };
inline constexpr int kRegionEnds = 6;
std::string_view to_string(RegionEnd end);  ///< "" for a winner: it has a name of its own

struct RegionPoint {
  std::array<int, 3> parts;  ///< of the map's `divisions`: how many each side begins with
  RegionEnd end;
  double left;          ///< fighters of the winner on the last day; of all in a stalemate
  double decided_days;  ///< since the first day, until all but the winner were gone; NaN without a winner
};

struct RegionMap {
  int divisions = 0;
  double total = 0;                 ///< first-day fighters of the three together
  std::array<ActorIndex, 3> sides;  ///< ascending
  std::vector<RegionPoint> points;  ///< by the first side's part, then the second's; (N + 1)(N + 2) / 2 of them

  /// Points that end so, over all points.
  double share(RegionEnd end) const;
};

struct RegionOptions {
  int divisions = 200;  ///< N: the force is divided into i + j + k = N parts in every way
  int threads = 0;      ///< 0: all cores. Changes no result
  double tolerance = solver::SolveOptions{}.tolerance;
  const std::atomic<bool>* stop = nullptr;  ///< set by others: no further division is solved
};

/// Solves the mean-field war from every division of the first-day force of the three ground actors, all uncertain
/// numbers at their medians; each actor's rows of forces.csv keep their proportions. A side wins if it is the only
/// ground actor with fighters on the last day; more than one with fighters: stalemate.
/// Where `stop` is set the rest of the divisions are RegionEnd::failed.
/// Errors: not exactly three ground actors, or one of them without a fighter on the first day.
/// Cost: (N + 1)(N + 2) / 2 mean-field wars.
Result<RegionMap> map_regions(const CompiledModel& model, const RegionOptions& options);

}  // namespace truel::ensemble
