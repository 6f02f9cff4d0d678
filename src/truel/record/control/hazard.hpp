// Parts of the baselines of control: counts of changes, neighbours, a logistic hazard of changing hands in a month.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "truel/base/random.hpp"
#include "truel/record/control/baselines.hpp"

namespace truel::record {

inline constexpr int kDeathsDays = 90;
inline constexpr double kDeathsKm = 25;

/// Who holds each place that day, of a contested one the last before it; kUnknown where the record does not say.
std::vector<int> settled_holders(const ControlRecord& control, Day day);

/// Calls body(holders a month before, holders after, day before) for the months before the origin, counted back from
/// it, oldest first.
void for_each_month(const Past& past,
                    const std::function<void(const std::vector<int>&, const std::vector<int>&, Day)>& body);

struct PairCounts {
  std::vector<double> changes;  ///< [from][to] places that changed hands from a month to the next
  std::vector<double> months;   ///< [side] months of holding a place
};
PairCounts count_pairs(const Past& past);

/// Roads of the map.
class Map {
 public:
  explicit Map(const War& war);

  std::span<const PlaceIndex> neighbours(PlaceIndex p) const { return neighbours_[at(p)]; }
  /// Of the neighbours of p the share that each side holds: [side].
  std::vector<double> shares(const std::vector<int>& holders, PlaceIndex p, int n_sides) const;

 private:
  std::vector<std::vector<PlaceIndex>> neighbours_;
};

/// A war as the hazard sees it.
struct SimulatedWar {
  std::vector<int> holders;             ///< [place]
  std::vector<int> months_since;        ///< [place] since it changed hands last; many if never
  std::vector<std::uint8_t> contested;  ///< [place]
  std::vector<double> deaths;           ///< [place] log(1 + deaths near it before), empty without deaths
};
SimulatedWar begin_simulation(const Past& past, const std::vector<int>& holders);

/// Draws an index in proportion to weights that add up to `total`.
int choose(std::span<const double> weights, double total, RandomStream& random);

class Hazard {
 public:
  /// Lets a month pass.
  void step(const Map& map, SimulatedWar& war, RandomStream& random) const;

 private:
  friend Hazard fit_hazard(const Past& past, const Map& map, bool with_deaths);
  std::size_t features(const Map& map, const SimulatedWar& war, PlaceIndex p, std::vector<double>& x) const;

  int n_sides_ = 0;
  bool with_deaths_ = false;
  std::vector<double> coefficients_, pair_changes_;
};

/// Fits by Newton's method, with a ridge of 1 on all but the constant.
Hazard fit_hazard(const Past& past, const Map& map, bool with_deaths);

}  // namespace truel::record
