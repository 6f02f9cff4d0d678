// CSL-JSON, the list of sources that reference managers export.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/formats/mistakes.hpp"
#include "truel/model/war.hpp"

namespace truel::scenario {

/// Characters that an id may have.
inline constexpr std::size_t kLongestId = 64;

/// The entries of a CSL-JSON list, sorted by id. Reports text that is not such a list, entries without an id, ids that
/// a basis could not name, and ids given twice.
std::vector<Source> parse_sources(std::string_view text, const std::string& label, Mistakes& mistakes);

}  // namespace truel::scenario
