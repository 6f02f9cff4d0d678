#include "truel/output/terminal/table_layout.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

constexpr int kGap = 2;
constexpr int kShortestName = 5;
/// Columns are left out rather than names cut below this.
constexpr int kReadableName = 18;

int width_of(const TextTable::Column& column) {
  return std::accumulate(column.cells.begin(), column.cells.end(), display_width(column.head),
                         [](int width, const std::string& cell) { return std::max(width, display_width(cell)); });
}

}  // namespace

TextTable::TextTable(int width)
    : width_(width == 0 ? kPipeWidth : std::max(width, kLeastWidth)), is_terminal_(width != 0) {}

void TextTable::line(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  out_ += text;
  out_ += '\n';
}

void TextTable::text(std::string_view paragraph) {
  for (const std::string& one : wrapped(paragraph, width_)) {
    line(one);
  }
}

void TextTable::item(std::string_view paragraph) {
  bool is_first = true;
  for (const std::string& one : wrapped(paragraph, width_ - kGap)) {
    line(is_first ? one : std::string(kGap, ' ') + one);
    is_first = false;
  }
}

std::vector<std::string> TextTable::table(const Column& names, std::vector<Column> columns) {
  const int longest = width_of(names);
  const auto room = [&] {
    return std::accumulate(columns.begin(), columns.end(), width_,
                           [](int left, const Column& c) { return left - kGap - width_of(c); });
  };
  while (room() < std::min(longest, kReadableName)) {
    const auto costliest = std::max_element(columns.begin(), columns.end(),
                                            [](const Column& a, const Column& b) { return a.cost < b.cost; });
    if (costliest == columns.end() || costliest->cost == 0) {
      break;
    }
    columns.erase(costliest);
  }
  const int name_width = is_terminal_ ? std::clamp(room(), std::min(kShortestName, longest), longest) : longest;
  const auto row = [&](const std::string& name, const auto& cell_of) {
    std::string out = left_aligned(fitted(name, name_width), name_width);
    for (const Column& c : columns) {
      out += std::string(kGap, ' ');
      out += right_aligned(cell_of(c), width_of(c));
    }
    line(std::move(out));
  };
  row(names.head, [](const Column& c) { return c.head; });
  for (std::size_t i = 0; i < names.cells.size(); ++i) {
    row(names.cells[i], [&](const Column& c) { return c.cells[i]; });
  }
  std::vector<std::string> heads;
  std::transform(columns.begin(), columns.end(), std::back_inserter(heads), [](const Column& c) { return c.head; });
  return heads;
}

std::string TextTable::take() && {
  if (out_.ends_with('\n')) {
    out_.pop_back();
  }
  return std::move(out_);
}

}  // namespace truel::output
