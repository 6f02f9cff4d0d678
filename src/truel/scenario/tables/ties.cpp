// ties.csv: how one actor stands to another.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/tables/tables.hpp"

namespace truel::scenario {
TableInfo ties_table() {
  static constexpr std::array kColumns = std::to_array<ColumnInfo>({{"a", kNeeded}, {"b", kNeeded}});
  return {.file = "ties.csv", .columns = kColumns, .numbers = tie_parameters()};
}

void read_ties(Context& in) {
  const Table& table = in.table("ties.csv");
  std::map<std::string, int> seen;
  std::map<std::pair<int, int>, std::size_t> alignment;  // pair, smaller first, to its first number in in.given
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.has("a") || !table.has("b")) {
      continue;
    }
    const CsvCell a = table.cell(row, "a");
    const CsvCell b = table.cell(row, "b");
    const int from = reference(in, in.actors, table, a, "actor", "actors.csv");
    const int to = reference(in, in.actors, table, b, "actor", "actors.csv");
    const std::size_t before = in.given.size();
    read_numbers(in, table, row, tie_parameters(), fmt::format("ties.{}.{}.", a.text, b.text));
    if (from == kNone || to == kNone ||
        !is_unseen(in, seen, fmt::format("{}.{}", a.text, b.text), fmt::format("tie from `{}` to `{}`", a.text, b.text),
                   table.at(a), "join the two rows")) {
      in.given.resize(before);
      continue;
    }
    for (std::size_t g = before; g < in.given.size(); ++g) {
      if (in.given[g].path.ends_with(".alignment")) {
        const auto [other, is_new] = alignment.try_emplace(std::minmax(from, to), g);
        const GivenNumber& first = in.given[other->second];
        if (!is_new && to_string(first.distribution) != to_string(in.given[g].distribution)) {
          in.mistakes.add(
              in.given[g].where,
              fmt::format("the alignment of `{}` and `{}` is given twice, as {} and {}", a.text, b.text,
                          to_string(first.distribution), to_string(in.given[g].distribution)),
              fmt::format("the other is in line {}; it holds for both directions, so give it once", first.where.line));
        }
      } else if (from == to) {
        in.mistakes.add(in.given[g].where, "a tie of `" + std::string(a.text) + "` with itself",
                        "only the alignment of an actor with itself means anything");
      }
    }
  }
}

}  // namespace truel::scenario
