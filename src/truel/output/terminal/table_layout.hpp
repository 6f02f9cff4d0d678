// Tables that fit a terminal.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace truel::output {

/// Lines of text and one or more tables, at most `width` columns wide.
class TextTable {
 public:
  static constexpr int kLeastWidth = 60;
  static constexpr int kPipeWidth = 100;

  struct Column {
    std::string head;
    std::vector<std::string> cells;
    int cost = 0;  ///< where the terminal is narrow the column with the greatest cost is left out first; 0: never
  };

  /// A column of a table of rows: what it has of each.
  template <class Row>
  struct Of {
    std::string head;
    std::function<std::string(const Row&)> cell;
    int cost = 0;
  };

  /// width: 0 where there is no terminal, as in a pipe or a file. Then names are whole, whatever their length, and text
  /// is broken at kPipeWidth.
  explicit TextTable(int width);

  /// A paragraph, broken between words.
  void text(std::string_view paragraph);
  /// An entry of a list: lines after the first are indented.
  void item(std::string_view paragraph);
  void blank() { out_ += '\n'; }

  /// A table with names on the left, cut where they are too long for a terminal, and columns aligned to the right.
  /// Gives the heads of those that it shows.
  std::vector<std::string> table(const Column& names, std::vector<Column> columns);

  /// The same: a line for each row, the first column on the left.
  template <class Row>
  std::vector<std::string> table(const std::vector<Row>& rows, const std::vector<Of<Row>>& columns) {
    std::vector<Column> all;
    for (const Of<Row>& of : columns) {
      Column& column = all.emplace_back(Column{of.head, {}, of.cost});
      for (const Row& row : rows) {
        column.cells.push_back(of.cell(row));
      }
    }
    const Column names = std::move(all.front());
    all.erase(all.begin());
    return table(names, std::move(all));
  }

  /// All of it, without the last line end.
  std::string take() &&;

 private:
  void line(std::string text);

  int width_;
  bool is_terminal_;
  std::string out_;
};

}  // namespace truel::output
