#include "truel/output/tables/table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "truel/output/tables/tables.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

constexpr std::string_view kInterval = "interval";

/// "difference_interval": "difference_low,difference_high".
std::string csv_heads(const std::string& head) {
  if (!head.ends_with(kInterval)) {
    return csv_cell(head);
  }
  const std::string begin = head.substr(0, head.size() - kInterval.size());
  return begin + "low," + begin + "high";
}

}  // namespace

std::string Cell::csv() const {
  struct {
    std::string operator()(double x) const { return csv_cell(x); }
    std::string operator()(bool is) const { return is ? "yes" : "no"; }
    std::string operator()(const Interval& i) const { return csv_cell(i.low) + ',' + csv_cell(i.high); }
    std::string operator()(const std::string& text) const { return csv_cell(std::string_view(text)); }
    std::string operator()(std::int64_t n) const { return fmt::format("{}", n); }
    std::string operator()(const Json& json) const { return csv_cell(text_of(json, 0)); }
    std::string operator()(std::monostate) const { return ""; }
  } write;
  return std::visit(write, value_);
}

std::string Cell::text() const {
  const auto* text = std::get_if<std::string>(&value_);
  return text == nullptr ? csv() : printable(*text);
}

std::string Cell::markdown() const {
  std::string out = text();
  for (std::size_t bar = out.find('|'); bar != std::string::npos; bar = out.find('|', bar + 2)) {
    out.insert(bar, 1, '\\');
  }
  return out;
}

Json Cell::json() const {
  struct {
    Json operator()(double x) const { return number(x); }
    Json operator()(bool is) const { return is; }
    Json operator()(const Interval& i) const {
      return std::isfinite(i.low) && std::isfinite(i.high) ? Json({i.low, i.high}) : Json(nullptr);
    }
    Json operator()(const std::string& text) const { return text.empty() ? Json(nullptr) : Json(text); }
    Json operator()(std::int64_t n) const { return n; }
    Json operator()(const Json& json) const { return json; }
    Json operator()(std::monostate) const { return nullptr; }
  } write;
  return std::visit(write, value_);
}

std::string all_digits(double x) {
  return std::isfinite(x) ? fmt::format("{}", x) : std::string();
}

std::string csv_row(std::initializer_list<Cell> cells) {
  std::string line;
  for (const Cell& cell : cells) {
    line += cell.csv() + ',';
  }
  line.back() = '\n';
  return line;
}

std::string Table::csv() const {
  std::string out;
  for (const std::string& head : heads_) {
    out += csv_heads(head) + ',';
  }
  out.back() = '\n';
  for (const std::vector<Cell>& row : rows_) {
    for (const Cell& cell : row) {
      out += cell.csv() + ',';
    }
    out.back() = '\n';
  }
  return out;
}

Json Table::json() const {
  Json all = Json::array();
  for (const std::vector<Cell>& row : rows_) {
    Json& one = all.emplace_back(Json::object());
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (!row[c].is_missing()) {
        one[heads_[c]] = row[c].json();
      }
    }
  }
  return all;
}

std::string Table::markdown() const {
  std::string out = fmt::format("| {} |\n|", fmt::join(heads_, " | "));
  for (std::size_t c = 0; c < heads_.size(); ++c) {
    out += "---|";
  }
  for (const std::vector<Cell>& row : rows_) {
    out += "\n|";
    for (const Cell& cell : row) {
      out += fmt::format(" {} |", cell.markdown());
    }
  }
  return out + '\n';
}

void Table::put(TextTable& sheet) const {
  std::vector<TextTable::Column> columns;
  for (std::size_t c = 0; c < heads_.size(); ++c) {
    TextTable::Column& column = columns.emplace_back(TextTable::Column{heads_[c], {}});
    for (const std::vector<Cell>& row : rows_) {
      column.cells.push_back(row[c].csv());
    }
  }
  const TextTable::Column names = columns.front();
  columns.erase(columns.begin());
  sheet.table(names, std::move(columns));
}

}  // namespace truel::output
