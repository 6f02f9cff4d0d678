// A reader of comma-separated tables that knows where every cell stands.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truel/base/formats/mistakes.hpp"

namespace truel {

struct CsvCell {
  std::string_view text;  ///< without quotes; line ends inside quotes are \n
  int line = 0;
  int column = 0;  ///< of its first character, counted in characters
  int number = 0;  ///< in its row, from 1
};

struct CsvRow {
  std::size_t first = 0;    ///< of its cells in CsvTable::cells
  std::size_t n_cells = 0;  ///< at most the cells of the header
  int line = 0;
  bool is_whole = false;  ///< as many cells as the header
};

/// Where a cell of a file stands.
inline Location location_of(std::string file, const CsvCell& cell) {
  return {std::move(file), cell.line, cell.column, cell.number};
}

/// Views into the text that was read, which must outlive the table.
struct CsvTable {
  std::vector<CsvCell> header;
  std::vector<CsvCell> cells;
  std::vector<CsvRow> rows;
  std::deque<std::string> unescaped;  ///< the cells that had doubled quotes or line ends in them
};

/// Reads RFC 4180 text: commas (or another separator), optional quotes, one header line; LF or CRLF; empty lines are
/// passed over. Reports rows that are too short or too long, quotes that do not close, and quotes where none may be,
/// and goes on after them. Cost: linear.
CsvTable parse_csv(std::string_view text, const std::string& label, Mistakes& mistakes, char separator = ',');

}  // namespace truel
