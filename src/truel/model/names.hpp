// Parts of the names that a package gives: what a line, a map or a list shows of them.
#pragma once

#include <string_view>

namespace truel {

/// Without what the name explains in brackets at its end: "Aleppo" of "Aleppo (west)". All of a name that has nothing
/// before its brackets, and of one that goes on behind them.
constexpr std::string_view without_brackets(std::string_view name) {
  const auto bracket = name.find(" (");
  return name.ends_with(')') && bracket != std::string_view::npos && bracket > 0 ? name.substr(0, bracket) : name;
}

/// What is shown of an actor or a command: its name without brackets, or its id where it has no name.
template <class Named>
constexpr std::string_view short_name(const Named& named) {
  return without_brackets(named.name.empty() ? named.id : named.name);
}

/// The letter by which lists order accounts whose titles begin with one: "A" of "A: Damascus ranks its enemies"; "" of
/// others.
constexpr std::string_view account_letter(std::string_view title) {
  return title.size() > 2 && title[0] >= 'A' && title[0] <= 'Z' && title.substr(1, 2) == ": " ? title.substr(0, 1)
                                                                                              : std::string_view{};
}

}  // namespace truel
