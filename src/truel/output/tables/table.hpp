// Tables of results: what a row has is told once, and CSV, JSON, Markdown and the terminal's text are written from
// that.
#pragma once

#include <concepts>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "truel/base/statistics/statistics.hpp"
#include "truel/output/json.hpp"
#include "truel/output/terminal/table_layout.hpp"

namespace truel::output {

/// One value. CSV: six digits, "yes" or "no", nothing where there is none, an interval as two cells. JSON: all digits,
/// a truth value, null where there is none (std::nullopt: not even a key), an interval as two numbers or null;
/// what is JSON already as it is. Text and Markdown: as CSV, but texts as they are.
class Cell {
 public:
  Cell(double x) : value_(x) {}           // NOLINT(google-explicit-constructor)
  Cell(bool is) : value_(is) {}           // NOLINT(google-explicit-constructor)
  Cell(const Interval& i) : value_(i) {}  // NOLINT(google-explicit-constructor)
  Cell(double low, double high) : value_(Interval{low, high}) {}
  Cell(std::string text) : value_(std::move(text)) {}         // NOLINT(google-explicit-constructor)
  Cell(std::string_view text) : value_(std::string(text)) {}  // NOLINT(google-explicit-constructor)
  Cell(const char* text) : value_(std::string(text)) {}       // NOLINT(google-explicit-constructor)
  Cell(Json json) : value_(std::move(json)) {}                // NOLINT(google-explicit-constructor)
  Cell(std::nullopt_t) : value_(std::monostate()) {}          // NOLINT(google-explicit-constructor)
  template <std::integral Whole>
  Cell(Whole n) : value_(static_cast<std::int64_t>(n)) {}  // NOLINT(google-explicit-constructor)

  bool is_missing() const { return std::holds_alternative<std::monostate>(value_); }
  std::string csv() const;
  std::string text() const;
  std::string markdown() const;
  Json json() const;

 private:
  std::variant<double, bool, Interval, std::string, std::int64_t, Json, std::monostate> value_;
};

/// A number in CSV with as many digits as it has, where a Cell has six; nothing where it is not finite.
std::string all_digits(double x);

/// A line of CSV, with its end.
std::string csv_row(std::initializer_list<Cell> cells);

/// What a table has of each row. An interval is called NAME_interval in JSON, and NAME_low and NAME_high in CSV.
template <class Row>
struct Field {
  enum class Where { both, csv, json };
  std::string_view name;
  std::function<Cell(const Row&)> of;
  Where where = Where::both;
};

class Table {
 public:
  explicit Table(std::vector<std::string> heads) : heads_(std::move(heads)) {}

  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }

  std::string csv() const;
  Json json() const;
  /// The first column on the left, the others on the right.
  std::string markdown() const;
  void put(TextTable& sheet) const;

 private:
  std::vector<std::string> heads_;
  std::vector<std::vector<Cell>> rows_;
};

/// The fields that are written there, of all rows.
template <class Row>
Table table_of(const std::vector<Field<Row>>& fields, std::span<const Row> rows, typename Field<Row>::Where where) {
  using Where = typename Field<Row>::Where;
  const auto is_told = [&](const Field<Row>& field) { return field.where == Where::both || field.where == where; };
  std::vector<std::string> heads;
  for (const Field<Row>& field : fields) {
    if (is_told(field)) {
      heads.emplace_back(field.name);
    }
  }
  Table table(std::move(heads));
  for (const Row& row : rows) {
    std::vector<Cell> cells;
    for (const Field<Row>& field : fields) {
      if (is_told(field)) {
        cells.push_back(field.of(row));
      }
    }
    table.add(std::move(cells));
  }
  return table;
}

template <class Row>
std::string csv_of(const std::vector<Field<Row>>& fields, const std::vector<Row>& rows) {
  return table_of<Row>(fields, rows, Field<Row>::Where::csv).csv();
}
template <class Row>
Json json_of(const std::vector<Field<Row>>& fields, const std::vector<Row>& rows) {
  return table_of<Row>(fields, rows, Field<Row>::Where::json).json();
}

}  // namespace truel::output
