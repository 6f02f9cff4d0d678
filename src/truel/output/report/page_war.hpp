// What every page needs to know of a war to draw its map and name its actors.
#pragma once

#include "truel/model/war.hpp"
#include "truel/output/json.hpp"

namespace truel::output {

/// Significant digits of people and values on a page: no estimate here is better known.
inline constexpr int kDigits = 4;

/// A probability or share with three decimals, or with as many more as keep the whole percentage that it rounds to:
/// 0.06498 is 6 per cent, 0.065 would be 7.
Json page_share(double share);

/// Id, name, the name without brackets, position, people and value (medians), kind and country of a place.
Json page_place(const War& war, PlaceIndex place);

/// Roads as pairs of places.
Json page_links(const War& war);

/// The map's own ground as GeoJSON; null where the package brings none.
Json page_ground(const War& war);

/// Commands that have a name of their own.
Json page_commands(const War& war);

/// {"actors", "commands", "places", "links", "ground", "accounts"}: for pages that hold no ensemble.
Json page_war(const War& war);

/// The page that shows this JSON as what `kind` says ("scores", "comparison"); "" in a build without the page.
std::string page_of(Json json, const char* kind);

}  // namespace truel::output
