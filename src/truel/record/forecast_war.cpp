#include "truel/record/forecast_war.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "truel/base/geodesic.hpp"
#include "truel/base/index.hpp"
#include "truel/base/month.hpp"
#include "truel/record/observations/read_events.hpp"
#include "truel/scenario/read.hpp"

namespace truel::record {

std::pair<Day, Day> days_of_control(const War& war) {
  std::pair<Day, Day> days{war.start, war.start};
  for (const ControlSpell& spell : war.control) {
    days.first = std::min(days.first, spell.from);
    days.second = std::max(days.second, spell.to);
  }
  return days;
}

std::pair<Day, Day> first_days_possible(const War& war, const Observations& observations) {
  auto [first, last] = days_of_control(war);
  const auto armed = std::min_element(war.forces.begin(), war.forces.end(),
                                      [](const Force& a, const Force& b) { return a.date < b.date; });
  if (armed != war.forces.end()) {
    first = std::max(first, armed->date);
  }
  return {first, std::max(last, observations.control_to)};
}

Day first_quarterly_origin(const War& war, const Observations& observations, std::optional<Day> asked) {
  return std::max(asked.value_or(add_months(days_of_control(war).first, kLearningMonths)),
                  first_days_possible(war, observations).first);
}

namespace {

/// The actor of a side who holds a place of which only the side is known.
ActorIndex holder_of(const War& war, const Sides& sides, PlaceIndex place, SideIndex side) {
  const auto is_of_side = [&](ActorIndex a) {
    return a >= 0 && war.actors[at(a)].kind == ActorKind::ground && sides.of_actor[at(a)] == side;
  };
  ActorIndex holder = kNone;
  Day latest = 0;
  double nearest = std::numeric_limits<double>::infinity();
  const Day last = days_of_control(war).second;
  const Place& here = war.places[at(place)];
  for (const ControlSpell& spell : war.control) {
    if (!is_of_side(spell.controller)) {
      continue;
    }
    const Place& there = war.places[at(spell.place)];
    const bool is_here = spell.place == place;
    const double km = is_here ? -1 : great_circle_km(here.latitude, here.longitude, there.latitude, there.longitude);
    if (is_here || spell.to == last) {
      if (km < nearest || (is_here && spell.to > latest)) {
        holder = spell.controller;
        nearest = km;
        latest = is_here ? spell.to : latest;
      }
    }
  }
  for (ActorIndex a = 0; holder == kNone && a < static_cast<ActorIndex>(war.actors.size()); ++a) {
    holder = is_of_side(a) ? a : kNone;
  }
  return holder;
}

}  // namespace

std::vector<ControlSpell> control_on(const War& war, const Observations& observations, Day day) {
  const Day last = days_of_control(war).second;
  const Day seen = std::min(day, observations.control.last());
  std::vector<ControlSpell> spells;
  for (PlaceIndex p = 0; day > last && p < static_cast<PlaceIndex>(war.places.size()); ++p) {
    const SideIndex side = observations.control.holder(p, seen);
    ControlSpell spell{p, day, day, kNone};
    if (side == kUnknown) {
      for (const ControlSpell& own : war.control) {
        if (own.place == p && own.from <= last && last <= own.to) {
          spell.controller = own.controller;
        }
      }
    } else {
      spell.controller = side == kContested ? ActorIndex{kContested} : holder_of(war, observations.sides, p, side);
    }
    spells.push_back(spell);
  }
  return spells;
}

std::vector<ControlSpell> control_until(const War& war, const Observations& observations, Day day) {
  std::set<Day> days{day};
  for (const Force& force : war.forces) {
    if (force.date < day) {
      days.insert(force.date);
    }
  }
  std::vector<ControlSpell> spells;
  for (const Day known : days) {
    const std::vector<ControlSpell> then = control_on(war, observations, known);
    spells.insert(spells.end(), then.begin(), then.end());
  }
  return spells;
}

Diagnostics wrong_days(const War& war, const Observations& observations, Day origin, Day until) {
  Diagnostics faults;
  if (const auto [first, last] = first_days_possible(war, observations); origin < first || origin > last + 1) {
    faults.push_back({{"--from"},
                      fmt::format("nothing says who holds what on {}", format_date(origin)),
                      fmt::format("give a day from {} to {}, or with --observed a record that goes on to it",
                                  format_date(first), format_date(last + 1))});
  }
  if (until <= origin) {
    faults.push_back(
        {{"--until"}, fmt::format("{} is not after {}", format_date(until), format_date(origin)), "give a later day"});
  }
  return faults;
}

std::string text_of(const std::vector<ControlSpell>& later) {
  std::string text;
  for (const ControlSpell& spell : later) {
    text += fmt::format(" {}:{}", spell.place, spell.controller);
  }
  return text;
}

Result<War> forecast_war(const scenario::PackageFiles& package, const std::string& account,
                         const std::vector<std::string>& settings, Day start, Day until, std::optional<Day> known,
                         const std::vector<ControlSpell>& later) {
  scenario::Overlay overlay;
  overlay.accounts = scenario::accounts_in(account);
  overlay.settings = settings;
  overlay.until = until;
  if (later.empty()) {
    overlay.from = start;
  }
  auto war = scenario::read_package(package, overlay);
  if (war && !later.empty()) {
    war->start = start;
    war->control.insert(war->control.end(), later.begin(), later.end());
  }
  if (war && known) {
    const auto is_unknown = [&](const Intervention& i) {
      return upper_bound(war->parameters[at(i.when)].distribution) > *known;
    };
    // What a later row ends had lasted until then, for one who does not know that row.
    for (Intervention& i : war->interventions) {
      const bool ends_later =
          std::any_of(war->interventions.begin(), war->interventions.end(),
                      [&](const Intervention& row) { return row.id == i.ended_by && is_unknown(row); });
      i.lasted = ends_later ? *known : i.lasted;
    }
    std::erase_if(war->interventions, is_unknown);
    // Rows stay where their numbers are counted. Help that begins later never comes; an end that comes later is not
    // known.
    for (Sponsor& sponsor : war->sponsors) {
      if (sponsor.from > *known) {
        sponsor.to = sponsor.from - 1;
      } else if (sponsor.to > *known) {
        sponsor.to = std::numeric_limits<Day>::max();
      }
    }
  }
  return war;
}

Result<War> forecast_war(const std::filesystem::path& package, const std::string& account,
                         const std::vector<std::string>& settings, Day start, Day until, std::optional<Day> known,
                         const std::vector<ControlSpell>& later) {
  Mistakes mistakes;
  const scenario::PackageFiles files = scenario::load_package(package, mistakes);
  return mistakes.empty() ? forecast_war(files, account, settings, start, until, known, later)
                          : Result<War>(mistakes.take());
}

}  // namespace truel::record
