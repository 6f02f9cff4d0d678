// Deaths by month in the record.
#pragma once

#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truel/base/index.hpp"
#include "truel/model/war.hpp"
#include "truel/record/observations/observations.hpp"

namespace truel::record {

/// What of an event counts: fighters of both sides and the unknown, or everybody by one of its three estimates.
enum class DeathCount { fighters, best, low, high };
/// What units of deaths are named after: "dyad" counts fighters, "dyad-best" everybody.
inline constexpr std::string_view kBestSuffix = "-best";
inline constexpr std::string_view kLowSuffix = "-low";
inline constexpr std::string_view kHighSuffix = "-high";

/// Months of deaths: [unit][month], months as month_of counts them; NaN in those that the record does not cover.
struct DeathSeries {
  int first = 0;  ///< month of column 0
  std::vector<std::string> names;
  std::vector<int> block;  ///< [unit] units that are drawn together
  std::vector<std::vector<double>> deaths;
  std::size_t left_out = 0;  ///< events that belong to no unit or month
  double of_no_month = 0;    ///< share of the deaths of all units that lie in events without a month

  bool covers(int month) const {
    return first <= month && month <= last() && !std::isnan(deaths.front()[at(month - first)]);
  }
  int last() const { return first + static_cast<int>(deaths.empty() ? 0 : deaths.front().size()) - 1; }
};

/// Unordered pairs of sides with men on the ground, merged sides as one, of which one holds a place on the first day of
/// the package, in a country where the record looks: one that has events in it.
class Dyads {
 public:
  Dyads(const War& war, const Observations& observations, const Rules& rules);
  /// The same where the countries are given. sides outlive this.
  Dyads(const War& war, const Sides& sides, const Rules& rules, std::set<std::string> countries);

  std::size_t size() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }
  /// [dyad] the names of its two sides
  const std::vector<std::pair<std::string, std::string>>& sides() const { return side_names_; }
  /// The dyad of two codes; kNone for one side, and where one has nobody on the ground.
  int of_sides(int a, int b) const;
  bool is_one_side(int a, int b) const { return counts_as_[at(a)] == counts_as_[at(b)]; }
  /// Whether the record looks at a country; places without one ("") are everywhere.
  bool looks_at(const std::string& country) const { return countries_.contains(country); }
  /// The dyad of two actors; kNone also for an air arm of a side without men on the ground.
  int of_actors(ActorIndex attacker, ActorIndex target) const {
    return of_sides(sides_.of_actor[at(attacker)], sides_.of_actor[at(target)]);
  }
  /// The dyads that the strikes of an air arm of such a side support: those of the target with the sides that
  /// Rules::supports names, in this order, each once. Empty where of_actors has a dyad.
  std::vector<int> supported(ActorIndex attacker, ActorIndex target) const;

 private:
  const Sides& sides_;
  std::set<std::string> countries_;
  std::vector<int> counts_as_;
  std::vector<int> number_;                 ///< [side][side]
  std::vector<std::vector<int>> supports_;  ///< [actor] codes
  std::vector<std::string> names_;
  std::vector<std::pair<std::string, std::string>> side_names_;
};

/// Deaths by dyad of events between armed sides.
DeathSeries deaths_by_dyad(const Observations& observations, const Dyads& dyads, DeathCount count);

/// The same by place of the map, in the countries of the record: of events known to a place near one. Blocks are
/// provinces. unit: [place], kNone for those elsewhere.
DeathSeries deaths_by_place(const War& war, const Observations& observations, const Dyads& dyads, DeathCount count,
                            std::vector<int>& unit);

/// Counts in `observations` by their reason the events that deaths_by_dyad and deaths_by_place leave out, but for those
/// that reading has counted already.
void count_left_out(const War& war, const Dyads& dyads, Observations& observations);

}  // namespace truel::record
