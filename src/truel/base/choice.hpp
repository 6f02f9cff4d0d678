// The values of an enumeration by name: one list from which they are read, told and offered.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace truel {

/// names: of the values of Choice, in their order.
template <class Choice, std::size_t n>
std::optional<Choice> choice_of(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<Choice>(found - names.begin()));
}

template <class Choice, std::size_t n>
std::string_view choice_name(const std::array<std::string_view, n>& names, Choice choice) {
  return names.at(static_cast<std::size_t>(choice));
}

/// "a, b or c". names: any list of texts.
template <class Names>
std::string alternatives(const Names& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += i == 0 ? "" : i + 1 < names.size() ? ", " : " or ";
    text += names[i];
  }
  return text;
}

}  // namespace truel
