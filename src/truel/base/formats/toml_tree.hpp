// TOML text as a plain tree with positions. The only place that knows the library.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/formats/mistakes.hpp"

namespace truel {

enum class TomlKind { table, array, string, integer, real, boolean, date, other };

struct TomlEntry;

struct TomlValue {
  TomlKind kind = TomlKind::other;
  Location where;
  std::string text;   ///< of a string
  double number = 0;  ///< of an integer, a real or a boolean (0 or 1)
  Day date = 0;
  std::vector<TomlValue> items;    ///< of an array
  std::vector<TomlEntry> entries;  ///< of a table, in the order of the text

  const TomlValue* find(std::string_view key) const;
};

struct TomlEntry {
  std::string key;
  Location where;  ///< of the key
  TomlValue value;
};

/// "a string", "a table" and so on.
std::string_view name_of(TomlKind kind);

/// That `key` is something else than the list of tables which [[key]] makes.
void add_no_list(const Location& where, std::string_view key, TomlKind kind, Mistakes& mistakes,
                 bool hides_more = false);

/// The whole text as a table; nothing, and a mistake, if it is not TOML 1.0. lists: the keys of lists of tables.
std::optional<TomlValue> parse_toml(std::string_view text, const std::string& label, Mistakes& mistakes,
                                    std::span<const std::string> lists = {});

}  // namespace truel
