// Values of TOML tables by key, each with a mistake where it is something else than wanted.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/formats/mistakes.hpp"
#include "truel/base/formats/toml_tree.hpp"

namespace truel {

bool toml_is(const TomlValue& value, TomlKind kind, std::string_view key, Mistakes& mistakes);

/// Mistakes for the keys of a table that are none of those known. what: "key", "law" and so on. renamed: keys of
/// before, with the known ones that they are now.
void check_toml_keys(const TomlValue& table, std::span<const std::string> known, std::string_view what,
                     Mistakes& mistakes, const std::map<std::string, std::string>& renamed = {});

/// The tables below [[key]]; none, and a mistake, if it is not a list.
std::vector<TomlValue> toml_tables(const TomlValue& root, std::string_view key, Mistakes& mistakes);

/// is_needed: absent or blank is a mistake.
std::string toml_text(const TomlValue& table, std::string_view key, bool is_needed, Mistakes& mistakes);
std::vector<std::string> toml_texts(const TomlValue& table, std::string_view key, Mistakes& mistakes);
/// A date that must be there.
std::optional<Day> toml_date(const TomlValue& table, std::string_view key, Mistakes& mistakes);
/// Which of the choices the text at `key` is, or `fallback`, with a mistake if it is none of them.
int toml_choice(const TomlValue& table, std::string_view key, std::span<const std::string> choices, int fallback,
                Mistakes& mistakes);
double toml_whole(const TomlValue& table, std::string_view key, double least, double greatest, double fallback,
                  Mistakes& mistakes);

}  // namespace truel
