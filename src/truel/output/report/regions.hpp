// The map of who wins from every division of the force among three sides.
#pragma once

#include <string>

#include "truel/output/json.hpp"

namespace truel::output {

/// One row a division: fighters of each side on the first day, who wins, with how many, and when that was decided.
std::string regions_csv(const CompiledModel& model, const ensemble::RegionMap& map);

/// Divisions, sides, the share of the divisions that end in each way, and `ends`: one letter a division in the order
/// of regions.csv (1, 2, 3: that side wins; s stalemate; n nobody; f failed).
Json regions_json(const CompiledModel& model, const ensemble::RegionMap& map);

/// One line for a terminal: how large a part of all divisions each side wins from.
std::string regions_sentence(const CompiledModel& model, const ensemble::RegionMap& map);

/// The ternary picture: each corner is a side with the whole force, each point a division.
std::string regions_svg(const CompiledModel& model, const ensemble::RegionMap& map);

}  // namespace truel::output
