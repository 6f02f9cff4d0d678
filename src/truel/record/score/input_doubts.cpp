#include "truel/record/score/input_doubts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "truel/base/index.hpp"
#include "truel/record/forecast_war.hpp"

namespace truel::record {
namespace {

/// Holders of the observed data that some actor counts as, and those that none does.
struct Holders {
  std::set<int> known, unknown;
};

Holders holders_of(const Scores& input) {
  const ControlRecord& control = input.observations.control;
  const Sides own = sides_of(input.war);
  Holders result;
  for (PlaceIndex p = 0; p < control.n_places(); ++p) {
    for (Day day = input.observations.control_from; day <= input.observations.control_to; ++day) {
      if (const SideIndex side = control.holder(p, day); side >= 0) {
        (side < own.size() ? result.known : result.unknown).insert(side);
      }
    }
  }
  return result;
}

std::string names_of(const Scores& input, const std::set<int>& sides) {
  std::vector<std::string> names;
  for (const int side : sides) {
    names.push_back(fmt::format("`{}`", input.observations.sides.codes[at(side)]));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

constexpr const char* kHowToNameHolders =
    "name the side of each in [holders] of observations.toml, or give its actor this record_code in actors.csv";

}  // namespace

std::map<PlaceIndex, Day> places_apart(const War& war, const Observations& observations, Day from, Day until) {
  std::map<PlaceIndex, Day> places;
  for (const ControlSpell& spell : war.control) {
    if (spell.controller < 0) {
      continue;
    }
    const SideIndex side = observations.sides.of_holder(spell.controller);
    for (Day day = std::max(from, spell.from); day <= std::min(until, spell.to); ++day) {
      const SideIndex observed = observations.control.holder(spell.place, day);
      if (observed >= 0 && observed != side) {
        const auto first = places.emplace(spell.place, day).first;
        first->second = std::min(first->second, day);
        break;
      }
    }
  }
  return places;
}

Result<std::vector<std::string>> input_doubts(const Scores& input, const ScoreOptions& options) {
  std::vector<std::string> doubts;
  if (input.control_windows.empty()) {
    return doubts;
  }
  const Holders holders = holders_of(input);
  if (holders.known.empty() && !holders.unknown.empty()) {
    return Diagnostic{
        {options.observed.string()},
        fmt::format("no actor of the package is a holder of the observed data: {}", names_of(input, holders.unknown)),
        kHowToNameHolders};
  }
  if (!holders.unknown.empty()) {
    doubts.push_back(fmt::format("holders of the observed data that are no actor of the package: {}; {}",
                                 names_of(input, holders.unknown), kHowToNameHolders));
  }
  std::set<Day> origins;
  for (const Window& window : input.control_windows) {
    origins.insert(window.origin);
  }
  constexpr std::size_t kListed = 5;
  for (const Day origin : origins) {
    std::vector<std::string> places;
    for (const auto& apart : places_apart(input.war, input.observations, origin, origin)) {
      places.push_back(input.war.places[at(apart.first)].id);
    }
    if (places.empty()) {
      continue;
    }
    const std::size_t more = places.size() - std::min(places.size(), kListed);
    places.resize(places.size() - more);
    doubts.push_back(fmt::format(
        "on {} control.csv and the observed data give {}{} to different sides: truel begins with control.csv, and no "
        "change with the observed data",
        format_date(origin), fmt::join(places, ", "), more > 0 ? fmt::format(" and {} more places", more) : ""));
    break;  // of many origins the first says what there is to see to
  }
  const Day first = *origins.begin();
  const bool has_later =
      std::any_of(input.war.interventions.begin(), input.war.interventions.end(), [&](const Intervention& change) {
        return upper_bound(input.war.parameters[at(change.when)].distribution) > first;
      });
  if (has_later && !options.told) {
    doubts.emplace_back(
        "forecasts do not know the changes that the package dates after their first day (--told lets them)");
  }
  return doubts;
}

}  // namespace truel::record
