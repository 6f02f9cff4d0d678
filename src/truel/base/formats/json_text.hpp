// JSON that a user wrote, with the places to which messages can point.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truel/base/formats/mistakes.hpp"

namespace truel {

struct JsonText {
  nlohmann::json value;
  std::string label;                       ///< of the file
  std::vector<std::pair<int, int>> items;  ///< line and column where each item of the list begins

  Location where(std::size_t item) const { return {label, items.at(item).first, items.at(item).second}; }
};

/// Parses JSON and tells where the items of one list are: those of the member `list` of the outermost object, or, with
/// "", of the outermost list. Nothing, and a mistake with this hint, of text that is not JSON or nests more than 32
/// levels.
std::optional<JsonText> parse_json(std::string_view text, const std::string& label, std::string_view list,
                                   const std::string& hint, Mistakes& mistakes);

}  // namespace truel
