#include "truel/scenario/reading/paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "truel/base/geodesic.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/checks/numbers_together.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/tables/tables.hpp"

namespace truel::scenario {
namespace {

// Each number that a line names takes some hundred bytes, and looking for it some nanoseconds.
constexpr std::size_t kMostNamed = 1'000'000;
constexpr std::size_t kMostLookedAt = 300'000'000;
/// For so many mistakes of a file it is looked for what was meant: a file of nothing but mistakes is read in seconds,
/// too.
constexpr int kMostLookedFor = 100;

/// Adds what is wrong with a path that names nothing.
void add_fault(Context& in, std::string_view path, const Location& where, bool is_of_many) {
  if (!in.paths.hints) {
    in.paths.hints.emplace(in.war, *in.paths.index);
  }
  const bool is_brief = in.mistakes.count(where.file) >= kMostLookedFor;
  Diagnostic fault =
      is_of_many ? in.paths.hints->fault_of_many(path, is_brief) : in.paths.hints->fault_of(path, is_brief);
  in.mistakes.add(where, std::move(fault.what), std::move(fault.hint));
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
    add_fault(in, path, where, false);
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
  add_fault(in, path, where, true);
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
