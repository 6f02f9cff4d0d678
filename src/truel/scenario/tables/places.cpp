// places.csv: where.

#include <array>

#include "truel/base/index.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/tables/tables.hpp"

namespace truel::scenario {
TableInfo places_table() {
  static constexpr std::array kColumns = std::to_array<ColumnInfo>({{"place_id", kNeeded},
                                                                    {"name"},
                                                                    {"country"},
                                                                    {"admin1"},
                                                                    {"latitude", kNeeded},
                                                                    {"longitude", kNeeded},
                                                                    {"city"},
                                                                    {"kind"},
                                                                    {"terrain"},
                                                                    {"entry"},
                                                                    {"geonames_id"},
                                                                    {"note"}});
  return {.file = "places.csv", .need = Need::with_a_map, .columns = kColumns, .numbers = place_parameters()};
}

void read_places(Context& in) {
  const Table& table = in.table("places.csv");
  std::vector<std::pair<int, std::string>> city_of;
  read_named(table, in.places, in.war.places, [&](const CsvRow& row, Place& place, int index) {
    place.country = table.cell(row, "country").text;
    place.admin1 = table.cell(row, "admin1").text;
    place.kind = table.cell(row, "kind").text;
    place.geonames_id = table.cell(row, "geonames_id").text;
    place.note = table.cell(row, "note").text;
    if (table.has("latitude")) {
      place.latitude = plain_number(in, table, table.cell(row, "latitude"), "latitude", -90, 90).value_or(0);
    }
    if (table.has("longitude")) {
      place.longitude = plain_number(in, table, table.cell(row, "longitude"), "longitude", -180, 180).value_or(0);
    }
    if (const CsvCell city = table.cell(row, "city"); !city.text.empty()) {
      is_good_id(in, city.text, false, table.at(city), "city");
      city_of.emplace_back(index, city.text);
    }
    if (const CsvCell terrain = table.cell(row, "terrain"); !terrain.text.empty()) {
      place.terrain = reference(in, in.terrains, table, terrain, "terrain", "scenario.toml as a table [terrain.ID]");
    }
    place.is_entry = is_yes(in, table, table.cell(row, "entry"), "entry");
    read_numbers(in, table, row, place_parameters(), "places." + place.id + ".");
  });
  Ids cities;
  std::vector<std::string> names;
  names.reserve(city_of.size());
  for (const auto& [place, city] : city_of) {
    names.push_back(city);
  }
  cities.set(std::move(names));
  for (const auto& [place, city] : city_of) {
    in.war.places[at(place)].city = cities.find(city);
  }
}

}  // namespace truel::scenario
