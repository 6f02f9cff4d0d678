// The ground that a package brings for its own map.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "package.hpp"

namespace truel::scenario {
namespace {

std::string feature(std::string_view properties, std::string_view type, std::string_view coordinates) {
  return fmt::format(R"({{"type": "Feature", "properties": {}, "geometry": {{"type": "{}", "coordinates": {}}}}})",
                     properties, type, coordinates);
}

std::string map_of(std::string_view features) {
  return fmt::format("{{\"type\": \"FeatureCollection\", \"features\": [\n{}\n]}}", features);
}

constexpr std::string_view kSquare = "[[[10, 45], [11, 45], [11, 46], [10, 46], [10, 45]]]";
constexpr std::string_view kLine = "[[10, 45], [11, 46]]";

Lines mistakes_of(std::string text) {
  TestPackage p;
  p["map.geojson"] = std::move(text);
  return mistakes(p);
}

TEST(MapGeojson, keeps_kind_name_and_rounded_positions_of_what_is_drawn) {
  TestPackage p;
  EXPECT_EQ(read_good(p).ground, "");
  p["map.geojson"] =
      "\xEF\xBB\xBF{\"type\": \"FeatureCollection\", \"attribution\": \"A. Author\", \"crs\": {}, \"features\": [" +
      feature("null", "Polygon", kSquare) + "," +
      feature(R"({"kind": "water", "name": "A <b>river</b>", "of": 3})", "MultiLineString",
              "[[[10.123456, 45, 200], [11, 46]]]") +
      "]}";
  EXPECT_EQ(
      read_good(p).ground,
      R"({"attribution":"A. Author","features":[{"geometry":{"coordinates":[[[10.0,45.0],[11.0,45.0],[11.0,46.0],)"
      R"([10.0,46.0],[10.0,45.0]]],"type":"Polygon"},"properties":{"kind":"land"},"type":"Feature"},)"
      R"({"geometry":{"coordinates":[[[10.1235,45.0],[11.0,46.0]]],"type":"MultiLineString"},)"
      R"("properties":{"kind":"water","name":"A <b>river</b>"},"type":"Feature"}],"type":"FeatureCollection"})");
  p["map.geojson"] = map_of("");
  EXPECT_EQ(read_good(p).ground, "");
}

TEST(MapGeojson, is_a_collection_of_features) {
  const std::string not_one =
      "map.geojson:1:1: not a GeoJSON feature collection; write {\"type\": \"FeatureCollection\", \"features\": [...]}";
  for (const std::string text : {"[]", "3", "{}", R"({"type": "FeatureCollection"})", R"({"features": []})",
                                 R"({"type": "FeatureCollection", "features": {}})"}) {
    EXPECT_EQ(mistakes_of(text), Lines{not_one}) << text;
  }
  const std::string hint = "write {\"type\": \"Feature\", \"properties\": {...}, \"geometry\": {...}}";
  EXPECT_EQ(mistakes_of(map_of("[],\n  {\"type\": \"Feature\", \"geometry\": null}")),
            (Lines{"map.geojson:2:1: feature 1: not a GeoJSON feature with a geometry; " + hint,
                   "map.geojson:3:3: feature 2: not a GeoJSON feature with a geometry; " + hint}));
  EXPECT_TRUE(mistakes_of("{\"type\": ")[0].starts_with("map.geojson:1:10: not JSON: "));
  EXPECT_EQ(mistakes_of(map_of(std::string(100'000, '['))),
            (Lines{"map.geojson:2:32: values nested too deeply; export the map again as GeoJSON"}));
}

TEST(MapGeojson, is_drawn_from_lines_and_areas_of_a_kind) {
  const auto found = [](std::string_view properties, std::string_view type, std::string_view coordinates) {
    return mistakes_of(map_of(feature(properties, type, coordinates)));
  };
  const std::string at = "map.geojson:2:1: feature 1: ";
  EXPECT_EQ(found("{}", "Point", "[1, 2]"),
            Lines{at + "a geometry of the type `Point`; a map is drawn from LineString, MultiLineString, Polygon and "
                       "MultiPolygon; places belong in places.csv"});
  EXPECT_EQ(found("{}", "LineString", kLine),
            Lines{at + "a line without a kind; add \"kind\": \"water\" or \"kind\": \"border\" to its properties"});
  EXPECT_EQ(found(R"({"kind": "watr"})", "LineString", kLine),
            Lines{at + "a line of the kind `watr`; did you mean `water`?"});
  EXPECT_EQ(found(R"({"kind": "land"})", "LineString", kLine),
            Lines{at + "a line of the kind `land`; a line is water or border"});
  EXPECT_EQ(found(R"({"kind": 3})", "Polygon", kSquare),
            Lines{at + "an area of the kind `3`; an area is land or water"});
  EXPECT_EQ(found("[]", "Polygon", kSquare),
            Lines{at + "properties that are not an object; write \"properties\": {\"kind\": \"water\"}"});
  EXPECT_EQ(found("{\"name\": \"" + std::string(101, 'x') + "\"}", "Polygon", kSquare),
            Lines{at + "a name that is not a short text; a name has at most 100 bytes"});
}

TEST(MapGeojson, positions_are_degrees_and_rings_are_closed) {
  const auto found = [](std::string_view type, std::string_view coordinates) {
    const Lines lines = mistakes_of(map_of(feature(R"({"kind": "water"})", type, coordinates)));
    return lines.size() == 1 ? lines[0].substr(lines[0].find("feature 1: ") + 11) : fmt::format("{}", lines.size());
  };
  const std::string position =
      " is no position; a position is [longitude, latitude] in degrees, east and north "
      "positive (WGS 84)";
  EXPECT_EQ(found("LineString", "[[1, 2], [3, 95]]"), "`[3,95]`" + position);
  EXPECT_EQ(found("LineString", "[[500000.5, 4649776], [1, 2]]"), "`[500000.5,4649776]`" + position);
  EXPECT_EQ(found("LineString", "[[1, 2], [3]]"), "`[3]`" + position);
  EXPECT_EQ(found("LineString", R"([["1", 2], [3, 4]])"), "`[\"1\",2]`" + position);
  EXPECT_EQ(found("LineString", "[[1, 2]]"), "a line of one position; a line has at least 2");
  EXPECT_EQ(found("Polygon", "[[[1, 2], [3, 4], [1, 2]]]"),
            "a ring of 3 positions; a ring has at least 4 positions, the last the same as the first");
  EXPECT_EQ(found("MultiPolygon", "[[[[1, 2], [3, 4], [5, 6], [7, 8]]]]"),
            "a ring that is not closed; a ring has at least 4 positions, the last the same as the first");
  const std::string shape =
      "coordinates that do not fit the type of the geometry; a line is a list of positions, a "
      "polygon a list of rings, several are a list of these";
  EXPECT_EQ(found("Polygon", "3"), shape);
  EXPECT_EQ(found("MultiPolygon", "[]"), shape);
  EXPECT_EQ(found("MultiLineString", kLine), "`10`" + position);
}

TEST(MapGeojson, has_a_size_that_a_page_can_draw) {
  std::string line = "[0, 0]";
  for (int i = 1; i < 20001; ++i) {
    line += ",[0, 1]";
  }
  EXPECT_EQ(mistakes_of(map_of(feature(R"({"kind": "border"})", "LineString", "[" + line + "]"))),
            Lines{"map.geojson:1:1: 20001 positions; a map has at most 20000: cut it at the war's edge, or simplify "
                  "its lines"});
  std::string many = "3";
  for (int i = 1; i < 2001; ++i) {
    many += ",3";
  }
  EXPECT_EQ(mistakes_of(map_of(many)), Lines{"map.geojson:1:1: 2001 features; keep at most 2000"});
  EXPECT_EQ(mistakes_of(map_of(std::string(1U << 20U, ' '))),
            Lines{"map.geojson: a file of 1048623 bytes; keep it below 1 MiB"});
  EXPECT_EQ(mistakes_of(R"({"type": "FeatureCollection", "attribution": 3, "features": []})"),
            Lines{"map.geojson:1:1: an attribution that is not a short text; name whom the map is from in at most 300 "
                  "bytes"});
}

}  // namespace
}  // namespace truel::scenario
