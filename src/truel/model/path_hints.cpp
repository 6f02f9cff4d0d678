#include "truel/model/path_hints.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "truel/base/formats/did_you_mean.hpp"
#include "truel/base/formats/mistakes.hpp"
#include "truel/base/statistics/nearest.hpp"

namespace truel {
namespace {

/// So many names can be told in a hint.
constexpr std::size_t kFewNames = 20;
constexpr const char* kPathsAre = "docs/scenario-format.md lists the paths, such as actors.ID.kill_rate";

/// Whose id stands behind the table of a path.
struct Owners {
  std::string_view noun, file;  ///< "": what the table has no id of
  std::vector<std::string> ids;

  bool has(std::string_view id) const { return std::find(ids.begin(), ids.end(), id) != ids.end(); }
};

Owners owners_of(const War& war, std::string_view table) {
  if (table == "places" || table == "links") {
    return {"place", "places.csv", ids_of(war.places)};
  }
  if (table == "commands") {
    return {"command", "commands.csv", ids_of(war.commands)};
  }
  if (table == "interventions") {
    return {"change", "interventions.csv", ids_of(war.interventions)};
  }
  for (const std::string_view of_actors : {"actors", "ties", "forces", "support", "sponsors", "positions"}) {
    if (table == of_actors) {
      return {"actor", "actors.csv", ids_of(war.actors)};
    }
  }
  return {};
}

/// An id behind the table that nobody has: who was meant, or who there is.
struct Stranger {
  const Owners& owners;
  std::string_view id;
  const std::string* near = nearest(id, owners.ids);

  /// Somebody of the table, best who was meant, has its columns.
  std::string known() const { return near ? *near : owners.ids.empty() ? "" : owners.ids.front(); }

  /// of_column: what else is wrong, "" if nothing is.
  std::string hint(std::string_view of_column = "") const {
    const std::string others = owners.ids.empty() ? "there is none"
                               : owners.ids.size() <= kFewNames
                                   ? fmt::format("known {}s are {}", owners.noun, fmt::join(owners.ids, ", "))
                                   : fmt::format("{} lists all", owners.file);
    return fmt::format("there is no {} {}{}{}; {}", owners.noun, in_quotes(id), of_column.empty() ? "" : ", and ",
                       of_column, near ? did_you_mean(*near) : others);
  }
};

/// Of a path TABLE.FIRST.SECOND.column of which no number begins so, with a first id that there is: the second id that
/// nobody has, or the row that the table lacks. "": it is no such path.
std::string hint_of_pair(const Owners& owners, std::string_view table, std::string_view first,
                         std::string_view second) {
  if ((table == "ties" || table == "links") && !owners.has(second)) {
    return Stranger{owners, second}.hint();
  }
  const auto lacks = [&](std::string_view of_first, std::string_view of_second) {
    return fmt::format("{}.csv has no row of {} {} and {} {}: add one", table, of_first, in_quotes(first), of_second,
                       in_quotes(second));
  };
  return table == "sponsors"    ? lacks("recipient", "sponsor")
         : table == "positions" ? lacks("actor", "issue")
         : table == "links"     ? lacks("a", "b")
                                : "";
}

/// Where the package says what nobody may write as a column of this table; "": it may be a column.
std::string said_elsewhere(std::string_view table, std::string_view id, std::string_view column) {
  if (table == "places" && nearest(column, holder_words())) {
    return fmt::format("control.csv says who holds a place; `--set places.{}.control=ACTOR` changes it", id);
  }
  if (table == "places" && column == "people") {
    return did_you_mean(fmt::format("places.{}.population", id));
  }
  if (table == "actors" && (column == "fighters" || column == "strength" || column == "forces")) {
    return fmt::format("forces.csv has an actor's fighters, and their path is `forces.{}.PLACE.DATE`", id);
  }
  return {};
}

/// The column as it is, or what somebody wrote short (`speed` of speed_km_per_day), nearly, or both. "": none is near.
std::string column_meant(std::string_view column, std::span<const std::string> columns) {
  std::vector<std::string> first_words;
  for (const std::string& known : columns) {
    if (known.starts_with(column) && known.substr(column.size()).starts_with('_')) {
      return known;
    }
    first_words.push_back(known.substr(0, known.find('_')));
  }
  if (const std::string* near = nearest(column, columns)) {
    return *near;
  }
  const std::string* first = nearest(column, first_words);
  return first ? columns[static_cast<std::size_t>(first - first_words.data())] : "";
}

/// A number of a law by the name that it had.
std::string hint_of_renamed(std::string_view path) {
  for (const ParameterInfo& info : law_parameters()) {
    const std::string_view law = info.name.substr(0, info.name.rfind('.') + 1);
    if (!info.formerly.empty() && path == fmt::format("scenario.{}{}", law, info.formerly)) {
      return did_you_mean(fmt::format("scenario.{}", info.name));
    }
  }
  return {};
}

}  // namespace

std::span<const std::string> holder_words() {
  static const std::array kWords = std::to_array<std::string>({"control", "held_by", "holder", "owner"});
  return kWords;
}

PathHints::PathHints(const War& war, const PathIndex& index) : war_(war), index_(index) {
  names_.reserve(war.parameters.size());
  for (const Parameter& parameter : war.parameters) {
    names_.push_back(parameter.path);
  }
}

Diagnostic PathHints::fault_of(std::string_view path, bool is_brief) const {
  return {{}, "unknown path " + in_quotes(path), is_brief ? kPathsAre : hint_of(path)};
}

Diagnostic PathHints::fault_of_many(std::string_view path, bool is_brief) const {
  const PathIndex::PathFault wrong = index_.unmatched(path);
  std::string what = fmt::format("{} names no number", in_quotes(path));
  if (wrong.is_empty_set) {
    return {{}, what, fmt::format("the set {} has no members: give it some in [sets]", in_quotes(wrong.part))};
  }
  if (wrong.part.empty()) {
    return {{}, what, "a path has more parts, as in ties.*.*.alignment; see Paths in docs/scenario-format.md"};
  }
  if (wrong.known.empty()) {
    return {{}, what, fmt::format("a path of this table ends before {}", in_quotes(wrong.part))};
  }
  what += fmt::format(": nothing there is {} {}", wrong.is_group ? "of" : "called", in_quotes(wrong.part));
  const std::string known = wrong.known.size() <= kFewNames ? fmt::format("known are {}", fmt::join(wrong.known, ", "))
                                                            : "see Paths in docs/scenario-format.md";
  return {{}, what, wrong.is_group || is_brief ? known : did_you_mean(wrong.part, wrong.known, known)};
}

std::string PathHints::hint_of(std::string_view path) const {
  // What scenario.toml calls laws.fire.on is scenario.laws.fire.on as a path.
  const bool is_toml_key = path.starts_with("laws.") || path.starts_with("thresholds.") || path.starts_with("terrain.");
  const std::string whole = (is_toml_key ? "scenario." : "") + std::string(path);
  for (std::string told : {hint_of_end(whole), hint_of_renamed(whole), hint_of_parts(whole), hint_of_ending(path)}) {
    if (!told.empty()) {
      return told;
    }
  }
  return did_you_mean(whole, names_, kPathsAre);
}

/// Where a path ends before what it names: how one goes on, best to what the package says. "": it does not end early.
std::string PathHints::hint_of_end(std::string_view path) const {
  const std::string before = fmt::format("{}.", path);
  const std::string* first = nullptr;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i].starts_with(before) && (first == nullptr || war_.parameters[i].is_given)) {
      first = &names_[i];
      if (war_.parameters[i].is_given) {
        break;
      }
    }
  }
  if (first == nullptr) {
    return {};
  }
  const bool goes_on = first->find('.', before.size()) != std::string::npos;
  return fmt::format("{}, such as {}",
                     goes_on                         ? "write the whole path"
                     : path.starts_with("scenario.") ? "name a parameter"
                                                     : "name a column",
                     in_quotes(*first));
}

/// Of a path with a table: whose number it is and which. "": nothing can be said of them.
std::string PathHints::hint_of_parts(std::string_view path) const {
  if (path.find('.') == std::string_view::npos) {
    return {};
  }
  const std::string_view table = path.substr(0, path.find('.'));
  const std::string_view rest = path.substr(table.size() + 1);
  const std::string_view id = rest.substr(0, rest.find('.'));
  const std::string_view column = path.substr(path.rfind('.') + 1);
  const Owners owners = owners_of(war_, table);
  const Stranger stranger{owners, id};
  const bool is_stranger = !owners.noun.empty() && !owners.has(id);
  if (is_stranger && id == rest) {
    const std::string of_all = column_meant(id, columns_of(fmt::format("{}.{}.", table, stranger.known())));
    return stranger.near || of_all.empty() ? stranger.hint() : did_you_mean(fmt::format("{}.*.{}", table, of_all));
  }
  const std::string meant =
      owners.noun.empty() ? std::string(path) : fmt::format("{}.{}{}", table, stranger.known(), rest.substr(id.size()));
  const std::string owner = meant.substr(0, meant.rfind('.') + 1);
  const std::vector<std::string> columns = columns_of(owner);
  const bool is_column = index_.find(meant) != kNone;
  const std::string real = is_column ? std::string(column) : column_meant(column, columns);
  const std::string elsewhere =
      is_column ? "" : said_elsewhere(table, is_stranger && !stranger.near ? "ID" : stranger.known(), column);
  if (elsewhere.empty() && !real.empty() && (!is_stranger || stranger.near)) {
    return did_you_mean(owner + real);
  }
  if (is_stranger) {
    return stranger.hint(!elsewhere.empty() || is_column || real.empty() ? elsewhere
                                                                         : "the column is " + in_quotes(real));
  }
  if (!elsewhere.empty()) {
    return elsewhere;
  }
  if (columns.empty()) {
    const std::string_view behind = rest.substr(std::min(id.size() + 1, rest.size()));
    const std::string_view second = behind.substr(0, behind.find('.'));
    return second.size() + 1 + column.size() == behind.size() ? hint_of_pair(owners, table, id, second) : "";
  }
  // Of an id or a law that is right only its own columns are told: it does not make up for another column.
  return !owner.starts_with("scenario.") ? fmt::format("docs/parameters.md lists the columns of {}.csv", table)
         : columns.size() <= kFewNames
             ? fmt::format("{} has {}", in_quotes(owner.substr(0, owner.size() - 1)), fmt::join(columns, ", "))
             : "docs/parameters.md lists the parameters";
}

/// Of a path that lacks its table, or table and id: kill_rate, government.kill_rate. "": no path ends so.
std::string PathHints::hint_of_ending(std::string_view path) const {
  const std::string ending = fmt::format(".{}", path);
  const auto whole =
      std::find_if(names_.begin(), names_.end(), [&](const std::string& known) { return known.ends_with(ending); });
  if (whole == names_.end()) {
    return {};
  }
  const std::string table = whole->substr(0, whole->find('.'));
  if (path.find('.') != std::string_view::npos || table == "scenario") {
    return did_you_mean(*whole);
  }
  std::string of_all = table;
  for (auto ids = std::count(whole->begin(), whole->end(), '.') - 1; ids > 0; --ids) {
    of_all += ".*";
  }
  return did_you_mean(of_all + ending);
}

/// What the paths of this owner, "actors.government.", end with, where that is a column.
std::vector<std::string> PathHints::columns_of(std::string_view owner) const {
  std::vector<std::string> columns;
  if (owner.starts_with("forces.") || owner.starts_with("support.")) {
    return columns;
  }
  for (const std::string& known : names_) {
    if (known.starts_with(owner) && known.find('.', owner.size()) == std::string::npos) {
      columns.push_back(known.substr(owner.size()));
    }
  }
  return columns;
}

}  // namespace truel
