// sponsors.csv: help from outside.
#include <fmt/format.h>

#include <array>
#include <tuple>

#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/tables/tables.hpp"

namespace truel::scenario {
namespace {

// Stand for "always": the first and the last day that a date can be written for.
constexpr std::string_view kFirstDay = "0001-01-01";
constexpr std::string_view kLastDay = "9999-12-31";

}  // namespace

TableInfo sponsors_table() {
  static constexpr std::array kColumns =
      std::to_array<ColumnInfo>({{"recipient", kNeeded}, {"sponsor", kNeeded}, {"from_date"}, {"to_date"}});
  return {.file = "sponsors.csv", .columns = kColumns, .numbers = sponsor_parameters()};
}

void read_sponsors(Context& in) {
  const Table& table = in.table("sponsors.csv");
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.has("recipient") || !table.has("sponsor")) {
      continue;
    }
    const CsvCell recipient = table.cell(row, "recipient");
    const CsvCell sponsor = table.cell(row, "sponsor");
    const CsvCell from_cell = table.cell(row, "from_date");
    const CsvCell to_cell = table.cell(row, "to_date");
    Sponsor entry{.recipient = reference(in, in.actors, table, recipient, "actor", "actors.csv"),
                  .sponsor = std::string(sponsor.text),
                  .from = parse_date(kFirstDay).value_or(0),
                  .to = parse_date(kLastDay).value_or(0)};
    bool is_good = entry.recipient != kNone;
    if (sponsor.text.empty()) {
      in.mistakes.add(table.at(sponsor), "no sponsor", "fill the cell");
      is_good = false;
    } else {
      is_good = is_good_id(in, sponsor.text, false, table.at(sponsor), "sponsor") && is_good;
      if (sponsor.text == recipient.text) {
        in.warnings.add(table.at(sponsor), in_quotes(sponsor.text) + " is its own sponsor",
                        "name who helps it from outside");
      }
    }
    if (!from_cell.text.empty()) {
      const auto from = read_date(in, table, from_cell, "from_date");
      entry.from = from.value_or(entry.from);
    }
    if (!to_cell.text.empty()) {
      const auto to = read_date(in, table, to_cell, "to_date");
      entry.to = to.value_or(entry.to);
    }
    if (entry.from > entry.to) {
      in.mistakes.add(table.at(to_cell), "a flow that ends before it begins", "swap from_date and to_date");
    }
    const std::size_t before = in.given.size();
    read_numbers(in, table, row, sponsor_parameters(), fmt::format("sponsors.{}.{}.", recipient.text, sponsor.text));
    if (is_good && is_unseen(in, seen, fmt::format("{}.{}", recipient.text, sponsor.text),
                             fmt::format("sponsor `{}` of `{}`", sponsor.text, recipient.text), table.at(sponsor),
                             fmt::format("for another period give it a suffix, as {}_2", sponsor.text))) {
      in.war.sponsors.push_back(std::move(entry));
    } else {
      in.given.resize(before);
    }
  }
  sort_by(in.war.sponsors, [](const Sponsor& s) { return std::tuple(s.recipient, std::string_view(s.sponsor)); });
}

}  // namespace truel::scenario
