// links.csv: the roads between places.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numbers>
#include <numeric>

#include "truel/base/geodesic.hpp"
#include "truel/base/index.hpp"
#include "truel/base/math.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/tables/tables.hpp"

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

TableInfo links_table() {
  static constexpr std::array kColumns =
      std::to_array<ColumnInfo>({{"a", kNeeded}, {"b", kNeeded}, {"terrain"}, {"road"}});
  return {.file = "links.csv", .columns = kColumns, .numbers = link_parameters()};
}

void read_links(Context& in) {
  const Table& table = in.table("links.csv");
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.has("a") || !table.has("b")) {
      continue;
    }
    const CsvCell a = table.cell(row, "a");
    const CsvCell b = table.cell(row, "b");
    Link link{.a = reference(in, in.places, table, a, "place", "places.csv"),
              .b = reference(in, in.places, table, b, "place", "places.csv"),
              .terrain = kNone,
              .road = std::string(table.cell(row, "road").text)};
    if (const CsvCell terrain = table.cell(row, "terrain"); !terrain.text.empty()) {
      link.terrain = reference(in, in.terrains, table, terrain, "terrain", "scenario.toml as a table [terrain.ID]");
    }
    const std::string names = fmt::format("{}.{}", a.text, b.text);
    read_numbers(in, table, row, link_parameters(), fmt::format("links.{}.", names));
    if (link.a == kNone || link.b == kNone) {
      continue;
    }
    if (link.a == link.b) {
      in.mistakes.add(table.at(b), "a road from " + in_quotes(a.text) + " to itself", "name two places");
      continue;
    }
    const auto [first, second] = std::minmax(a.text, b.text);
    if (is_unseen(in, seen, fmt::format("{}.{}", first, second),
                  fmt::format("road between `{}` and `{}`", first, second), table.at(a),
                  "a road has no direction; remove one")) {
      in.war.links.push_back(std::move(link));
    }
  }
  sort_by(in.war.links, [](const Link& l) { return std::minmax({l.a, l.b}); });
}

void check_connected(Context& in) {
  const Table& places = in.table("places.csv");
  const Table& links = in.table("links.csv");
  // A road left out because of another mistake would look like a gap in the map.
  if (!links.is_present() || in.mistakes.count(links.label()) > 0 || in.mistakes.count(places.label()) > 0) {
    return;
  }
  const int n = static_cast<int>(in.war.places.size());
  const std::vector<int> component = components(n, in.war.links);
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
  for (const Place& place : in.war.places) {
    where.push_back(on_sphere(place));
  }
  int n_reported = 0;
  for (const auto& [first, count] : size) {
    if (first == main) {
      continue;
    }
    if (++n_reported > kMostComponents) {
      in.mistakes.add({places.label(), 0, 0},
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
    const Place& from = in.war.places[at(first)];
    const Place& to = in.war.places[at(nearest_place)];
    const double km = geodesic_km(from.latitude, from.longitude, to.latitude, to.longitude);
    in.mistakes.add(
        in.places.where[at(first)],
        count == 1 ? fmt::format("no road leads to `{}`", from.id)
                   : fmt::format("no road leads to the part of the map around `{}`, {} places", from.id, count),
        fmt::format("add a road to links.csv; the nearest place of the main map is `{}`, {:.0f} km away", to.id, km));
  }
}

}  // namespace truel::scenario
