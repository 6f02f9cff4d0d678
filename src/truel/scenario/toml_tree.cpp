#include "truel/scenario/toml_tree.hpp"

#include <fmt/format.h>
// Linked as Debian's shared library, not compiled in from its headers: those end the program at a line such as "[#",
// by an assertion that the library is built without.
#include <toml++/toml.h>

#include <algorithm>
#include <tuple>

namespace truel::scenario {
namespace {

Location location(const toml::source_region& region, const std::string& label) {
  return {label, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

// Recursion is bounded: the library refuses values nested deeper than 256.
TomlValue convert(const toml::node& node, const std::string& label) {
  TomlValue value;
  value.where = location(node.source(), label);
  if (const auto* table = node.as_table()) {
    value.kind = TomlKind::table;
    for (const auto& [key, child] : *table) {
      value.entries.push_back({std::string(key.str()), location(key.source(), label), convert(child, label)});
    }
    // The library sorts by key; messages and defaults follow the text.
    std::stable_sort(value.entries.begin(), value.entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
      return std::tie(a.where.line, a.where.column) < std::tie(b.where.line, b.where.column);
    });
  } else if (const auto* array = node.as_array()) {
    value.kind = TomlKind::array;
    for (const toml::node& child : *array) {
      value.items.push_back(convert(child, label));
    }
  } else if (const auto* string = node.as_string()) {
    value.kind = TomlKind::string;
    value.text = string->get();
  } else if (const auto* integer = node.as_integer()) {
    value.kind = TomlKind::integer;
    value.number = static_cast<double>(integer->get());
  } else if (const auto* real = node.as_floating_point()) {
    value.kind = TomlKind::real;
    value.number = real->get();
  } else if (const auto* boolean = node.as_boolean()) {
    value.kind = TomlKind::boolean;
    value.number = boolean->get() ? 1 : 0;
  } else if (const auto* date = node.as_date()) {
    const toml::date& d = date->get();
    const auto day = parse_date(fmt::format("{:04d}-{:02d}-{:02d}", d.year, d.month, d.day));
    value.kind = day ? TomlKind::date : TomlKind::other;
    value.date = day.value_or(0);
  }
  return value;
}

}  // namespace

const TomlValue* TomlValue::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const TomlEntry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

std::string_view name_of(TomlKind kind) {
  switch (kind) {
    case TomlKind::table:
      return "a table";
    case TomlKind::array:
      return "a list";
    case TomlKind::string:
      return "a string";
    case TomlKind::integer:
      return "a whole number";
    case TomlKind::real:
      return "a number";
    case TomlKind::boolean:
      return "true or false";
    case TomlKind::date:
      return "a date";
    case TomlKind::other:
      break;
  }
  return "a time";
}

std::optional<TomlValue> parse_toml(std::string_view text, const std::string& label, Mistakes& mistakes) {
  try {
    return convert(toml::parse(text), label);
  } catch (const toml::parse_error& error) {
    mistakes.add(location(error.source(), label), "not TOML: " + std::string(error.description()),
                 "see https://toml.io for how to write it");
    return std::nullopt;
  }
}

}  // namespace truel::scenario
