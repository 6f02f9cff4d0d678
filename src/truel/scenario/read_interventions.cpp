// interventions.csv: dated changes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "truel/base/index.hpp"
#include "truel/scenario/reader.hpp"

namespace truel::scenario {
namespace {

/// In the order of InterventionAction.
const std::array kActions = std::to_array<std::string>({"set", "arrive", "leave", "realign", "pledge", "merge"});

/// A cell as it is named in a mistake.
std::string_view named(std::string_view column) {
  return column == "path"       ? "a path"
         : column == "actor"    ? "an actor"
         : column == "place_id" ? "a place"
         : column == "other"    ? "another actor"
                                : column;
}

}  // namespace

void Reader::refuse_cells(const Table& table, const CsvRow& row, std::string_view action,
                          std::span<const std::string_view> columns) {
  for (const std::string_view column : columns) {
    if (const CsvCell cell = table.cell(row, column); !cell.text.empty()) {
      mistakes_.add(table.at(cell), fmt::format("{} of an action {}", named(column), action), "leave the cell empty");
    }
  }
}

bool Reader::read_target(const Table& table, const CsvRow& row, PendingIntervention& pending) {
  constexpr auto kUseless = std::to_array<std::string_view>({"actor", "place_id", "other", "dissenters", "compliance"});
  refuse_cells(table, row, "set", kUseless);
  const CsvCell path = table.cell(row, "path");
  pending.path = path.text;
  if (path.text.empty()) {
    mistakes_.add(table.at(path), "no path", "name the number to set, as actors.ID.kill_rate");
  }
  return !path.text.empty();
}

bool Reader::read_fighters(const Table& table, const CsvRow& row, Intervention& change) {
  constexpr auto kUseless = std::to_array<std::string_view>({"path", "other", "dissenters", "compliance"});
  refuse_cells(table, row, kActions[static_cast<std::size_t>(change.action)], kUseless);
  const CsvCell actor = table.cell(row, "actor");
  const CsvCell place = table.cell(row, "place_id");
  change.actor = reference(actors_, table, actor, "actor", "actors.csv");
  if (change.actor != kNone && war_.actors[at(change.actor)].kind == ActorKind::air) {
    mistakes_.add(table.at(actor), "fighters of the air actor " + in_quotes(actor.text),
                  "set its sorties_per_day instead");
  }
  if (change.action == InterventionAction::leave && (place.text.empty() || place.text == "*")) {
    change.place = kEverywhere;
    return change.actor != kNone;
  }
  change.place = reference(places_, table, place, "place", "places.csv");
  return change.actor != kNone && change.place != kNone;
}

bool Reader::read_allegiance(const Table& table, const CsvRow& row, Intervention& change) {
  constexpr auto kUseless = std::to_array<std::string_view>({"path", "place_id"});
  const std::string& action = kActions[static_cast<std::size_t>(change.action)];
  refuse_cells(table, row, action, kUseless);
  const CsvCell actor = table.cell(row, "actor");
  const CsvCell other = table.cell(row, "other");
  const CsvCell dissenters = table.cell(row, "dissenters");
  change.actor = reference(actors_, table, actor, "actor", "actors.csv");
  change.other = reference(actors_, table, other, "other actor", "actors.csv");
  bool is_good = change.actor != kNone && change.other != kNone;
  if (is_good && change.actor == change.other) {
    mistakes_.add(table.at(other), fmt::format("the actor {} itself as the other", in_quotes(actor.text)),
                  fmt::format("name the actor with whom it is to {}", action));
  }
  const auto is_air = [&](ActorIndex a) { return a != kNone && war_.actors[at(a)].kind == ActorKind::air; };
  for (const auto& [cell, party] : {std::pair(actor, change.actor), std::pair(other, change.other)}) {
    if (change.action == InterventionAction::merge && is_air(party)) {
      mistakes_.add(table.at(cell), "a merger with the air actor " + in_quotes(cell.text),
                    "set the sorties_per_day of both instead");
    }
  }
  if (!dissenters.text.empty()) {
    change.dissenters = reference(actors_, table, dissenters, "dissenters", "actors.csv");
    is_good = is_good && change.dissenters != kNone;
    if (is_air(change.dissenters)) {
      mistakes_.add(table.at(dissenters), "fighters who join the air actor " + in_quotes(dissenters.text),
                    "name a ground actor, or leave the cell empty: they go home");
    } else if (is_good && (change.dissenters == change.actor ||
                           (change.action == InterventionAction::merge && change.dissenters == change.other))) {
      mistakes_.add(table.at(dissenters), fmt::format("dissenters who join {}", in_quotes(dissenters.text)),
                    "name a third actor, or leave the cell empty: they go home");
    }
  }
  return is_good;
}

void Reader::read_interventions(const Table& table) {
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.is_whole()) {
      continue;
    }
    const CsvCell id = table.cell(row, "id");
    const CsvCell day_cell = table.cell(row, "date");
    const CsvCell value = table.cell(row, "value");
    bool is_good = true;
    if (id.text.empty()) {
      mistakes_.add(table.at(id), "a row without an id", "fill the column `id`");
      is_good = false;
    } else {
      is_good = is_good_id(id.text, false, table.at(id), "id");
      is_good = unique(seen, std::string(id.text), "id " + in_quotes(id.text), table.at(id), "remove or rename one") &&
                is_good;
    }
    const auto day = date(table, day_cell, "date");
    if (day) {
      dated_rows_.push_back({*day, table.at(day_cell)});
    }
    const int action = choice(table, table.cell(row, "action"), "action", kActions);
    PendingIntervention pending{.intervention = {.id = std::string(id.text),
                                                 .date = day.value_or(0),
                                                 .action = static_cast<InterventionAction>(std::max(action, 0)),
                                                 .note = std::string(table.cell(row, "note").text)},
                                .path = "",
                                .path_where = table.at(table.cell(row, "path"))};
    Intervention& change = pending.intervention;
    const bool may_lack_value =
        change.action == InterventionAction::pledge || change.action == InterventionAction::merge;
    if (value.text.empty() && !may_lack_value) {
      mistakes_.add(table.at(value), "no value",
                    change.action == InterventionAction::realign ? "write the new alignment"
                                                                 : "write the new value, or how many fighters");
    }
    const std::size_t before = given_.size();
    read_numbers(table, row, intervention_numbers(), fmt::format("interventions.{}.", id.text));
    if (action != kNone) {
      is_good = (is_allegiance(change.action)               ? read_allegiance(table, row, change)
                 : change.action == InterventionAction::set ? read_target(table, row, pending)
                                                            : read_fighters(table, row, change)) &&
                is_good;
    }
    if (is_good && day && action != kNone) {
      pending_.push_back(std::move(pending));
    } else {
      given_.resize(before);
    }
  }
  std::sort(pending_.begin(), pending_.end(), [](const PendingIntervention& x, const PendingIntervention& y) {
    return std::tie(x.intervention.date, x.intervention.id) < std::tie(y.intervention.date, y.intervention.id);
  });
  for (const PendingIntervention& p : pending_) {
    war_.interventions.push_back(p.intervention);
  }
}

}  // namespace truel::scenario
