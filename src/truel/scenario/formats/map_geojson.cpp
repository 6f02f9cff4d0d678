#include "truel/scenario/formats/map_geojson.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>

#include "truel/base/formats/json_text.hpp"

namespace truel::scenario {
namespace {

using nlohmann::json;

/// What a page draws at once, and what it weighs: about 16 bytes a position.
constexpr std::size_t kMostFeatures = 2000, kMostPositions = 20000;
constexpr std::size_t kLongestName = 100, kLongestAttribution = 300;  ///< bytes
constexpr double kSteps = 1e4;                                        ///< a degree: of about ten metres
constexpr std::size_t kLeastOfLine = 2, kLeastOfRing = 4;

const std::array kKinds = std::to_array<std::string>({"land", "water", "border"});

bool has(const json& object, const char* key, std::string_view text) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() && found->get_ref<const std::string&>() == text;
}

/// Reads one feature after the other. What is wrong is said once a feature: the rest of it is then not looked at.
class MapReader {
 public:
  MapReader(const JsonText& text, Mistakes& mistakes) : text_(text), mistakes_(mistakes) {}

  std::string read() {
    const json& map = text_.value;
    const Location start{text_.label, 1, 1};
    const json* features = map.is_object() && map.contains("features") ? &map["features"] : nullptr;
    if (features == nullptr || !features->is_array() || !has(map, "type", "FeatureCollection")) {
      mistakes_.add(start, "not a GeoJSON feature collection",
                    "write {\"type\": \"FeatureCollection\", \"features\": [...]}");
      return "";
    }
    json out = {{"type", "FeatureCollection"}};
    if (map.contains("attribution")) {
      if (!is_text(map["attribution"], kLongestAttribution)) {
        mistakes_.add(start, "an attribution that is not a short text",
                      fmt::format("name whom the map is from in at most {} bytes", kLongestAttribution));
      } else {
        out["attribution"] = map["attribution"];
      }
    }
    if (features->size() > kMostFeatures) {
      mistakes_.add(start, fmt::format("{} features", features->size()), fmt::format("keep at most {}", kMostFeatures));
      return "";
    }
    json drawn = json::array();
    for (at_ = 0; at_ < features->size(); ++at_) {
      if (auto feature = read_feature((*features)[at_])) {
        drawn.push_back(std::move(*feature));
      }
    }
    if (n_positions_ > kMostPositions) {
      mistakes_.add(
          start, fmt::format("{} positions", n_positions_),
          fmt::format("a map has at most {}: cut it at the war's edge, or simplify its lines", kMostPositions));
    }
    if (drawn.empty() || mistakes_.count(text_.label) > 0) {
      return "";
    }
    out["features"] = std::move(drawn);
    return out.dump();
  }

 private:
  static bool is_text(const json& value, std::size_t longest) {
    return value.is_string() && value.get_ref<const std::string&>().size() <= longest;
  }

  void add(const std::string& what, const std::string& hint) {
    mistakes_.add(text_.where(at_), fmt::format("feature {}: {}", at_ + 1, what), hint);
  }

  std::optional<json> read_feature(const json& feature) {
    const bool is_feature = feature.is_object() && has(feature, "type", "Feature") && feature.contains("geometry");
    if (!is_feature || !feature["geometry"].is_object()) {
      add("not a GeoJSON feature with a geometry",
          "write {\"type\": \"Feature\", \"properties\": {...}, \"geometry\": {...}}");
      return std::nullopt;
    }
    const json& geometry = feature["geometry"];
    const bool is_polygon = has(geometry, "type", "Polygon"), are_polygons = has(geometry, "type", "MultiPolygon");
    const bool is_line = has(geometry, "type", "LineString"), are_lines = has(geometry, "type", "MultiLineString");
    if (!is_polygon && !are_polygons && !is_line && !are_lines) {
      const json type = geometry.value("type", json());
      add(fmt::format("a geometry of the type {}", in_quotes(type.is_string() ? type.get<std::string>() : type.dump())),
          "a map is drawn from LineString, MultiLineString, Polygon and MultiPolygon; places belong in places.csv");
      return std::nullopt;
    }
    auto properties = read_properties(feature, is_polygon || are_polygons);
    if (!properties) {
      return std::nullopt;
    }
    const json coordinates = geometry.value("coordinates", json());
    // Positions lie one level below a line, two below a polygon, and one more where there are several.
    auto rounded = read_positions(coordinates,
                                  is_line                   ? 1
                                  : are_lines || is_polygon ? 2
                                                            : 3,
                                  is_polygon || are_polygons);
    if (!rounded) {
      return std::nullopt;
    }
    return json{{"type", "Feature"},
                {"properties", std::move(*properties)},
                {"geometry", {{"type", geometry["type"]}, {"coordinates", std::move(*rounded)}}}};
  }

  /// Kind and name; others are the author's own.
  std::optional<json> read_properties(const json& feature, bool is_area) {
    const json none = json::object();
    const auto found = feature.find("properties");
    const json& given = found == feature.end() || found->is_null() ? none : *found;
    if (!given.is_object()) {
      add("properties that are not an object", "write \"properties\": {\"kind\": \"water\"}");
      return std::nullopt;
    }
    json kept = json::object();
    if (!given.contains("kind")) {
      if (!is_area) {
        add("a line without a kind", "add \"kind\": \"water\" or \"kind\": \"border\" to its properties");
        return std::nullopt;
      }
      kept["kind"] = "land";
    } else {
      const json& kind = given["kind"];
      const std::string text = kind.is_string() ? kind.get<std::string>() : kind.dump();
      if (text != "water" && text != (is_area ? "land" : "border")) {
        const std::string known = is_area ? "an area is land or water" : "a line is water or border";
        add(fmt::format("{} of the kind {}", is_area ? "an area" : "a line", in_quotes(text)),
            std::find(kKinds.begin(), kKinds.end(), text) != kKinds.end()
                ? known
                : mistakes_.did_you_mean(text, kKinds, known));
        return std::nullopt;
      }
      kept["kind"] = text;
    }
    if (given.contains("name") && !given["name"].is_null()) {
      if (!is_text(given["name"], kLongestName)) {
        add("a name that is not a short text", fmt::format("a name has at most {} bytes", kLongestName));
        return std::nullopt;
      }
      kept["name"] = given["name"];
    }
    return kept;
  }

  /// The coordinates rounded. depth: of lists around a position.
  std::optional<json> read_positions(const json& value, int depth, bool is_ring) {
    if (depth == 0) {
      return read_position(value);
    }
    if (!value.is_array() || value.empty()) {
      add("coordinates that do not fit the type of the geometry",
          "a line is a list of positions, a polygon a list of rings, several are a list of these");
      return std::nullopt;
    }
    json out = json::array();
    for (const json& part : value) {
      auto read = read_positions(part, depth - 1, is_ring);
      if (!read) {
        return std::nullopt;
      }
      out.push_back(std::move(*read));
    }
    if (depth == 1 && is_ring && (out.size() < kLeastOfRing || out.front() != out.back())) {
      add(out.size() < kLeastOfRing ? fmt::format("a ring of {} positions", out.size()) : "a ring that is not closed",
          fmt::format("a ring has at least {} positions, the last the same as the first", kLeastOfRing));
      return std::nullopt;
    }
    if (depth == 1 && out.size() < kLeastOfLine) {
      add("a line of one position", fmt::format("a line has at least {}", kLeastOfLine));
      return std::nullopt;
    }
    return out;
  }

  std::optional<json> read_position(const json& value) {
    ++n_positions_;
    const bool is_pair = value.is_array() && value.size() >= 2 && value[0].is_number() && value[1].is_number();
    const double east = is_pair ? value[0].get<double>() : NAN;
    const double north = is_pair ? value[1].get<double>() : NAN;
    if (!(std::abs(east) <= 180 && std::abs(north) <= 90)) {
      add(fmt::format("{} is no position", in_quotes(value.dump())),
          "a position is [longitude, latitude] in degrees, east and north positive (WGS 84)");
      return std::nullopt;
    }
    const auto rounded = [](double degrees) { return std::round(degrees * kSteps) / kSteps; };
    return json::array({rounded(east), rounded(north)});
  }

  const JsonText& text_;
  Mistakes& mistakes_;
  std::size_t at_ = 0, n_positions_ = 0;
};

}  // namespace

std::string parse_map(std::string_view text, const std::string& label, Mistakes& mistakes) {
  const auto read = parse_json(text, label, "features", "export the map again as GeoJSON", mistakes);
  return read ? MapReader(*read, mistakes).read() : "";
}

}  // namespace truel::scenario
