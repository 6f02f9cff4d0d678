// positions.csv: what each actor wants in talks.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/tables/tables.hpp"

namespace truel::scenario {
TableInfo positions_table() {
  static constexpr std::array kColumns = std::to_array<ColumnInfo>({{"actor", kNeeded}, {"issue", kNeeded}});
  return {.file = "positions.csv", .columns = kColumns, .numbers = position_parameters(), .needs_number = true};
}

void read_positions(Context& in) {
  const Table& table = in.table("positions.csv");
  struct Row {
    ActorIndex actor;
    std::string issue;
  };
  std::vector<Row> rows;
  std::vector<std::string> issues;
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.has("actor") || !table.has("issue")) {
      continue;
    }
    const CsvCell actor_cell = table.cell(row, "actor");
    const CsvCell issue_cell = table.cell(row, "issue");
    const int actor = reference(in, in.actors, table, actor_cell, "actor", "actors.csv");
    if (issue_cell.text.empty()) {
      in.mistakes.add(table.at(issue_cell), "no issue", "fill the cell");
      continue;
    }
    const std::string issue(issue_cell.text);
    if (!is_good_id(in, issue, false, table.at(issue_cell), "issue") || actor == kNone) {
      continue;
    }
    const std::string key = fmt::format("{}.{}", actor_cell.text, issue);
    if (!is_unseen(in, seen, key, fmt::format("position of `{}` on `{}`", actor_cell.text, issue), table.at(actor_cell),
                   "remove one")) {
      continue;
    }
    if (table.has("position") && table.cell(row, "position").text.empty()) {
      in.mistakes.add(table.at(table.cell(row, "position")), "no position",
                      "write where the actor stands, or remove the row of one that has no seat on this issue");
    }
    read_numbers(in, table, row, position_parameters(), fmt::format("positions.{}.", key));
    rows.push_back({actor, issue});
    issues.push_back(issue);
  }
  Ids ids;
  ids.set(std::move(issues));
  in.war.issues = ids.names;
  for (const Row& row : rows) {
    in.war.seats.push_back({row.actor, ids.find(row.issue)});
  }
  std::sort(in.war.seats.begin(), in.war.seats.end(),
            [](const Seat& x, const Seat& y) { return std::tuple(x.actor, x.issue) < std::tuple(y.actor, y.issue); });
}

}  // namespace truel::scenario
