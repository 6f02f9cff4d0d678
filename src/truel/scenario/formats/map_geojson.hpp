// map.geojson: the ground that a package draws on its map itself.
#pragma once

#include <string>
#include <string_view>

#include "truel/base/formats/mistakes.hpp"

namespace truel::scenario {

/// Checks a GeoJSON feature collection (RFC 7946) of land, water and borders (docs/scenario-format.md) and gives what
/// pages draw of it, as compact GeoJSON: `attribution`, and of each feature its `kind`, `name` and geometry, in degrees
/// with four decimals. "" where it draws nothing or has a mistake, which names the feature.
std::string parse_map(std::string_view text, const std::string& label, Mistakes& mistakes);

}  // namespace truel::scenario
