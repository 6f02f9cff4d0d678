// Tables of data sets: columns found by any of the names that versions gave them.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/formats/csv.hpp"

namespace truel::record {

inline constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

class Columns {
 public:
  explicit Columns(const CsvTable& table);

  /// The first of these columns that the table has, in any case of letters; kNoColumn if it has none.
  std::size_t find(std::initializer_list<std::string_view> names) const;
  bool has(std::initializer_list<std::string_view> names) const { return find(names) != kNoColumn; }
  /// The cell, empty where the column is absent or the row too short.
  std::string_view cell(const CsvRow& row, std::size_t column) const;

 private:
  const CsvTable& table_;
  std::vector<std::string> names_;
};

/// A number of a table; nothing if the text is none.
std::optional<double> parse_count(std::string_view text);

/// A date as data sets write it: 2016-01-31, with a time of day after it or not, or 31 January 2016.
std::optional<Day> parse_any_date(std::string_view text);

}  // namespace truel::record
