#include "truel/base/formats/toml_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/formats/did_you_mean.hpp"

namespace truel {

bool toml_is(const TomlValue& value, TomlKind kind, std::string_view key, Mistakes& mistakes) {
  if (value.kind == kind) {
    return true;
  }
  std::string hint = fmt::format("write {}", name_of(kind));
  if (kind == TomlKind::table) {
    hint = fmt::format("write [{}] on a line of its own, and its keys below", key);
  } else if (kind == TomlKind::date) {
    hint = "write a date without quotes, as 2016-01-31";
  } else if (kind == TomlKind::string) {
    hint = "put it in double quotes";
  } else if (kind == TomlKind::array) {
    hint = "put it in square brackets";
  }
  mistakes.add(value.where, fmt::format("{} is {}, not {}", key, name_of(value.kind), name_of(kind)), std::move(hint));
  return false;
}

std::vector<TomlValue> toml_tables(const TomlValue& root, std::string_view key, Mistakes& mistakes) {
  const TomlValue* value = root.find(key);
  if (value == nullptr || value->kind == TomlKind::array) {
    return value == nullptr ? std::vector<TomlValue>() : value->items;
  }
  add_no_list(value->where, key, value->kind, mistakes);
  return {};
}

std::string toml_text(const TomlValue& table, std::string_view key, bool is_needed, Mistakes& mistakes) {
  const TomlValue* value = table.find(key);
  if (value == nullptr) {
    if (is_needed) {
      mistakes.add(table.where, fmt::format("no {}", key), fmt::format("write {} = \"...\"", key));
    }
    return "";
  }
  if (!toml_is(*value, TomlKind::string, key, mistakes)) {
    return "";
  }
  if (is_needed && shows_nothing(value->text)) {
    mistakes.add(value->where, fmt::format("an empty {}", key), fmt::format("write {} = \"...\"", key));
  }
  return value->text;
}

std::vector<std::string> toml_texts(const TomlValue& table, std::string_view key, Mistakes& mistakes) {
  std::vector<std::string> texts;
  const TomlValue* value = table.find(key);
  if (value != nullptr && toml_is(*value, TomlKind::array, key, mistakes)) {
    for (const TomlValue& item : value->items) {
      if (toml_is(item, TomlKind::string, fmt::format("an item of {}", key), mistakes)) {
        texts.push_back(item.text);
      }
    }
  }
  return texts;
}

std::optional<Day> toml_date(const TomlValue& table, std::string_view key, Mistakes& mistakes) {
  const TomlValue* value = table.find(key);
  if (value == nullptr) {
    mistakes.add(table.where, fmt::format("no {}", key), fmt::format("write {} = 2016-01-01", key));
    return std::nullopt;
  }
  return toml_is(*value, TomlKind::date, key, mistakes) ? std::optional(value->date) : std::nullopt;
}

void check_toml_keys(const TomlValue& table, std::span<const std::string> known, std::string_view what,
                     Mistakes& mistakes, const std::map<std::string, std::string>& renamed) {
  for (const TomlEntry& entry : table.entries) {
    if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
      const auto now = renamed.find(entry.key);
      mistakes.add(entry.where, fmt::format("unknown {} {}", what, in_quotes(entry.key)),
                   now != renamed.end()
                       ? did_you_mean(now->second)
                       : mistakes.did_you_mean(entry.key, known, fmt::format("known are {}", fmt::join(known, ", "))));
    }
  }
}

int toml_choice(const TomlValue& table, std::string_view key, std::span<const std::string> choices, int fallback,
                Mistakes& mistakes) {
  const TomlValue* value = table.find(key);
  if (value == nullptr || !toml_is(*value, TomlKind::string, key, mistakes)) {
    return fallback;
  }
  const auto found = std::find(choices.begin(), choices.end(), value->text);
  if (found == choices.end()) {
    mistakes.add(
        value->where, fmt::format("unknown {} {}", key, in_quotes(value->text)),
        mistakes.did_you_mean(value->text, choices, fmt::format("choose one of {}", fmt::join(choices, ", "))));
    return fallback;
  }
  return static_cast<int>(found - choices.begin());
}

double toml_whole(const TomlValue& table, std::string_view key, double least, double greatest, double fallback,
                  Mistakes& mistakes) {
  const TomlValue* value = table.find(key);
  if (value == nullptr || !toml_is(*value, TomlKind::integer, key, mistakes)) {
    return fallback;
  }
  if (value->number < least || value->number > greatest) {
    mistakes.add(value->where, fmt::format("{} is {:.0f}", key, value->number),
                 fmt::format("keep it within {:.0f} and {:.0f}", least, greatest));
    return fallback;
  }
  return value->number;
}

}  // namespace truel
