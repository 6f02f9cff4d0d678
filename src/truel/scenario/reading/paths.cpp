#include "truel/scenario/reading/paths.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "truel/base/formats/did_you_mean.hpp"
#include "truel/base/geodesic.hpp"
#include "truel/base/index.hpp"
#include "truel/base/statistics/nearest.hpp"
#include "truel/scenario/checks/numbers_together.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/tables/tables.hpp"

namespace truel::scenario {
namespace {

// Each number that a line names takes some hundred bytes, and looking for it some nanoseconds.
constexpr std::size_t kMostNamed = 1'000'000;
constexpr std::size_t kMostLookedAt = 300'000'000;
/// So many names can be told in a hint.
constexpr std::size_t kFewNames = 20;
/// For so many mistakes of a file a column written short is looked for: a file of nothing but mistakes is read in
/// seconds, too.
constexpr int kMostLookedFor = 100;

/// Whose id stands behind the table of a path.
struct Owners {
  std::string_view noun, file;  ///< "": what the table has no id of
  std::vector<std::string> ids;
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

/// Where the package says what nobody may write as a column of this table; "": it may be a column.
std::string said_elsewhere(std::string_view table, std::string_view id, std::string_view column) {
  if (table == "places" && nearest(column, holder_words())) {
    return fmt::format("control.csv says who holds a place; `--set places.{}.control=ACTOR` changes it", id);
  }
  if (table == "actors" && (column == "fighters" || column == "strength" || column == "forces")) {
    return fmt::format("forces.csv has an actor's fighters, and their path is `forces.{}.PLACE.DATE`", id);
  }
  return {};
}

/// What the paths of this owner, "actors.government.", end with, where that is a column.
std::vector<std::string> columns_of(const Context& in, std::string_view owner) {
  std::vector<std::string> columns;
  if (owner.starts_with("forces.") || owner.starts_with("support.")) {
    return columns;
  }
  for (const std::string& known : in.paths.names) {
    if (known.starts_with(owner) && known.find('.', owner.size()) == std::string::npos) {
      columns.push_back(known.substr(owner.size()));
    }
  }
  return columns;
}

/// The column that somebody wrote short (`speed` of speed_km_per_day), nearly, or both. "": none is near.
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

/// "known are north, south"; of many the file that lists them.
std::string others_in(const Owners& of, std::string_view known) {
  return of.ids.empty()               ? "there is none"
         : of.ids.size() <= kFewNames ? fmt::format("{} are {}", known, fmt::join(of.ids, ", "))
                                      : fmt::format("{} lists all", of.file);
}

/// Where the id behind the table is nobody's: who was meant, or who is there, and what is wrong with the column. "":
/// the id is right, or there is none.
std::string hint_of_owner(const Context& in, std::string_view path) {
  const std::string_view table = path.substr(0, path.find('.'));
  const std::string_view rest = path.substr(table.size() + 1);
  const std::string_view id = rest.substr(0, rest.find('.'));
  const Owners of = owners_of(in.war, table);
  if (of.noun.empty() || std::find(of.ids.begin(), of.ids.end(), id) != of.ids.end()) {
    return {};
  }
  const std::string* near = nearest(id, of.ids);
  const std::string who = fmt::format("there is no {} {}", of.noun, in_quotes(id));
  // What somebody else of the table has says which columns there are.
  const std::string known = near ? *near : of.ids.empty() ? "" : of.ids.front();
  if (id.size() == rest.size()) {
    const std::string column = near ? "" : column_meant(id, columns_of(in, fmt::format("{}.{}.", table, known)));
    return near              ? fmt::format("{}; {}", who, did_you_mean(known))
           : !column.empty() ? did_you_mean(fmt::format("{}.*.{}", table, column))
                             : fmt::format("{}: {}", who, others_in(of, "known"));
  }
  const std::string meant = fmt::format("{}.{}{}", table, known, rest.substr(id.size()));
  const std::string owner = meant.substr(0, meant.rfind('.') + 1);
  std::string and_column;
  if (find_path(in, meant) == kNone) {
    const std::string_view column = path.substr(path.rfind('.') + 1);
    const std::string real = column_meant(column, columns_of(in, owner));
    and_column = said_elsewhere(table, near ? known : "ID", column);
    if (and_column.empty() && !real.empty()) {
      if (near) {
        return did_you_mean(owner + real);
      }
      and_column = fmt::format("the column is {}", in_quotes(real));
    }
  } else if (near) {
    return did_you_mean(meant);
  }
  if (and_column.empty()) {
    return near ? fmt::format("{}; {}", who, did_you_mean(known)) : fmt::format("{}: {}", who, others_in(of, "known"));
  }
  return near ? fmt::format("{} ({}); {}", who, did_you_mean(known), and_column)
              : fmt::format("{}, and {}; {}", who, and_column, others_in(of, fmt::format("known {}s", of.noun)));
}

/// Where a path ends before what it names: how one goes on, best to what the package says. "": it does not end early.
std::string hint_of_end(const Context& in, std::string_view path) {
  const std::string before = fmt::format("{}.", path);
  const std::string* first = nullptr;
  for (std::size_t i = 0; i < in.paths.names.size(); ++i) {
    const std::string& known = in.paths.names[i];
    if (!known.starts_with(before)) {
      continue;
    }
    if (in.war.parameters[i].is_given) {
      first = &known;
      break;
    }
    first = first ? first : &known;
  }
  return first == nullptr ? ""
         : first->find('.', before.size()) != std::string::npos
             ? fmt::format("write the whole path, such as {}", in_quotes(*first))
         : path.starts_with("scenario.") ? fmt::format("name a parameter, such as {}", in_quotes(*first))
                                         : fmt::format("name a column, such as {}", in_quotes(*first));
}

std::string hint_of(Context& in, std::string_view path, const Location& where) {
  // What scenario.toml calls laws.fire.on is scenario.laws.fire.on as a path.
  const bool is_toml_key = path.starts_with("laws.") || path.starts_with("thresholds.") || path.starts_with("terrain.");
  const std::string whole_path = (is_toml_key ? "scenario." : "") + std::string(path);
  const auto end = path.rfind('.');
  const bool may_look = in.mistakes.count(where.file) < kMostLookedFor;
  if (may_look) {
    if (std::string of_end = hint_of_end(in, whole_path); !of_end.empty()) {
      return of_end;
    }
  }
  if (end != std::string_view::npos && may_look) {
    if (std::string of_owner = hint_of_owner(in, path); !of_owner.empty()) {
      return of_owner;
    }
    const std::string_view table = path.substr(0, path.find('.'));
    const std::string_view column = path.substr(end + 1);
    const std::string_view id = end > table.size() ? path.substr(table.size() + 1, end - table.size() - 1) : "";
    if (std::string elsewhere = said_elsewhere(table, id, column); !elsewhere.empty()) {
      return elsewhere;
    }
    for (const ParameterInfo& info : law_parameters()) {
      const std::string_view law = info.name.substr(0, info.name.rfind('.') + 1);
      if (!info.formerly.empty() && path.ends_with(fmt::format("{}{}", law, info.formerly))) {
        return did_you_mean(fmt::format("scenario.{}", info.name));
      }
    }
    // Of an id or a law that is right one of its own columns, if any is near: it does not make up for another column.
    const std::string owner = whole_path.substr(0, whole_path.rfind('.') + 1);
    const std::vector<std::string> columns = columns_of(in, owner);
    if (!columns.empty()) {
      if (const std::string meant = column_meant(column, columns); !meant.empty()) {
        return did_you_mean(owner + meant);
      }
      return !owner.starts_with("scenario.") ? fmt::format("docs/parameters.md lists the columns of {}.csv", table)
             : columns.size() <= kFewNames
                 ? fmt::format("{} has {}", in_quotes(owner.substr(0, owner.size() - 1)), fmt::join(columns, ", "))
                 : "docs/parameters.md lists the parameters";
    }
  }
  // A path that lacks its table, or table and id: kill_rate, government.kill_rate.
  const std::string ending = '.' + std::string(path);
  const auto whole = std::find_if(in.paths.names.begin(), in.paths.names.end(),
                                  [&](const std::string& known) { return known.ends_with(ending); });
  if (may_look && whole != in.paths.names.end()) {
    const std::string_view table = std::string_view(*whole).substr(0, whole->find('.'));
    const bool is_column = path.find('.') == std::string_view::npos && table != "scenario";
    const auto ids = std::count(whole->begin(), whole->end(), '.') - 1;
    std::string meant = is_column ? std::string(table) : *whole;
    for (auto i = ids; is_column && i > 0; --i) {
      meant += ".*";
    }
    return did_you_mean(is_column ? meant + ending : meant);
  }
  return in.mistakes.did_you_mean(whole_path, in.paths.names,
                                  "docs/scenario-format.md lists the paths, such as actors.ID.kill_rate");
}

}  // namespace

bool may_be_lost(const Context& in, std::string_view path) {
  const std::string_view table = path.substr(0, path.find('.'));
  const auto has_mistakes = [&](std::string_view file) { return in.mistakes.count(in.package.label(file)) > 0; };
  if (table.find('*') != std::string_view::npos) {
    return !in.mistakes.empty();
  }
  if (table == "scenario") {
    return !in.terrains.is_whole;
  }
  if (!in.are_sets_whole && table != "commands" && table != "interventions") {
    return true;
  }
  if (table == "actors" || table == "ties" || table == "commands") {
    return !in.actors.is_whole || !in.commands.is_whole;
  }
  if (table == "places") {
    return !in.places.is_whole;
  }
  const std::string file = std::string(table) + ".csv";
  return std::find(known_files().begin(), known_files().end(), file) != known_files().end() && has_mistakes(file);
}

void lay_out(Context& in) {
  in.war.lay_out_parameters();
  // A road of unknown length is as long as the geodesic between its ends (Vincenty 1975).
  for (std::size_t l = 0; l < in.war.links.size(); ++l) {
    const Place& a = in.war.places[at(in.war.links[l].a)];
    const Place& b = in.war.places[at(in.war.links[l].b)];
    in.war.parameters[at(in.war.link(static_cast<int>(l), LinkParameter::road_km))].distribution.a =
        geodesic_km(a.latitude, a.longitude, b.latitude, b.longitude);
  }
  for (std::size_t f = 0; f < in.war.forces.size(); ++f) {
    in.war.parameters[at(in.war.force(static_cast<int>(f)))].greatest = force_numbers()[0].greatest;
  }
  in.paths.index.emplace(in.war);
  for (const GivenNumber& given : in.given) {
    if (const int index = find_path(in, given.path); index != kNone) {
      set_number(in, index, given.distribution, given.basis, given.where);
    }
  }
}

int find_path(const Context& in, std::string_view path) {
  return in.paths.index->find(path);
}

int resolve(Context& in, std::string_view path, const Location& where) {
  const int found = find_path(in, path);
  if (found == kNone && !may_be_lost(in, path)) {
    if (in.paths.names.empty()) {
      for (const Parameter& parameter : in.war.parameters) {
        in.paths.names.push_back(parameter.path);
      }
    }
    in.mistakes.add(where, "unknown path " + in_quotes(path), hint_of(in, path, where));
  }
  return found;
}

std::vector<int> resolve_all(Context& in, std::string_view path, const Location& where) {
  if (const int one = find_path(in, path); one != kNone) {
    return {one};
  }
  if (!in.paths.index->may_name_many(path)) {
    resolve(in, path, where);
    return {};
  }
  if (in.paths.has_named_too_many) {
    return {};
  }
  std::vector<int> numbers = in.paths.index->named(path, in.paths.n_looked_at);
  in.paths.n_named += numbers.size();
  if (in.paths.n_named > kMostNamed || in.paths.n_looked_at > kMostLookedAt) {
    in.paths.has_named_too_many = true;
    in.mistakes.add(where, "paths that name too many numbers",
                    fmt::format("`*` and sets may name {} numbers in a package, each line counted: name fewer of them",
                                kMostNamed));
    return {};
  }
  if (!numbers.empty() || may_be_lost(in, path)) {
    // Who says it of all means those of whom it can be said.
    if (!in.paths.misfits) {
      in.paths.misfits.emplace();
      for (const Misfit& misfit : misfits(in.war)) {
        in.paths.misfits->insert(misfit.number);
      }
    }
    std::vector<int> fitting;
    std::copy_if(numbers.begin(), numbers.end(), std::back_inserter(fitting),
                 [&](int number) { return !in.paths.misfits->contains(number); });
    return fitting.empty() ? numbers : fitting;
  }
  const PathIndex::PathFault wrong = in.paths.index->unmatched(path);
  if (wrong.is_empty_set) {
    in.mistakes.add(where, fmt::format("{} names no number", in_quotes(path)),
                    fmt::format("the set {} has no members: give it some in [sets]", in_quotes(wrong.part)));
  } else if (wrong.part.empty() || wrong.known.empty()) {
    in.mistakes.add(where, fmt::format("{} names no number", in_quotes(path)),
                    wrong.part.empty()
                        ? "a path has more parts, as in ties.*.*.alignment; see Paths in docs/scenario-format.md"
                        : fmt::format("a path of this table ends before {}", in_quotes(wrong.part)));
  } else {
    const std::string known = wrong.known.size() <= kFewNames
                                  ? fmt::format("known are {}", fmt::join(wrong.known, ", "))
                                  : "see Paths in docs/scenario-format.md";
    in.mistakes.add(
        where,
        fmt::format("{} names no number: {} {}", in_quotes(path),
                    wrong.is_group ? "nothing there is of" : "nothing there is called", in_quotes(wrong.part)),
        wrong.is_group ? known : in.mistakes.did_you_mean(wrong.part, wrong.known, known));
  }
  return {};
}

void check_value(Context& in, std::string_view name, const Parameter& parameter, const Distribution& d,
                 const Location& where) {
  if (parameter.is_date != d.is_date) {
    in.mistakes.add(where,
                    parameter.is_date ? fmt::format("{} is a date, not {}", name, to_string(d))
                                      : fmt::format("{} is a number, not the date {}", name, to_string(d)),
                    parameter.is_date ? "write a date (2016-05-01) or a range of dates (2016-05-01..2016-06-30)"
                                      : "let the path name dates alone, or numbers alone");
    return;
  }
  if (d.is_date && in.end && checked_least(d) > in.end->day) {
    in.mistakes.add(
        where, fmt::format("{} is after the end of the scenario", to_string(d)),
        fmt::format("the scenario ends on {}: change the date, switch the change off ({}), or change end in "
                    "scenario.toml",
                    format_date(in.end->day), "interventions.ID.on = false"));
    return;
  }
  check_range(in, name, parameter, d, where);
}

void check_values(Context& in, const PathLine& line, const Distribution& d, const Location& where) {
  const int before = in.mistakes.count(where.file);
  for (const int number : line.numbers) {
    const Parameter& parameter = in.war.parameters[at(number)];
    check_value(in, line.numbers.size() == 1 ? line.path : parameter.path, parameter, d, where);
    if (in.mistakes.count(where.file) > before) {
      return;  // one line, one mistake
    }
  }
}

std::vector<Precedence::Assignment> laid_by(Context& in, std::span<const PathLine> lines, bool is_layered) {
  Precedence found = most_special(lines, is_layered);
  for (const Precedence::Clash& clash : found.clashes) {
    const PathLine& first = lines[at(clash.first)];
    const PathLine& second = lines[at(clash.second)];
    if (clash.is_same) {
      in.mistakes.add(second.where, "duplicate path " + in_quotes(second.path),
                      fmt::format("the first is in line {}; remove one", first.where.line));
    } else {
      const std::string line = first.where.line > 0 ? fmt::format(" of line {}", first.where.line) : "";
      in.mistakes.add(second.where,
                      fmt::format("{} and {}{} both name {}, and neither is the more special", in_quotes(second.path),
                                  in_quotes(first.path), line, in_quotes(in.war.parameters[at(clash.number)].path)),
                      "give what both name a line of its own, or let one of them name less");
    }
  }
  return std::move(found.laid);
}

void set_number(Context& in, int index, const Distribution& distribution, const std::string& basis,
                const Location& where) {
  Parameter& parameter = in.war.parameters[at(index)];
  parameter.distribution = distribution;
  parameter.basis = basis;
  parameter.where = where;
  parameter.is_given = true;
}

}  // namespace truel::scenario
