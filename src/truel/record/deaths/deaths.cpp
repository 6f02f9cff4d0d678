#include "truel/record/deaths/deaths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "truel/base/index.hpp"
#include "truel/base/month.hpp"
#include "truel/record/map.hpp"

namespace truel::record {
namespace {

DeathSeries empty_series(const Observations& o, std::vector<std::string> names) {
  DeathSeries series;
  series.first = month_of(o.events_from);
  series.names = std::move(names);
  std::vector<double> months;
  for (int month = series.first; month <= month_of(o.events_to); ++month) {
    months.push_back(o.covered_months.contains(month) ? 0 : std::numeric_limits<double>::quiet_NaN());
  }
  series.deaths.assign(series.names.size(), months);
  return series;
}

double deaths_in(const Event& e, DeathCount count) {
  return count == DeathCount::best   ? e.best
         : count == DeathCount::low  ? e.low
         : count == DeathCount::high ? e.high
                                     : e.deaths_a + e.deaths_b + e.unknown;
}

/// The dyad or the place of an event, or why it has none; "" where reading has counted why.
struct UnitOrReason {
  int unit = kNone;
  std::string_view reason{};
};

UnitOrReason dyad_of(const Dyads& dyads, const Event& e) {
  if (e.violence == kOneSided) {
    return {kNone, "one-sided violence"};
  }
  if (e.side_a == kNone || e.side_b == kNone) {
    return {kNone, "not between two sides of the war"};
  }
  if (dyads.is_one_side(e.side_a, e.side_b)) {
    return {kNone, "between sides that count as one"};
  }
  const int dyad = dyads.of_sides(e.side_a, e.side_b);
  return {dyad, dyad == kNone ? "a side has nobody on the ground, or neither holds a place where the data look" : ""};
}

UnitOrReason place_of(const War& war, const Dyads& dyads, const Event& e) {
  if (e.place == kNone || e.where_precision >= kVaguePlace) {
    return {};
  }
  if (e.violence == kOneSided) {
    return {kNone, "one-sided violence"};
  }
  if (!dyads.looks_at(war.places[at(e.place)].country)) {
    return {kNone, "the nearest place lies in a country without events"};
  }
  return {e.place, ""};
}

template <class Unit>
void add_events(const Observations& o, DeathSeries& series, DeathCount count, Unit&& unit_of) {
  double in_all = 0;
  double undated = 0;
  for (const Event& event : o.events) {
    const int unit = unit_of(event);
    in_all += unit == kNone ? 0 : deaths_in(event, count);
    undated += unit != kNone && event.date_precision >= kVagueDate ? deaths_in(event, count) : 0;
    if (unit == kNone || event.date_precision >= kVagueDate || !series.covers(month_of(event.date))) {
      ++series.left_out;
      continue;
    }
    const std::size_t month = at(month_of(event.date) - series.first);
    series.deaths[at(unit)][month] += deaths_in(event, count);
  }
  series.of_no_month = in_all > 0 ? undated / in_all : 0;
}

/// Countries that have events; a place without a country is everywhere.
std::set<std::string> countries_of(const Observations& o) {
  std::set<std::string> countries{""};
  for (const Event& event : o.events) {
    countries.insert(event.country);
  }
  return countries;
}

/// Sides that hold a place in one of the countries on the first day.
std::vector<bool> sides_inside(const War& war, const Sides& sides, const std::vector<int>& counts_as,
                               const std::set<std::string>& countries) {
  std::vector<bool> is_inside(counts_as.size(), false);
  for (const ControlSpell& spell : war.control) {
    if (spell.controller >= 0 && spell.from <= war.start && war.start <= spell.to &&
        countries.contains(war.places[at(spell.place)].country)) {
      is_inside[at(counts_as[at(sides.of_actor[at(spell.controller)])])] = true;
    }
  }
  return is_inside;
}

}  // namespace

Dyads::Dyads(const War& war, const Observations& observations, const Rules& rules)
    : Dyads(war, observations.sides, rules, countries_of(observations)) {}

Dyads::Dyads(const War& war, const Sides& sides, const Rules& rules, std::set<std::string> countries)
    : sides_(sides), countries_(std::move(countries)), counts_as_(merge(sides, rules)) {
  const std::size_t n = counts_as_.size();
  number_.assign(n * n, kNone);
  std::vector<bool> is_on_the_ground(n, false);
  for (std::size_t a = 0; a < war.actors.size(); ++a) {
    if (war.actors[a].kind == ActorKind::ground) {
      is_on_the_ground[at(counts_as_[at(sides_.of_actor[a])])] = true;
    }
  }
  supports_.resize(war.actors.size());
  for (std::size_t a = 0; a < war.actors.size(); ++a) {
    const auto rule = rules.supports.find(record_code(war.actors[a]));
    if (sides_.of_actor[a] != kNone || rule == rules.supports.end()) {
      continue;
    }
    for (const std::string& code : rule->second) {
      if (const int side = sides_.find(code); side != kNone) {
        supports_[a].push_back(side);
      }
    }
  }
  const std::vector<bool> is_inside = sides_inside(war, sides_, counts_as_, countries_);
  const auto name = [&](std::size_t code) {
    for (const MergedSides& merged : rules.merged) {
      if (std::find(merged.codes.begin(), merged.codes.end(), sides_.codes[code]) != merged.codes.end()) {
        return merged.name;
      }
    }
    return sides_.codes[code];
  };
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) {
      if (is_on_the_ground[a] && is_on_the_ground[b] && (is_inside[a] || is_inside[b])) {
        number_[a * n + b] = number_[b * n + a] = static_cast<int>(names_.size());
        names_.push_back(name(a) + " - " + name(b));
        side_names_.emplace_back(name(a), name(b));
      }
    }
  }
}

int Dyads::of_sides(int a, int b) const {
  return a == kNone || b == kNone ? kNone : number_[at(counts_as_[at(a)]) * counts_as_.size() + at(counts_as_[at(b)])];
}

std::vector<int> Dyads::supported(ActorIndex attacker, ActorIndex target) const {
  std::vector<int> dyads;
  for (const int code : supports_[at(attacker)]) {
    const int dyad = of_sides(code, sides_.of_actor[at(target)]);
    if (dyad != kNone && std::find(dyads.begin(), dyads.end(), dyad) == dyads.end()) {
      dyads.push_back(dyad);
    }
  }
  return dyads;
}

DeathSeries deaths_by_dyad(const Observations& observations, const Dyads& dyads, DeathCount count) {
  DeathSeries series = empty_series(observations, dyads.names());
  for (std::size_t d = 0; d < dyads.size(); ++d) {
    series.block.push_back(static_cast<int>(d));
  }
  add_events(observations, series, count, [&](const Event& e) { return dyad_of(dyads, e).unit; });
  return series;
}

DeathSeries deaths_by_place(const War& war, const Observations& observations, const Dyads& dyads, DeathCount count,
                            std::vector<int>& unit) {
  std::vector<std::string> names;
  Provinces provinces;
  std::vector<int> block;
  unit.assign(war.places.size(), kNone);
  for (std::size_t p = 0; p < war.places.size(); ++p) {
    const Place& place = war.places[p];
    if (dyads.looks_at(place.country)) {
      unit[p] = static_cast<int>(names.size());
      names.push_back(place.id);
      block.push_back(provinces.of(place));
    }
  }
  DeathSeries series = empty_series(observations, std::move(names));
  series.block = std::move(block);
  add_events(observations, series, count, [&](const Event& e) {
    const int place = place_of(war, dyads, e).unit;
    return place == kNone ? kNone : unit[at(place)];
  });
  return series;
}

void count_left_out(const War& war, const Dyads& dyads, Observations& observations) {
  for (const Event& event : observations.events) {
    if (event.date_precision >= kVagueDate) {
      continue;
    }
    if (!observations.covered_months.contains(month_of(event.date))) {
      observations.count("left out by month: no file of events goes on to the end of the month");
      continue;
    }
    for (const auto& [target, found] :
         {std::pair("dyad", dyad_of(dyads, event)), std::pair("place", place_of(war, dyads, event))}) {
      if (!found.reason.empty()) {
        observations.count(fmt::format("left out by {}: {}", target, found.reason));
      }
    }
  }
}

}  // namespace truel::record
