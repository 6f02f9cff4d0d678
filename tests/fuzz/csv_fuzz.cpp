// Any bytes as a table: every cell lies within the text, no row is longer than the header.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "truel/base/formats/csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  truel::Mistakes mistakes;
  const truel::CsvTable table = truel::parse_csv(text, "t.csv", mistakes);
  for (const auto& row : table.rows) {
    TRUEL_CHECK(row.n_cells <= table.header.size());
    TRUEL_CHECK(row.first + row.n_cells <= table.cells.size());
    TRUEL_CHECK(!row.is_whole || row.n_cells == table.header.size());
  }
  for (const auto& cell : table.cells) {
    TRUEL_CHECK(cell.line >= 1 && cell.column >= 1 && cell.text.size() <= size);
  }
  for (const auto& mistake : mistakes.take()) {
    TRUEL_CHECK(to_string(mistake).starts_with("t.csv:") && !mistake.hint.empty());
  }
  return 0;
}
