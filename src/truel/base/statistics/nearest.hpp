// The word that was meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace truel {

/// The text among `known` that is nearest to `text` by edit distance (insertions, deletions, substitutions and swaps
/// of neighbours), or nothing if even the nearest is more than a third of the text away.
/// Cost: O(number of known texts); the search gives up beyond 20,000 of them.
const std::string* nearest(std::string_view text, std::span<const std::string> known);

}  // namespace truel
