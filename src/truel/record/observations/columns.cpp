#include "truel/record/observations/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "truel/base/bytes/utf8.hpp"

namespace truel::record {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};

}  // namespace

Columns::Columns(const CsvTable& table) : table_(table) {
  for (const CsvCell& cell : table.header) {
    names_.push_back(lower_case(cell.text));
  }
}

std::size_t Columns::find(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    if (const auto found = std::find(names_.begin(), names_.end(), name); found != names_.end()) {
      return static_cast<std::size_t>(found - names_.begin());
    }
  }
  return kNoColumn;
}

std::string_view Columns::cell(const CsvRow& row, std::size_t column) const {
  return column < row.n_cells ? table_.cells[row.first + column].text : std::string_view{};
}

std::optional<double> parse_count(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::optional<Day> parse_any_date(std::string_view text) {
  if (text.size() > 10 && (text[10] == ' ' || text[10] == 'T')) {
    if (const auto day = parse_date(text.substr(0, 10))) {
      return day;
    }
  }
  if (const auto day = parse_date(text)) {
    return day;
  }
  std::vector<std::string> words;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find_first_of(" -", from), text.size());
    if (to > from) {
      words.push_back(lower_case(text.substr(from, to - from)));
    }
    from = to + 1;
  }
  if (words.size() != 3 || words[1].size() < 3) {
    return std::nullopt;
  }
  const auto month = std::find(kMonths.begin(), kMonths.end(), words[1].substr(0, 3));
  const auto number = parse_count(words[0]);
  if (month == kMonths.end() || !number || *number < 1 || *number > 31) {
    return std::nullopt;
  }
  return parse_date(fmt::format("{}-{:02d}-{:02d}", words[2], month - kMonths.begin() + 1, static_cast<int>(*number)));
}

}  // namespace truel::record
