// Forecasts of control that need no theory of the war: they know the record before the origin alone.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "truel/model/war.hpp"
#include "truel/record/control/control.hpp"
#include "truel/record/observations/events.hpp"

namespace truel::record {

/// Probabilities of who holds each place at the end of each month after an origin.
struct ControlForecast {
  int n_sides = 0;
  double members = 0;                  ///< simulations behind the shares; 0: exact probabilities
  std::vector<std::vector<double>> p;  ///< [month][place * n_sides + side]; month 0 is the origin
  /// [month][place] that somebody else holds it a month later; month 0 begins at the origin
  std::vector<std::vector<double>> change;

  std::span<const double> at_month(std::size_t month, PlaceIndex place) const {
    return std::span(p[month]).subspan(at(place * n_sides), at(n_sides));
  }
};

/// What a baseline may look at: the record up to the morning of the origin, the map, and deaths before it.
struct Past {
  const War* war = nullptr;
  const ControlRecord* control = nullptr;
  int n_sides = 0;
  Day origin = 0;
  std::span<const Event> events;
  std::map<Day, std::vector<double>>* deaths_before = nullptr;  ///< [place] those found already, or none are kept
  Day events_from = 0;
  int months = 12;  ///< how far to look ahead
  std::uint64_t seed = 1;
  int simulations = 1000;
};

/// B0: whoever holds a place goes on holding it.
ControlForecast persistence(const Past& past);

/// The same, in a share of the places that changed hands in spans of one month before the origin somebody else holds
/// it, anybody alike: for scores that punish certainty without limit.
ControlForecast smoothed_persistence(const Past& past);

/// B1: one monthly rate for every ordered pair of sides, counted before the origin; each side's counts are smoothed by
/// one change a hundred months of holding, spread over all others (the mean of a Dirichlet posterior).
ControlForecast pair_rates(const Past& past);

/// B2: the hazard that a place changes hands in a month is logistic in the share of neighbours that others hold,
/// whether any does, whether it is contested, its own change in the last three months, those beside it, and the
/// holder; the successor in proportion to (0.05 + share of neighbours) (changes of that pair before + 0.2). Fitted with
/// a ridge of 1 to the months before the origin, simulated month by month.
ControlForecast spatial_hazard(const Past& past);

/// B3: the same, with the deaths within 25 km and 90 days before as log(1 + deaths). has_deaths: false where the
/// events do not reach 90 days and one month back from the origin.
ControlForecast spatial_hazard_with_deaths(const Past& past);
bool has_deaths(const Past& past);

/// B4: a contact process. A place of side a falls to b at a rate of its pair times the share of neighbours that b
/// holds, counted before the origin and drawn to the mean rate of all pairs with the weight of half a change.
ControlForecast contact(const Past& past);

/// Names of those that others are held against, or that code asks for.
inline constexpr std::string_view kPersistence = "persistence", kSpatialHazard = "spatial-hazard",
                                  kSpatialHazardDeaths = "spatial-hazard-deaths";

struct ControlBaseline {
  std::string_view name;
  ControlForecast (*forecast)(const Past& past);
  int shown;                                     ///< where it stands among models in a table for readers
  bool (*has_data)(const Past& past) = nullptr;  ///< null: always
  /// What it says where certainty is punished without limit; null: the same.
  ControlForecast (*smoothed)(const Past& past) = nullptr;
  bool is_blended = false;  ///< forecasts of the model are blended with it
};

/// In the order in which they are scored.
inline constexpr std::array kControlBaselines = std::to_array<ControlBaseline>({
    {kPersistence, persistence, 1, nullptr, smoothed_persistence},
    {"pair-rates", pair_rates, 2},
    {"contact", contact, 5},
    {kSpatialHazard, spatial_hazard, 3, nullptr, nullptr, true},
    {kSpatialHazardDeaths, spatial_hazard_with_deaths, 4, has_deaths},
});

}  // namespace truel::record
