// topics.csv: statements on which claims agree or differ.

#include <algorithm>
#include <array>

#include "truel/base/index.hpp"
#include "truel/scenario/evidence/evidence.hpp"
#include "truel/scenario/reading/ids.hpp"

namespace truel::scenario {
TableInfo topics_table() {
  static constexpr std::array kColumns = std::to_array<ColumnInfo>({{"id", kNeeded}, {"statement", kNeeded}});
  return {.file = "topics.csv", .columns = kColumns, .has_basis = false};
}

void read_topics(Context& in) {
  const Table& table = in.table("topics.csv");
  for (std::size_t r = 0; r < table.rows().size(); ++r) {
    const CsvRow& row = table.rows()[r];
    if (in.topics.of_row[r] == kNone) {
      continue;
    }
    const CsvCell statement = table.cell(row, "statement");
    if (statement.text.empty() && table.has("statement")) {
      in.mistakes.add(table.at(statement), "a topic without a statement",
                      "write the sentence that claims are for or against");
    }
    in.war.topics.push_back({in.topics.names[at(in.topics.of_row[r])], std::string(statement.text)});
  }
  std::sort(in.war.topics.begin(), in.war.topics.end(), [](const Topic& a, const Topic& b) { return a.id < b.id; });
}

}  // namespace truel::scenario
