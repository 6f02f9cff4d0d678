// forces.csv and support.csv: a number of an actor at a place on a day.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

#include "truel/base/index.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/tables/tables.hpp"

namespace truel::scenario {
namespace {

constexpr std::array kDatedColumns =
    std::to_array<ColumnInfo>({{"actor", kNeeded}, {"place_id", kNeeded}, {"date", kNeeded}});

constexpr std::array kForceNumbers =
    std::to_array<ParameterInfo>({{"fighters", "fighters", kAbsent, 0, 1e12, "paper strength"}});
constexpr std::array kSupportNumbers =
    std::to_array<ParameterInfo>({{"share", "share", kAbsent, 0, 1, "part of the people that supports the actor"}});

struct DatedRow {
  ActorIndex actor;
  PlaceIndex place;
  Day date;
};

constexpr Day kNoDay = std::numeric_limits<Day>::min();

std::optional<DatedRow> read_dated_row(Context& in, const Table& table, const CsvRow& row,
                                       std::map<std::string, int>& seen, std::string_view prefix,
                                       std::span<const ParameterInfo> infos) {
  if (!row.is_whole || !table.has("actor") || !table.has("place_id") || !table.has("date")) {
    return std::nullopt;
  }
  const CsvCell actor = table.cell(row, "actor");
  const CsvCell place = table.cell(row, "place_id");
  const CsvCell day_cell = table.cell(row, "date");
  const bool is_everywhere = place.text == "*";
  const DatedRow found{
      .actor = reference(in, in.actors, table, actor, "actor", "actors.csv"),
      .place = is_everywhere ? kEverywhere : reference(in, in.places, table, place, "place", "places.csv, or write *"),
      .date = read_date(in, table, day_cell, "date").value_or(kNoDay)};
  const std::string key = fmt::format("{}.{}.{}", actor.text, is_everywhere ? "all" : place.text, day_cell.text);
  const std::size_t before = in.given.size();
  const CsvCell value = table.cell(row, infos[0].name);
  if (value.text.empty() && table.has(infos[0].name)) {
    in.mistakes.add(table.at(value), fmt::format("no {}", infos[0].name), "write a number, 0 for none");
  }
  if (read_numbers(in, table, row, infos, "") == 1) {
    in.given[before].path = fmt::format("{}.{}", prefix, key);
  }
  if (found.date != kNoDay) {
    in.dated_rows.push_back({found.date, table.at(day_cell)});
  }
  if (found.actor == kNone || found.place == kNone || found.date == kNoDay ||
      !is_unseen(in, seen, key, "row for this actor, place and date", table.at(actor), "remove one")) {
    return std::nullopt;
  }
  return found;
}

}  // namespace

std::span<const ParameterInfo> force_numbers() {
  return kForceNumbers;
}

std::span<const ParameterInfo> support_numbers() {
  return kSupportNumbers;
}

TableInfo forces_table() {
  return {.file = "forces.csv",
          .need = Need::with_a_map,
          .columns = kDatedColumns,
          .numbers = kForceNumbers,
          .needs_number = true};
}

TableInfo support_table() {
  return {.file = "support.csv", .columns = kDatedColumns, .numbers = kSupportNumbers, .needs_number = true};
}

void read_forces(Context& in) {
  const Table& table = in.table("forces.csv");
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    const auto found = read_dated_row(in, table, row, seen, "forces", force_numbers());
    if (!found) {
      continue;
    }
    if (in.war.actors[at(found->actor)].kind == ActorKind::air) {
      const CsvCell actor = table.cell(row, "actor");
      in.mistakes.add(table.at(actor), "forces of the air actor " + in_quotes(actor.text),
                      "give its sorties_per_day in actors.csv instead");
    }
    in.war.forces.push_back({found->actor, found->place, found->date});
  }
  sort_by(in.war.forces, [](const Force& f) { return std::tuple(f.actor, f.place, f.date); });
}

void read_support(Context& in) {
  const Table& table = in.table("support.csv");
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (const auto found = read_dated_row(in, table, row, seen, "support", support_numbers())) {
      in.war.support.push_back({found->actor, found->place, found->date});
    }
  }
  sort_by(in.war.support, [](const SupportRow& s) { return std::tuple(s.actor, s.place, s.date); });
}

void check_forces_begin(Context& in) {
  if (in.war.forces.empty() || !in.start || in.mistakes.count(in.package.label("forces.csv")) > 0) {
    return;
  }
  Day first = in.war.forces[0].date;
  for (const Force& force : in.war.forces) {
    first = std::min(first, force.date);
  }
  if (first > in.war.start) {
    in.mistakes.add(in.overlay.from ? Location{"--from"} : in.start->where,
                    fmt::format("nobody has forces yet on {}", format_date(in.war.start)),
                    fmt::format("forces.csv begins on {}", format_date(first)));
  }
}

}  // namespace truel::scenario
