// positions.csv: what each actor wants in talks.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "truel/scenario/reader/reader.hpp"

namespace truel::scenario {

void Reader::read_seats(const Table& table) {
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
    const int actor = reference(actors_, table, actor_cell, "actor", "actors.csv");
    if (issue_cell.text.empty()) {
      mistakes_.add(table.at(issue_cell), "no issue", "fill the cell");
      continue;
    }
    const std::string issue(issue_cell.text);
    if (!is_good_id(issue, false, table.at(issue_cell), "issue") || actor == kNone) {
      continue;
    }
    const std::string key = fmt::format("{}.{}", actor_cell.text, issue);
    if (!unique(seen, key, fmt::format("position of `{}` on `{}`", actor_cell.text, issue), table.at(actor_cell),
                "remove one")) {
      continue;
    }
    if (table.has("position") && table.cell(row, "position").text.empty()) {
      mistakes_.add(table.at(table.cell(row, "position")), "no position",
                    "write where the actor stands, or remove the row of one that has no seat on this issue");
    }
    read_numbers(table, row, position_parameters(), fmt::format("positions.{}.", key));
    rows.push_back({actor, issue});
    issues.push_back(issue);
  }
  Ids ids;
  ids.set(std::move(issues));
  war_.issues = ids.names;
  for (const Row& row : rows) {
    war_.seats.push_back({row.actor, ids.find(row.issue)});
  }
  std::sort(war_.seats.begin(), war_.seats.end(),
            [](const Seat& x, const Seat& y) { return std::tuple(x.actor, x.issue) < std::tuple(y.actor, y.issue); });
}

}  // namespace truel::scenario
