// aliases.csv: the names that sources use.

#include <algorithm>
#include <array>
#include <utility>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/evidence/evidence.hpp"
#include "truel/scenario/reading/ids.hpp"

namespace truel::scenario {
TableInfo aliases_table() {
  static constexpr std::array kColumns =
      std::to_array<ColumnInfo>({{"name", kNeeded}, {"id", kNeeded}, {"search_only"}});
  return {.file = "aliases.csv", .columns = kColumns, .has_basis = false};
}

void read_aliases(Context& in) {
  const Table& table = in.table("aliases.csv");
  Ids known = parties(in);
  std::vector<std::string> names = std::move(known.names);
  names.insert(names.end(), in.places.names.begin(), in.places.names.end());
  known.set(std::move(names));
  known.is_whole = known.is_whole && in.places.is_whole;
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.has("name") || !table.has("id")) {
      continue;
    }
    const CsvCell name = table.cell(row, "name");
    const CsvCell id = table.cell(row, "id");
    if (trimmed(name.text).empty()) {
      in.mistakes.add(table.at(name), "an alias without a name", "write the name as sources do");
      continue;
    }
    const bool is_first = is_unseen(in, seen, lower_case(name.text), "name " + in_quotes(name.text), table.at(name),
                                    "a name stands for one id, whatever its case; remove one");
    const bool is_known =
        reference(in, known, table, id, "id", "actors.csv, commands.csv, sponsors.csv or places.csv") != kNone;
    const bool is_search_only = is_yes(in, table, table.cell(row, "search_only"), "search_only");
    if (is_first && is_known) {
      in.war.aliases.push_back({std::string(name.text), std::string(id.text), is_search_only});
    }
  }
  std::sort(in.war.aliases.begin(), in.war.aliases.end(),
            [](const Alias& a, const Alias& b) { return a.name < b.name; });
}

}  // namespace truel::scenario
