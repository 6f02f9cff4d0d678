// Mistakes that show only when the parts of a package are held against each other.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numbers>
#include <numeric>

#include "truel/base/geodesic.hpp"
#include "truel/base/index.hpp"
#include "truel/base/math.hpp"
#include "truel/scenario/reader/reader.hpp"

namespace truel::scenario {
namespace {

constexpr int kMostComponents = 100;

struct Vector {
  double x, y, z;
};

Vector on_sphere(const Place& place) {
  const double latitude = place.latitude * std::numbers::pi / 180;
  const double longitude = place.longitude * std::numbers::pi / 180;
  return {math::cos(latitude) * math::cos(longitude), math::cos(latitude) * math::sin(longitude), math::sin(latitude)};
}

/// The first place of each component, by place.
std::vector<int> components(int n_places, const std::vector<Link>& links) {
  std::vector<int> root(at(n_places));
  std::iota(root.begin(), root.end(), 0);
  const auto find = [&](int p) {
    while (root[at(p)] != p) {
      p = root[at(p)] = root[at(root[at(p)])];
    }
    return p;
  };
  for (const Link& link : links) {
    const int a = find(link.a);
    const int b = find(link.b);
    root[at(std::max(a, b))] = std::min(a, b);
  }
  for (int p = 0; p < n_places; ++p) {
    root[at(p)] = find(p);
  }
  return root;
}

}  // namespace

void Reader::check_connected(const Table& places, const Table& links) {
  // A road left out because of another mistake would look like a gap in the map.
  if (!links.is_present() || mistakes_.count(links.label()) > 0 || mistakes_.count(places.label()) > 0) {
    return;
  }
  const int n = static_cast<int>(war_.places.size());
  const std::vector<int> component = components(n, war_.links);
  std::map<int, int> size;
  for (const int c : component) {
    ++size[c];
  }
  if (size.size() < 2) {
    return;
  }
  const int main = std::max_element(size.begin(), size.end(), [](const auto& x, const auto& y) {
                     return x.second < y.second;
                   })->first;
  std::vector<Vector> where;
  for (const Place& place : war_.places) {
    where.push_back(on_sphere(place));
  }
  int n_reported = 0;
  for (const auto& [first, count] : size) {
    if (first == main) {
      continue;
    }
    if (++n_reported > kMostComponents) {
      mistakes_.add({places.label(), 0, 0},
                    fmt::format("{} more parts of the map are cut off",
                                size.size() - 1 - static_cast<std::size_t>(kMostComponents)),
                    "add roads to links.csv");
      break;
    }
    int nearest_place = kNone;
    double best = -2;
    for (int p = 0; p < n; ++p) {
      const Vector& a = where[at(first)];
      const Vector& b = where[at(p)];
      const double cosine = a.x * b.x + a.y * b.y + a.z * b.z;
      if (component[at(p)] == main && cosine > best) {
        best = cosine;
        nearest_place = p;
      }
    }
    const Place& from = war_.places[at(first)];
    const Place& to = war_.places[at(nearest_place)];
    const double km = geodesic_km(from.latitude, from.longitude, to.latitude, to.longitude);
    mistakes_.add(
        place_where_[at(first)],
        count == 1 ? fmt::format("no road leads to `{}`", from.id)
                   : fmt::format("no road leads to the part of the map around `{}`, {} places", from.id, count),
        fmt::format("add a road to links.csv; the nearest place of the main map is `{}`, {:.0f} km away", to.id, km));
  }
}

void Reader::check_spells() {
  // spells_ is sorted by place and first day; a spell may overlap any earlier one, not only the last.
  for (std::size_t i = 0, longest = 0; i < spells_.size(); ++i) {
    const Spell& spell = spells_[i];
    const Spell& before = spells_[longest];
    const bool is_same_place = i > 0 && before.spell.place == spell.spell.place;
    if (is_same_place && spell.spell.from <= before.spell.to) {
      const bool is_later_line = spell.where.line > before.where.line;
      const Spell& reported = is_later_line ? spell : before;
      const Spell& other = is_later_line ? before : spell;
      mistakes_.add(reported.where,
                    fmt::format("overlapping spells of `{}`: {} to {} is also in line {}",
                                war_.places[at(spell.spell.place)].id, format_date(spell.spell.from),
                                format_date(std::min(spell.spell.to, before.spell.to)), other.where.line),
                    "both ends are inclusive: let one end the day before the other begins");
    }
    if (!is_same_place || spell.spell.to > before.spell.to) {
      longest = i;
    }
  }
}

void Reader::check_dates() {
  if (package_start_ && package_end_ && package_start_->day > package_end_->day) {
    mistakes_.add(package_start_->where,
                  fmt::format("the scenario starts on {}, after its end on {}", format_date(package_start_->day),
                              format_date(package_end_->day)),
                  "swap start and end");
  } else if (package_end_) {
    for (const Dated& row : dated_rows_) {
      if (row.day > package_end_->day) {
        mistakes_.add(row.where, fmt::format("{} is after the end of the scenario", format_date(row.day)),
                      fmt::format("the scenario ends on {}: change the date, or end in scenario.toml",
                                  format_date(package_end_->day)));
      }
    }
  }
  if (!package_start_ || !package_end_) {
    return;
  }
  war_.start = overlay_.from.value_or(package_start_->day);
  war_.package_end = package_end_->day;
  war_.end = overlay_.until.value_or(war_.package_end);
  if (war_.start > war_.end && (overlay_.from || overlay_.until)) {
    mistakes_.add(
        {overlay_.from ? "--from" : "--until"},
        fmt::format("the run starts on {}, after its end on {}", format_date(war_.start), format_date(war_.end)),
        "choose --from and --until so that the first is not later");
  }
  if (!has_all_spells_ || spells_.empty()) {
    return;
  }
  Day first = spells_[0].spell.from;
  Day last = spells_[0].spell.to;
  for (const Spell& s : spells_) {
    first = std::min(first, s.spell.from);
    last = std::max(last, s.spell.to);
  }
  if (war_.start < first || war_.start > last) {
    mistakes_.add(overlay_.from ? Location{"--from"} : package_start_->where,
                  fmt::format("{} is outside the control record", format_date(war_.start)),
                  fmt::format("control.csv covers {} to {}", format_date(first), format_date(last)));
  }
}

void Reader::check_forces_begin() {
  if (war_.forces.empty() || !package_start_ || mistakes_.count(package_.label("forces.csv")) > 0) {
    return;
  }
  Day first = war_.forces[0].date;
  for (const Force& force : war_.forces) {
    first = std::min(first, force.date);
  }
  if (first > war_.start) {
    mistakes_.add(overlay_.from ? Location{"--from"} : package_start_->where,
                  fmt::format("nobody has forces yet on {}", format_date(war_.start)),
                  fmt::format("forces.csv begins on {}", format_date(first)));
  }
}

}  // namespace truel::scenario
