// interventions.csv: dated changes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "truel/base/index.hpp"
#include "truel/model/intervention_numbers.hpp"
#include "truel/model/readings.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/reading/paths.hpp"
#include "truel/scenario/tables/tables.hpp"

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

/// The columns that say nothing of an action.
std::span<const std::string_view> useless_columns(InterventionAction action) {
  static constexpr auto kOfSet =
      std::to_array<std::string_view>({"actor", "place_id", "other", "dissenters", "compliance"});
  static constexpr auto kFighters = std::to_array<std::string_view>(
      {"path", "other", "dissenters", "compliance", "ends_per_day", "half_rate_days", "ended_by", "ends_with"});
  static constexpr auto kLasting =
      std::to_array<std::string_view>({"path", "place_id", "ends_per_day", "half_rate_days", "ended_by", "ends_with"});
  return action == InterventionAction::set       ? kOfSet
         : !is_allegiance(action)                ? std::span<const std::string_view>(kFighters)
         : action == InterventionAction::realign ? std::span(kLasting).first<2>()
                                                 : std::span<const std::string_view>(kLasting);
}

/// Refuses what the row has in columns that say nothing of its action, and takes these out of the numbers to be read.
void refuse_cells(Context& in, const Table& table, const CsvRow& row, InterventionAction action,
                  std::vector<ParameterInfo>& numbers) {
  const auto refuse = [&](std::string_view column, const std::string& found, const std::string& how) {
    if (const CsvCell cell = table.cell(row, column); !cell.text.empty()) {
      in.mistakes.add(table.at(cell), found, how);
      std::erase_if(numbers, [&](const ParameterInfo& info) { return info.name == column; });
    }
  };
  for (const std::string_view column : useless_columns(action)) {
    refuse(column, fmt::format("{} of an action {}", named(column), kActions[static_cast<std::size_t>(action)]),
           "leave the cell empty");
  }
  if (const CsvCell other = table.cell(row, "ends_with"); !other.text.empty()) {
    for (const std::string_view column : {"ends_per_day", "half_rate_days"}) {
      refuse(column, fmt::format("{} beside ends_with", column),
             fmt::format("leave the cell empty: {} has it for both", in_quotes(other.text)));
    }
  }
}

bool read_target(Context& in, const PendingIntervention& pending) {
  if (pending.path.empty()) {
    in.mistakes.add(pending.path_where, "no path", "name the number to set, as actors.ID.kill_rate");
  }
  return !pending.path.empty();
}

ActorIndex single_actor(Context& in, const Table& table, const CsvCell& cell, std::string_view kind) {
  if (!cell.text.empty() && in.actors.find(cell.text) == kNone && actors_named(in.war, cell.text).size() > 1) {
    in.mistakes.add(table.at(cell), fmt::format("{} is more than one actor", in_quotes(cell.text)),
                    "only realign takes a set, a command or *: write a row for each actor");
    return kNone;
  }
  return reference(in, in.actors, table, cell, kind, "actors.csv");
}

bool read_fighters(Context& in, const Table& table, const CsvRow& row, Intervention& change) {
  const CsvCell actor = table.cell(row, "actor");
  const CsvCell place = table.cell(row, "place_id");
  change.actor = single_actor(in, table, actor, "actor");
  if (change.actor != kNone && in.war.actors[at(change.actor)].kind == ActorKind::air) {
    in.mistakes.add(table.at(actor), "fighters of the air actor " + in_quotes(actor.text),
                    "set its sorties_per_day instead");
  }
  if (change.action == InterventionAction::leave && (place.text.empty() || place.text == "*")) {
    change.place = kEverywhere;
    return change.actor != kNone;
  }
  change.place = reference(in, in.places, table, place, "place", "places.csv");
  return change.actor != kNone && change.place != kNone;
}

std::vector<ActorIndex> group_of(Context& in, const Table& table, const CsvCell& cell, std::string_view kind) {
  const auto is_called = [&](const auto& thing) { return thing.id == cell.text; };
  const bool is_set = std::any_of(in.war.actor_sets.begin(), in.war.actor_sets.end(), is_called);
  std::vector<ActorIndex> members = actors_named(in.war, cell.text);
  if (!members.empty()) {
    return members;
  }
  if (is_set) {
    in.mistakes.add(table.at(cell), fmt::format("the set {} has no members", in_quotes(cell.text)),
                    "give it some in [sets.actors], or remove the row");
  } else if (cell.text.empty() || !in.are_sets_whole || !in.commands.is_whole) {
    reference(in, in.actors, table, cell, kind, "actors.csv");
  } else if (in.actors.is_whole) {
    std::vector<std::string> known = in.actors.names;
    known.insert(known.end(), in.commands.names.begin(), in.commands.names.end());
    for (const NamedSet& set : in.war.actor_sets) {
      known.push_back(set.id);
    }
    in.mistakes.add(
        table.at(cell), fmt::format("unknown {} {}", kind, in_quotes(cell.text)),
        in.mistakes.did_you_mean(cell.text, known, "name an actor, a command, a set of [sets.actors] or *"));
  }
  return {};
}

bool read_allegiance(Context& in, const Table& table, const CsvRow& row, PendingIntervention& pending) {
  Intervention& change = pending.intervention;
  const std::string& action = kActions[static_cast<std::size_t>(change.action)];
  const CsvCell actor = table.cell(row, "actor");
  const CsvCell other = table.cell(row, "other");
  const CsvCell dissenters = table.cell(row, "dissenters");
  const auto named = [&](const CsvCell& cell, std::string_view kind) {
    if (change.action == InterventionAction::realign) {
      return group_of(in, table, cell, kind);
    }
    const ActorIndex one = single_actor(in, table, cell, kind);
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
    in.mistakes.add(table.at(other), fmt::format("the actor {} itself as the other", in_quotes(actor.text)),
                    fmt::format("name the actor with whom it is to {}", action));
  }
  const auto is_air = [&](ActorIndex a) { return a != kNone && in.war.actors[at(a)].kind == ActorKind::air; };
  for (const auto& [cell, party] : {std::pair(actor, change.actor), std::pair(other, change.other)}) {
    if (change.action == InterventionAction::merge && is_air(party)) {
      in.mistakes.add(table.at(cell), "a merger with the air actor " + in_quotes(cell.text),
                      "set the sorties_per_day of both instead");
    }
  }
  if (!dissenters.text.empty()) {
    change.dissenters = single_actor(in, table, dissenters, "dissenters");
    is_good = is_good && change.dissenters != kNone;
    const bool are_own =
        std::find(pending.actors.begin(), pending.actors.end(), change.dissenters) != pending.actors.end();
    if (is_air(change.dissenters)) {
      in.mistakes.add(table.at(dissenters), "fighters who join the air actor " + in_quotes(dissenters.text),
                      "name a ground actor, or leave the cell empty: they go home");
    } else if (is_good &&
               (are_own || (change.action == InterventionAction::merge && change.dissenters == change.other))) {
      in.mistakes.add(table.at(dissenters), fmt::format("dissenters who join {}", in_quotes(dissenters.text)),
                      "name a third actor, or leave the cell empty: they go home");
    }
  }
  return is_good;
}

std::optional<Distribution> read_event_date(Context& in, const Table& table, const CsvRow& row,
                                            const std::string& prefix) {
  const CsvCell cell = table.cell(row, "date");
  const CsvCell own_basis = table.cell(row, "date_basis");
  const std::string_view own = own_basis.text;
  const bool has_own_basis = own.find_first_not_of(" \t") != std::string_view::npos;
  if (has_own_basis) {
    check_basis(in, own, table.at(own_basis));
  }
  if (cell.text.find("..") == std::string_view::npos && cell.text.find('(') == std::string_view::npos) {
    const auto day = read_date(in, table, cell, "date");
    if (!day) {
      return std::nullopt;
    }
    in.dated_rows.push_back({*day, table.at(cell)});
    return Distribution{.a = static_cast<double>(*day), .is_date = true};
  }
  auto days = read_number(in, cell.text, table.at(cell), {.is_date = true});
  if (!days) {
    return std::nullopt;
  }
  in.dated_rows.push_back({static_cast<Day>(checked_least(*days)), table.at(cell)});
  const CsvCell basis = has_own_basis ? own_basis : table.cell(row, "basis");
  if (basis.text.find_first_not_of(" \t") == std::string_view::npos) {
    in.mistakes.add(table.at(cell), "an uncertain date without a basis",
                    "fill the column date_basis or basis of this row");
  } else if (!has_own_basis) {
    check_basis(in, basis.text, table.at(basis));
  }
  in.given.push_back({prefix + "date", *days, std::string(basis.text), table.at(cell)});
  return days;
}

/// That an intervention may change these numbers, and to its value.
void check_targets(Context& in, const PendingIntervention& pending, const Parameter& value,
                   std::span<const int> targets) {
  const int before = in.mistakes.count(pending.path_where.file);
  const bool is_to_check = value.is_given && !is_switch(pending.path);  // its row has been read as that of a switch
  for (const int target : targets) {
    const Parameter& changed = in.war.parameters[at(target)];
    for (const std::string_view part : {"forces.", "support.", "interventions."}) {
      if (changed.path.starts_with(part)) {
        in.mistakes.add(pending.path_where,
                        in_quotes(pending.path) + " is a dated number, which no intervention changes",
                        part == "forces." ? "use the actions arrive and leave" : "set a parameter instead");
      }
    }
    if (is_read_at_start(changed.path)) {
      in.mistakes.add(pending.path_where,
                      fmt::format("{} is read at the start of a run, so that no dated change of it does anything",
                                  in_quotes(changed.path)),
                      "give it in its table, in an account or by --set, and remove this row");
    }
    if (const NumberForm form = number_form(changed); is_to_check && form.has_steps()) {
      check_steps(in, pending.path, form, value.distribution, value.where);
    }
    if (in.mistakes.count(pending.path_where.file) > before) {
      return;
    }
  }
  if (is_to_check && !targets.empty()) {
    check_bounds(in, pending.path, value.least, value.greatest, value.distribution, value.where);
  }
}

}  // namespace

TableInfo interventions_table() {
  static constexpr std::array kColumns = std::to_array<ColumnInfo>({{"id", kNeeded},
                                                                    {"date", kNeeded},
                                                                    {"date_basis"},
                                                                    {"action", kNeeded},
                                                                    {"path"},
                                                                    {"actor"},
                                                                    {"place_id"},
                                                                    {"other"},
                                                                    {"dissenters"},
                                                                    {"ended_by"},
                                                                    {"ends_with"},
                                                                    {"only_with"},
                                                                    {"note"}});
  return {.file = "interventions.csv", .columns = kColumns, .numbers = kInterventionNumbers, .needs_number = true};
}

void read_interventions(Context& in) {
  const Table& table = in.table("interventions.csv");
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.is_whole()) {
      continue;
    }
    const CsvCell id = table.cell(row, "id");
    const CsvCell value = table.cell(row, "value");
    bool is_good = true;
    if (id.text.empty()) {
      in.mistakes.add(table.at(id), "a row without an id", "fill the column `id`");
      is_good = false;
    } else {
      is_good = is_good_id(in, id.text, false, table.at(id), "id");
      is_good =
          is_unseen(in, seen, std::string(id.text), "id " + in_quotes(id.text), table.at(id), "remove or rename one") &&
          is_good;
    }
    const std::string prefix = fmt::format("interventions.{}.", id.text);
    const std::size_t before = in.given.size();
    const auto day = read_event_date(in, table, row, prefix);
    const int action = read_choice(in, table, table.cell(row, "action"), "action", kActions);
    PendingIntervention pending{.intervention = {.id = std::string(id.text),
                                                 .date = day ? static_cast<Day>(quantile(*day, 0.5)) : 0,
                                                 .action = static_cast<InterventionAction>(std::max(action, 0)),
                                                 .note = std::string(table.cell(row, "note").text),
                                                 .ended_by = std::string(table.cell(row, "ended_by").text),
                                                 .ends_with = std::string(table.cell(row, "ends_with").text),
                                                 .only_with = std::string(table.cell(row, "only_with").text)},
                                .path = std::string(table.cell(row, "path").text),
                                .path_where = table.at(table.cell(row, "path")),
                                .date_where = table.at(table.cell(row, "date")),
                                .ended_by_where = table.at(table.cell(row, "ended_by")),
                                .ends_with_where = table.at(table.cell(row, "ends_with")),
                                .only_with_where = table.at(table.cell(row, "only_with")),
                                .actors = {},
                                .others = {}};
    Intervention& change = pending.intervention;
    const bool may_lack_value =
        change.action == InterventionAction::pledge || change.action == InterventionAction::merge;
    if (value.text.empty() && !may_lack_value) {
      in.mistakes.add(table.at(value), "no value",
                      change.action == InterventionAction::realign ? "write the new alignment"
                                                                   : "write the new value, or how many fighters");
    }
    std::vector<ParameterInfo> numbers(kInterventionNumbers.begin(), kInterventionNumbers.end());
    for (ParameterInfo& info : numbers) {
      if (info.name == "value" && is_switch(pending.path)) {
        info.unit = kSwitch;
      }
    }
    if (action != kNone) {
      refuse_cells(in, table, row, change.action, numbers);
    }
    read_numbers(in, table, row, numbers, prefix);
    if (action != kNone) {
      is_good = (is_allegiance(change.action)               ? read_allegiance(in, table, row, pending)
                 : change.action == InterventionAction::set ? read_target(in, pending)
                                                            : read_fighters(in, table, row, change)) &&
                is_good;
    }
    if (is_good && day && action != kNone) {
      in.interventions.push_back(std::move(pending));
    } else {
      in.given.resize(before);
    }
  }
  // Parts of another change come last, so that no draw moves where one change is told in two rows.
  const auto place = [](const PendingIntervention& p) {
    return std::tuple(!p.intervention.only_with.empty(), p.intervention.date, std::string_view(p.intervention.id));
  };
  std::sort(in.interventions.begin(), in.interventions.end(),
            [&](const PendingIntervention& x, const PendingIntervention& y) { return place(x) < place(y); });
  for (const PendingIntervention& p : in.interventions) {
    in.war.interventions.push_back(p.intervention);
  }
}

void finish_interventions(Context& in) {
  std::vector<PendingIntervention> kept = std::move(in.interventions);
  std::vector<Intervention> single = std::move(in.war.interventions);
  in.war.interventions.clear();
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const PendingIntervention& p = kept[i];
    Intervention change = single[i];
    const auto is_end = [&](const PendingIntervention& other) {
      return other.intervention.id == change.ended_by && other.intervention.date > change.date;
    };
    if (!change.ended_by.empty() && std::none_of(kept.begin(), kept.end(), is_end)) {
      in.mistakes.add(p.ended_by_where, fmt::format("no later change {}", in_quotes(change.ended_by)),
                      "name the id of the row that ends this one, or leave the cell empty");
    }
    const auto has_own_end = [&](const Intervention& other) {
      return other.id == change.ends_with && other.ends != kNone && other.ends_with.empty();
    };
    if (!change.ends_with.empty() && std::none_of(single.begin(), single.end(), has_own_end)) {
      in.mistakes.add(p.ends_with_where,
                      fmt::format("no change {} with an end of its own", in_quotes(change.ends_with)),
                      "name the id of a set or realign whose ends_per_day holds for this row, too, or leave the cell "
                      "empty");
    }
    const auto is_whole = [&](const Intervention& other) {
      return other.id == change.only_with && other.only_with.empty() && other.date <= change.date;
    };
    if (!change.only_with.empty() && std::none_of(single.begin(), single.end(), is_whole)) {
      in.mistakes.add(p.only_with_where,
                      fmt::format("no change {} by then that depends on no other", in_quotes(change.only_with)),
                      "name the id of a row of that day or before, or leave the cell empty: it happens by itself");
    }
    Parameter& value = in.war.parameters[at(change.value)];
    Parameter& when = in.war.parameters[at(change.when)];
    if (!when.is_given) {  // the day is a part of the change that the value measures
      when.basis = value.basis;
      when.where = p.date_where;
    }
    value.least = 0;
    value.greatest = force_numbers()[0].greatest;
    if (is_allegiance(change.action)) {
      value.least = change.action == InterventionAction::realign ? -1 : 0;
      value.greatest = 1;
    }
    const std::size_t first = in.war.interventions.size();
    if (change.action == InterventionAction::set) {
      const std::vector<int> targets = resolve_all(in, p.path, p.path_where);
      value.least = -kUnbounded;
      value.greatest = kUnbounded;
      for (const int target : targets) {
        const Parameter& changed = in.war.parameters[at(target)];
        value.least = std::max(value.least, changed.least);
        value.greatest = std::min(value.greatest, changed.greatest);
        change.target = target;
        in.war.interventions.push_back(change);
      }
      check_targets(in, p, value, targets);
    } else if (change.action == InterventionAction::realign) {
      for (const ActorIndex actor : p.actors) {
        const int compliance = single[i].compliance;
        change.compliance = compliance;
        for (const ActorIndex other : p.others) {
          if (actor != other) {
            change.actor = actor;
            change.other = other;
            in.war.interventions.push_back(change);
            change.compliance = kNone;  // those who do not follow an actor leave it once
          }
        }
      }
    } else {
      in.war.interventions.push_back(change);
    }
    const std::size_t n = in.war.interventions.size() - first;
    for (std::size_t row = first; row < in.war.interventions.size(); ++row) {
      in.war.interventions[row].is_of_many = n > 1;
      in.war.interventions[row].is_more = row > first;
    }
    if (value.is_given && change.action != InterventionAction::set) {
      check_bounds(in, "value", value.least, value.greatest, value.distribution, value.where);
    }
  }
}

}  // namespace truel::scenario
