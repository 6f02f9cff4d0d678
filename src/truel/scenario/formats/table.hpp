// Tables of a package: which columns each has, and cells looked up by column.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/formats/csv.hpp"
#include "truel/base/formats/mistakes.hpp"
#include "truel/model/parameters.hpp"
#include "truel/scenario/formats/package_files.hpp"

namespace truel::scenario {

/// A column without which the table means nothing.
inline constexpr bool kNeeded = true;

struct ColumnInfo {
  std::string_view name;
  bool is_needed = false;
  std::span<const std::string> also_called = {};  ///< what people head it with who do not know its name
};

/// Which packages must have a table. A package has a map as soon as it has one of the tables about places.
enum class Need { never, with_a_map, always };

struct TableInfo {
  std::string_view file;
  Need need = Need::never;
  std::span<const ColumnInfo> columns = {};     ///< those that are not numbers
  std::span<const ParameterInfo> numbers = {};  ///< each with a column COLUMN_basis
  bool needs_number = false;                    ///< the first of them
  bool has_basis = true;
};

/// All tables, in the order of the documentation.
std::span<const TableInfo> tables();

/// A table of the package with its columns found.
class Table {
 public:
  /// Reads the table; reports a missing file, and columns that are unknown, missing or there twice.
  Table(const TableInfo& info, const PackageFiles& package, Mistakes& mistakes);

  const std::string& label() const { return label_; }
  bool is_present() const { return is_present_; }
  /// Whether every row could be read: what names a row that is not there may then be called unknown.
  bool is_whole() const { return is_whole_; }
  std::span<const CsvRow> rows() const { return csv_.rows; }

  bool has(std::string_view column) const { return index_.contains(column); }
  /// The cell, empty where the column is absent or the row too short.
  CsvCell cell(const CsvRow& row, std::string_view column) const;
  Location at(const CsvCell& cell) const { return location_of(label_, cell); }

 private:
  void find_columns(const TableInfo& info, Mistakes& mistakes);

  std::string label_;
  CsvTable csv_;
  std::map<std::string, std::size_t, std::less<>> index_;
  bool is_present_ = false;
  bool is_whole_ = false;
};

}  // namespace truel::scenario
