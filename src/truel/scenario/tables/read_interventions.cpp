// interventions.csv: dated changes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "truel/base/index.hpp"
#include "truel/scenario/checks/warnings.hpp"
#include "truel/scenario/reader/reader.hpp"

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

bool Reader::read_target(const Table& table, const CsvRow& row, const PendingIntervention& pending) {
  constexpr auto kUseless = std::to_array<std::string_view>({"actor", "place_id", "other", "dissenters", "compliance"});
  refuse_cells(table, row, "set", kUseless);
  if (pending.path.empty()) {
    mistakes_.add(pending.path_where, "no path", "name the number to set, as actors.ID.kill_rate");
  }
  return !pending.path.empty();
}

bool Reader::read_fighters(const Table& table, const CsvRow& row, Intervention& change) {
  constexpr auto kUseless = std::to_array<std::string_view>({"path", "other", "dissenters", "compliance"});
  refuse_cells(table, row, kActions[static_cast<std::size_t>(change.action)], kUseless);
  const CsvCell actor = table.cell(row, "actor");
  const CsvCell place = table.cell(row, "place_id");
  change.actor = single_actor(table, actor, "actor");
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

ActorIndex Reader::single_actor(const Table& table, const CsvCell& cell, std::string_view kind) {
  if (!cell.text.empty() && actors_.find(cell.text) == kNone && actors_named(war_, cell.text).size() > 1) {
    mistakes_.add(table.at(cell), fmt::format("{} is more than one actor", in_quotes(cell.text)),
                  "only realign takes a set, a command or *: write a row for each actor");
    return kNone;
  }
  return reference(actors_, table, cell, kind, "actors.csv");
}

std::vector<ActorIndex> Reader::group(const Table& table, const CsvCell& cell, std::string_view kind) {
  const auto is_called = [&](const auto& thing) { return thing.id == cell.text; };
  const bool is_set = std::any_of(war_.actor_sets.begin(), war_.actor_sets.end(), is_called);
  std::vector<ActorIndex> members = actors_named(war_, cell.text);
  if (!members.empty()) {
    return members;
  }
  if (is_set) {
    mistakes_.add(table.at(cell), fmt::format("the set {} has no members", in_quotes(cell.text)),
                  "give it some in [sets.actors], or remove the row");
  } else if (cell.text.empty() || !are_sets_whole_ || !commands_.is_whole) {
    reference(actors_, table, cell, kind, "actors.csv");
  } else if (actors_.is_whole) {
    std::vector<std::string> known = actors_.names;
    known.insert(known.end(), commands_.names.begin(), commands_.names.end());
    for (const NamedSet& set : war_.actor_sets) {
      known.push_back(set.id);
    }
    mistakes_.add(table.at(cell), fmt::format("unknown {} {}", kind, in_quotes(cell.text)),
                  mistakes_.did_you_mean(cell.text, known, "name an actor, a command, a set of [sets.actors] or *"));
  }
  return {};
}

bool Reader::read_allegiance(const Table& table, const CsvRow& row, PendingIntervention& pending) {
  constexpr auto kUseless = std::to_array<std::string_view>({"path", "place_id"});
  Intervention& change = pending.intervention;
  const std::string& action = kActions[static_cast<std::size_t>(change.action)];
  refuse_cells(table, row, action, kUseless);
  const CsvCell actor = table.cell(row, "actor");
  const CsvCell other = table.cell(row, "other");
  const CsvCell dissenters = table.cell(row, "dissenters");
  const auto named = [&](const CsvCell& cell, std::string_view kind) {
    if (change.action == InterventionAction::realign) {
      return group(table, cell, kind);
    }
    const ActorIndex one = single_actor(table, cell, kind);
    return one == kNone ? std::vector<ActorIndex>() : std::vector<ActorIndex>{one};
  };
  pending.actors = named(actor, "actor");
  pending.others = named(other, "other actor");
  bool is_good = !pending.actors.empty() && !pending.others.empty();
  if (is_good) {
    change.actor = pending.actors[0];
    change.other = pending.others[0];
  }
  if (is_good && pending.actors.size() == 1 && pending.actors == pending.others) {
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
    change.dissenters = single_actor(table, dissenters, "dissenters");
    is_good = is_good && change.dissenters != kNone;
    const bool are_own =
        std::find(pending.actors.begin(), pending.actors.end(), change.dissenters) != pending.actors.end();
    if (is_air(change.dissenters)) {
      mistakes_.add(table.at(dissenters), "fighters who join the air actor " + in_quotes(dissenters.text),
                    "name a ground actor, or leave the cell empty: they go home");
    } else if (is_good &&
               (are_own || (change.action == InterventionAction::merge && change.dissenters == change.other))) {
      mistakes_.add(table.at(dissenters), fmt::format("dissenters who join {}", in_quotes(dissenters.text)),
                    "name a third actor, or leave the cell empty: they go home");
    }
  }
  return is_good;
}

std::optional<Distribution> Reader::read_event_date(const Table& table, const CsvRow& row, const std::string& prefix) {
  const CsvCell cell = table.cell(row, "date");
  const CsvCell own_basis = table.cell(row, "date_basis");
  const std::string_view own = own_basis.text;
  const bool has_own_basis = own.find_first_not_of(" \t") != std::string_view::npos;
  if (has_own_basis) {
    check_basis(own, table.at(own_basis));
  }
  if (cell.text.find("..") == std::string_view::npos && cell.text.find('(') == std::string_view::npos) {
    const auto day = date(table, cell, "date");
    if (!day) {
      return std::nullopt;
    }
    dated_rows_.push_back({*day, table.at(cell)});
    return Distribution{.a = static_cast<double>(*day), .is_date = true};
  }
  auto days = number(cell.text, table.at(cell), {.is_date = true});
  if (!days) {
    return std::nullopt;
  }
  dated_rows_.push_back({static_cast<Day>(checked_least(*days)), table.at(cell)});
  const CsvCell basis = has_own_basis ? own_basis : table.cell(row, "basis");
  if (basis.text.find_first_not_of(" \t") == std::string_view::npos) {
    mistakes_.add(table.at(cell), "an uncertain date without a basis",
                  "fill the column date_basis or basis of this row");
  } else if (!has_own_basis) {
    check_basis(basis.text, table.at(basis));
  }
  given_.push_back({prefix + "date", *days, std::string(basis.text), table.at(cell)});
  return days;
}

void Reader::read_interventions(const Table& table) {
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.is_whole()) {
      continue;
    }
    const CsvCell id = table.cell(row, "id");
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
    const std::string prefix = fmt::format("interventions.{}.", id.text);
    const std::size_t before = given_.size();
    const auto day = read_event_date(table, row, prefix);
    const int action = choice(table, table.cell(row, "action"), "action", kActions);
    PendingIntervention pending{.intervention = {.id = std::string(id.text),
                                                 .date = day ? static_cast<Day>(quantile(*day, 0.5)) : 0,
                                                 .action = static_cast<InterventionAction>(std::max(action, 0)),
                                                 .note = std::string(table.cell(row, "note").text)},
                                .path = std::string(table.cell(row, "path").text),
                                .path_where = table.at(table.cell(row, "path")),
                                .date_where = table.at(table.cell(row, "date")),
                                .actors = {},
                                .others = {}};
    Intervention& change = pending.intervention;
    const bool may_lack_value =
        change.action == InterventionAction::pledge || change.action == InterventionAction::merge;
    if (value.text.empty() && !may_lack_value) {
      mistakes_.add(table.at(value), "no value",
                    change.action == InterventionAction::realign ? "write the new alignment"
                                                                 : "write the new value, or how many fighters");
    }
    std::vector<ParameterInfo> numbers(intervention_numbers().begin(), intervention_numbers().end());
    for (ParameterInfo& info : numbers) {
      if (info.name == "value" && is_switch(pending.path)) {
        info.unit = kSwitch;
      }
    }
    read_numbers(table, row, numbers, prefix);
    if (action != kNone) {
      is_good = (is_allegiance(change.action)               ? read_allegiance(table, row, pending)
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
