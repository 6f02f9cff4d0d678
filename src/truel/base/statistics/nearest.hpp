// The word that was meant.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace truel {

/// The texts among `known` that are nearest to `text` by edit distance (insertions, deletions, substitutions and swaps
/// of neighbours), whatever the case of letters. Where even the nearest is more than a third of the text away: the one
/// that begins with it, or none. Cost: O(number of known texts); the search gives up beyond 20,000 of them.
std::vector<const std::string*> all_nearest(std::string_view text, std::span<const std::string> known);

/// The first of them, or nothing.
const std::string* nearest(std::string_view text, std::span<const std::string> known);

}  // namespace truel
