#include "truel/scenario/reader.hpp"

#include <fmt/format.h>

#include <GeographicLib/Geodesic.hpp>
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <exception>
#include <iterator>
#include <utility>

#include "truel/base/index.hpp"
#include "truel/base/utf8.hpp"
#include "truel/model/basis.hpp"
#include "truel/scenario/checks/warnings.hpp"
#include "truel/scenario/formats/map_geojson.hpp"
#include "truel/scenario/formats/sources.hpp"

namespace truel::scenario {
namespace {

// The pairs of actors are laid out as one table.
constexpr std::size_t kMostActors = 256;
constexpr std::size_t kMostPlaces = 100'000;
// Each number that a line names takes some hundred bytes, and looking for it some nanoseconds.
constexpr std::size_t kMostNamed = 1'000'000;
constexpr std::size_t kMostLookedAt = 300'000'000;
/// So many names can be told in a hint.
constexpr std::size_t kFewNames = 20;

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_id(std::string_view text, bool is_claim) {
  if (text.empty() || text.size() > kLongestId || !(is_lower(text[0]) || (is_claim && is_upper(text[0])))) {
    return false;
  }
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_lower(c) || is_digit(c) || c == '_' || (is_claim && is_upper(c)); });
}

/// An id made of a text, or "" if nothing in it can stay.
std::string as_id(std::string_view text) {
  std::string id;
  for (const char c : trimmed(text).substr(0, kLongestId)) {
    const char lower = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    const bool is_kept = is_lower(lower) || (is_digit(lower) && !id.empty());
    if (is_kept) {
      id += lower;
    } else if (!id.empty() && id.back() != '_') {
      id += '_';
    }
  }
  while (id.ends_with('_')) {
    id.pop_back();
  }
  return id;
}

}  // namespace

void Ids::set(std::vector<std::string> unsorted) {
  names = std::move(unsorted);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  index.clear();
  for (std::size_t i = 0; i < names.size(); ++i) {
    index.emplace(names[i], static_cast<int>(i));
  }
}

int Ids::find(std::string_view name) const {
  const auto found = index.find(std::string(name));
  return found == index.end() ? kNone : found->second;
}

Reader::Reader(const PackageFiles& package, const Overlay& overlay, Mistakes mistakes)
    : package_(package), overlay_(overlay), mistakes_(std::move(mistakes)) {
  for (const std::string& name : known_files()) {
    mistakes_.announce(package.label(name));
    warnings_.announce(package.label(name));
  }
}

Result<War> Reader::read() {
  war_.folder = package_.folder;
  war_.sha256 = package_sha256(package_);

  std::map<std::string_view, Table> table;
  for (const TableInfo& info : tables()) {
    table.emplace(info.file, Table(info, package_, mistakes_));
  }
  if (const PackageFile* file = package_.find("sources.json"); file != nullptr) {
    const std::string label = package_.label(file->name);
    if (const auto text = text_of(*file, label, mistakes_)) {
      war_.sources = parse_sources(*text, label, mistakes_);
    }
    sources_.is_whole = mistakes_.count(label) == 0;
  }
  if (const PackageFile* file = package_.find("map.geojson"); file != nullptr) {
    const std::string label = package_.label(file->name);
    if (const auto text = text_of(*file, label, mistakes_)) {
      war_.ground = parse_map(*text, label, mistakes_);
    }
  }
  std::vector<std::string> source_ids;
  for (const Source& source : war_.sources) {
    source_ids.push_back(source.id);
  }
  sources_.set(std::move(source_ids));
  collect_ids(table.at("commands.csv"), "id", false, commands_, command_rows_);
  collect_ids(table.at("actors.csv"), "id", false, actors_, actor_rows_);
  collect_ids(table.at("places.csv"), "place_id", false, places_, place_rows_);
  collect_ids(table.at("claims.csv"), "id", true, claims_, claim_rows_);
  collect_ids(table.at("topics.csv"), "id", false, topics_, topic_rows_);
  const auto limit = [&](const Ids& ids, std::size_t most, std::string_view file, std::string_view what) {
    const Table& source = table.at(file);
    if (ids.names.empty() && source.is_whole() && source.is_present()) {
      mistakes_.add({source.label(), 1, 0}, fmt::format("no {}", what), "add at least one row");
    }
    if (ids.names.size() > most) {
      mistakes_.add({source.label(), 1, 0}, fmt::format("{} {}", ids.names.size(), what),
                    fmt::format("keep at most {}", most));
    }
    return ids.names.size() <= most;
  };
  if (!limit(actors_, kMostActors, "actors.csv", "actors") || !limit(places_, kMostPlaces, "places.csv", "places")) {
    return mistakes_.take();
  }

  read_scenario_toml();
  read_commands(table.at("commands.csv"));
  read_actors(table.at("actors.csv"));
  read_places(table.at("places.csv"));
  read_links(table.at("links.csv"));
  read_control(table.at("control.csv"));
  read_forces(table.at("forces.csv"));
  read_support(table.at("support.csv"));
  read_ties(table.at("ties.csv"));
  read_sponsors(table.at("sponsors.csv"));
  read_seats(table.at("positions.csv"));
  read_topics(table.at("topics.csv"));
  read_claims(table.at("claims.csv"));
  read_aliases(table.at("aliases.csv"));
  read_sets();
  read_interventions(table.at("interventions.csv"));
  lay_out();
  finish_interventions();
  for (const PackageFile& file : package_.files) {
    if (is_account(file)) {
      read_account(file);
    }
  }
  lay_accounts_over();
  read_checks();
  read_questions();
  apply_overlay();
  check_connected(table.at("places.csv"), table.at("links.csv"));
  check_spells();
  check_dates();
  check_forces_begin();
  check_shares();
  check_support();
  check_thresholds();
  for (Diagnostic& fault : law_faults(war_)) {
    mistakes_.add(std::move(fault.where), std::move(fault.what), std::move(fault.hint));
  }
  check_air_and_ground();
  if (!mistakes_.empty()) {
    return mistakes_.take();
  }
  warn();
  return std::move(war_);
}

void Reader::collect_ids(const Table& table, std::string_view column, bool is_claim, Ids& ids,
                         std::vector<int>& row_index) {
  ids.is_whole = table.is_whole();
  std::vector<std::string> names;
  std::map<std::string, int> seen;
  std::vector<std::string> of_row;
  for (const CsvRow& row : table.rows()) {
    const CsvCell cell = table.cell(row, column);
    const std::string id(cell.text);
    bool is_first = false;
    if (id.empty()) {
      if (row.is_whole && table.has(column)) {
        mistakes_.add(table.at(cell), "a row without an id", "fill the column " + in_quotes(column));
      }
    } else {
      if (row.is_whole) {
        is_good_id(id, is_claim, table.at(cell), "id");
      }
      is_first = unique(seen, id, "id " + in_quotes(id), table.at(cell), "remove or rename one");
      if (id.size() <= kLongestId) {
        names.push_back(id);
      } else {
        ids.is_whole = false;  // every number of the thing would carry it in its path
        is_first = false;
      }
    }
    of_row.push_back(is_first && row.is_whole ? id : "");
  }
  ids.set(std::move(names));
  for (const std::string& id : of_row) {
    row_index.push_back(id.empty() ? kNone : ids.find(id));
  }
}

bool Reader::unique(std::map<std::string, int>& seen, const std::string& key, std::string_view what,
                    const Location& where, std::string_view hint) {
  const auto [first, is_new] = seen.try_emplace(key, where.line);
  if (!is_new) {
    mistakes_.add(where, fmt::format("duplicate {}", what),
                  fmt::format("the first is in line {}; {}", first->second, hint));
  }
  return is_new;
}

bool Reader::is_good_id(std::string_view text, bool is_claim, const Location& where, std::string_view kind) {
  if (is_id(text, is_claim)) {
    return true;
  }
  const std::string better = as_id(text);
  std::string hint = is_claim ? "an id has letters, digits and _, and starts with a letter"
                              : "an id has small letters, digits and _, and starts with a letter";
  if (text.size() > kLongestId) {
    hint = fmt::format("an id has at most {} characters", kLongestId);
  } else if (!better.empty()) {
    hint += ": write " + better;
  }
  mistakes_.add(where, fmt::format("malformed {} {}", kind, in_quotes(text)), std::move(hint));
  return false;
}

int Reader::reference(const Ids& ids, const Table& table, const CsvCell& cell, std::string_view kind,
                      std::string_view listed_in) {
  if (cell.text.empty()) {
    mistakes_.add(table.at(cell), fmt::format("no {}", kind), "fill the cell");
    return kNone;
  }
  const int found = ids.find(cell.text);
  if (found == kNone && ids.is_whole) {
    mistakes_.add(table.at(cell), fmt::format("unknown {} {}", kind, in_quotes(cell.text)),
                  mistakes_.did_you_mean(cell.text, ids.names, fmt::format("add it to {}", listed_in)));
  }
  return found;
}

std::optional<Day> Reader::date(const Table& table, const CsvCell& cell, std::string_view what) {
  if (cell.text.empty()) {
    mistakes_.add(table.at(cell), fmt::format("no {}", what), "write a date as YYYY-MM-DD");
    return std::nullopt;
  }
  const auto day = parse_date(cell.text);
  if (!day) {
    mistakes_.add(table.at(cell), "impossible date " + in_quotes(cell.text),
                  "write a day of the calendar as YYYY-MM-DD");
  }
  return day;
}

void Reader::check_basis(std::string_view basis, const Location& where) {
  const std::vector<BasisPart> parts = basis_parts(basis);
  for (const BasisPart& part : parts) {
    if (part.kind == BasisKind::assumed) {
      if (part.rest.empty()) {
        mistakes_.add(where, "an assumption without a reason", "write assumed: why");
      }
    } else if (part.kind == BasisKind::source) {
      if (sources_.is_whole && sources_.find(part.id) == kNone) {
        mistakes_.add(where, "unknown source " + in_quotes(part.id),
                      mistakes_.did_you_mean(part.id, sources_.names, "add it to sources.json"));
      }
    } else if (part.kind == BasisKind::other || !is_id(part.id, true)) {
      mistakes_.add(where, "a basis that is no claim, source or assumption: " + in_quotes(part.text),
                    "write the id of a claim, source:ID, or assumed: why, and `;` only between them");
    } else if (claims_.is_whole && claims_.find(part.id) == kNone) {
      mistakes_.add(where, "unknown claim " + in_quotes(part.id),
                    mistakes_.did_you_mean(part.id, claims_.names, "add it to claims.csv, or write assumed: why"));
    }
  }
  if (parts.empty()) {
    mistakes_.add(where, "a number without a basis", "write the id of a claim, source:ID, or assumed: why");
  }
}

void Reader::check_bounds(std::string_view name, double least, double greatest, const Distribution& d,
                          const Location& where) {
  const double low = checked_least(d);
  const double high = checked_greatest(d);
  if (low >= least && high <= greatest) {
    return;
  }
  const bool is_above = high > greatest;
  std::string hint = fmt::format("keep it within {:.10g} and {:.10g}", least, greatest);
  if (is_above && greatest == 1 && high <= 100 && d.is_value()) {
    hint += fmt::format("; write {:.10g} for {:.10g} %", high / 100, high);
  }
  mistakes_.add(where,
                fmt::format("{} {} {:.10g}, {} its {} value {:.10g}", name,
                            d.is_value()     ? "is"
                            : is_thinning(d) ? "is about"
                                             : "can be",
                            is_above ? high : low, is_above ? "above" : "below", is_above ? "greatest" : "least",
                            is_above ? greatest : least),
                std::move(hint));
}

bool is_switch(std::string_view path) {
  const auto is_one = [&](std::span<const ParameterInfo> infos, std::string_view name) {
    return std::any_of(infos.begin(), infos.end(),
                       [&](const ParameterInfo& info) { return info.unit == kSwitch && info.name == name; });
  };
  const std::string_view table = path.substr(0, path.find('.'));
  const std::string_view name = path.substr(path.rfind('.') + 1);
  return table == "scenario"    ? path.starts_with("scenario.terrain.") ? is_one(terrain_parameters(), name)
                                                                        : is_one(law_parameters(), path.substr(9))
            : table == "actors" ? is_one(actor_parameters(), name)
         : table == "commands"  ? is_one(command_parameters(), name)
         : table == "places"    ? is_one(place_parameters(), name)
         : table == "links"     ? is_one(link_parameters(), name)
         : table == "ties"      ? is_one(tie_parameters(), name)
         : table == "sponsors"  ? is_one(sponsor_parameters(), name)
         : table == "positions" ? is_one(position_parameters(), name)
                                : table == "interventions" && is_one(intervention_numbers(), name);
}

void Reader::check_steps(std::string_view name, bool is_switch, std::string_view words, const Distribution& d,
                         const Location& where) {
  const auto is_whole = [](double x) { return x == std::floor(x); };
  const bool is_good = d.kind == DistributionKind::either ? std::all_of(d.among.begin(), d.among.end(), is_whole)
                                                          : d.is_value() && is_whole(d.a);
  if (is_good || (!is_switch && words.empty())) {
    return;
  }
  mistakes_.add(
      where, fmt::format("{} is {}, between the values of a {}", name, to_string(d), is_switch ? "switch" : "choice"),
      is_switch ? std::string("write true or false, or either(0, 1) where nobody knows")
                : fmt::format("write one of {}", fmt::join(words_of(words), ", ")));
}

void Reader::check_range(std::string_view name, const Parameter& parameter, const Distribution& d,
                         const Location& where) {
  check_bounds(name, parameter.least, parameter.greatest, d, where);
  check_steps(name, is_switch(parameter.path), parameter.words, d, where);
}

void Reader::check_range(const ParameterInfo& info, std::string_view name, const Distribution& d,
                         const Location& where) {
  check_bounds(name, info.least, info.greatest, d, where);
  check_steps(name, info.unit == kSwitch, info.words, d, where);
}

std::vector<std::string> words_of(std::string_view words) {
  std::vector<std::string> known;
  while (!words.empty()) {
    const auto space = words.find(' ');
    known.emplace_back(words.substr(0, space));
    words = space == std::string_view::npos ? std::string_view{} : words.substr(space + 1);
  }
  return known;
}

std::optional<Distribution> Reader::number(std::string_view text, const Location& where, std::string_view words,
                                           bool is_date) {
  const std::vector<std::string> known = words_of(words);
  if (const auto word = std::find(known.begin(), known.end(), trimmed(text)); word != known.end()) {
    return Distribution{.a = static_cast<double>(word - known.begin())};
  }
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
  };
  if (!known.empty() && std::all_of(text.begin(), text.end(), is_letter)) {
    mistakes_.add(where, "unknown choice " + in_quotes(text),
                  mistakes_.did_you_mean(text, known, fmt::format("known are {}", fmt::join(known, ", "))));
    return std::nullopt;
  }
  Result<Distribution> parsed = is_date ? parse_dates(text) : parse_number(text);
  if (parsed) {
    return *parsed;
  }
  for (const Diagnostic& d : parsed.error()) {
    mistakes_.add(where, d.what, d.hint);
  }
  return std::nullopt;
}

int Reader::read_numbers(const Table& table, const CsvRow& row, std::span<const ParameterInfo> infos,
                         const std::string& prefix) {
  int count = 0;
  for (const ParameterInfo& info : infos) {
    const CsvCell cell = table.cell(row, info.name);
    if (cell.text.empty()) {
      if (const CsvCell alone = table.cell(row, std::string(info.name) + "_basis"); !trimmed(alone.text).empty()) {
        warnings_.add(table.at(alone), fmt::format("a basis without its number {}", info.name),
                      "fill the cell, or empty this one");
      }
      continue;
    }
    const Location where = table.at(cell);
    const bool is_choice = !info.words.empty();
    std::optional<Distribution> distribution;
    if (!is_choice) {
      distribution = number(cell.text, where);
    } else if (const int chosen = choice(table, cell, info.name, words_of(info.words)); chosen != kNone) {
      distribution = Distribution{.a = static_cast<double>(chosen)};
    }
    CsvCell basis = table.cell(row, std::string(info.name) + "_basis");
    if (trimmed(basis.text).empty()) {
      basis = table.cell(row, "basis");
    }
    const bool has_basis = !trimmed(basis.text).empty();
    if (has_basis) {
      check_basis(basis.text, table.at(basis));
    } else if (!is_choice) {
      mistakes_.add(where, "a number without a basis",
                    fmt::format("fill the column {}_basis or basis of this row", info.name));
    }
    if (distribution) {
      check_range(info, info.name, *distribution, where);
      given_.push_back(
          {prefix + std::string(info.name), *distribution, std::string(has_basis ? basis.text : kSwitch), where});
      ++count;
    }
  }
  return count;
}

void Reader::lay_out() {
  war_.lay_out_parameters();
  // A road of unknown length is as long as the geodesic between its ends (Karney 2013).
  for (std::size_t l = 0; l < war_.links.size(); ++l) {
    const Place& a = war_.places[at(war_.links[l].a)];
    const Place& b = war_.places[at(war_.links[l].b)];
    double metres = 0;
    GeographicLib::Geodesic::WGS84().Inverse(a.latitude, a.longitude, b.latitude, b.longitude, metres);
    war_.parameters[at(war_.link(static_cast<int>(l), LinkParameter::road_km))].distribution.a = metres / 1000;
  }
  for (std::size_t f = 0; f < war_.forces.size(); ++f) {
    war_.parameters[at(war_.force(static_cast<int>(f)))].greatest = force_numbers()[0].greatest;
  }
  path_index_.emplace(war_);
  for (const Given& given : given_) {
    if (const int index = find_path(given.path); index != kNone) {
      write(index, given.distribution, given.basis, given.where);
    }
  }
}

int Reader::find_path(std::string_view path) const {
  return path_index_->find(path);
}

bool Reader::may_be_lost(std::string_view path) const {
  const std::string_view table = path.substr(0, path.find('.'));
  const auto has_mistakes = [&](std::string_view file) { return mistakes_.count(package_.label(file)) > 0; };
  if (table.find('*') != std::string_view::npos) {
    return !mistakes_.empty();
  }
  if (table == "scenario") {
    return !terrains_.is_whole;
  }
  if (!are_sets_whole_ && table != "commands" && table != "interventions") {
    return true;
  }
  if (table == "actors" || table == "ties" || table == "commands") {
    return !actors_.is_whole || !commands_.is_whole;
  }
  if (table == "places") {
    return !places_.is_whole;
  }
  const std::string file = std::string(table) + ".csv";
  return std::find(known_files().begin(), known_files().end(), file) != known_files().end() && has_mistakes(file);
}

int Reader::resolve(std::string_view path, const Location& where) {
  const int found = find_path(path);
  if (found == kNone && !may_be_lost(path)) {
    if (paths_.empty()) {
      for (const Parameter& parameter : war_.parameters) {
        paths_.push_back(parameter.path);
      }
    }
    // What scenario.toml calls laws.fire.on is scenario.laws.fire.on as a path.
    const bool is_toml_key =
        path.starts_with("laws.") || path.starts_with("thresholds.") || path.starts_with("terrain.");
    mistakes_.add(where, "unknown path " + in_quotes(path),
                  mistakes_.did_you_mean(is_toml_key ? "scenario." + std::string(path) : std::string(path), paths_,
                                         "docs/scenario-format.md lists the paths, such as actors.ID.kill_rate"));
  }
  return found;
}

std::vector<int> Reader::resolve_all(std::string_view path, const Location& where) {
  if (const int one = find_path(path); one != kNone) {
    return {one};
  }
  if (!path_index_->may_name_many(path)) {
    resolve(path, where);
    return {};
  }
  if (has_named_too_many_) {
    return {};
  }
  std::vector<int> numbers = path_index_->named(path, n_looked_at_);
  n_named_ += numbers.size();
  if (n_named_ > kMostNamed || n_looked_at_ > kMostLookedAt) {
    has_named_too_many_ = true;
    mistakes_.add(where, "paths that name too many numbers",
                  fmt::format("`*` and sets may name {} numbers in a package, each line counted: name fewer of them",
                              kMostNamed));
    return {};
  }
  if (!numbers.empty() || may_be_lost(path)) {
    // Who says it of all means those of whom it can be said.
    if (!misfits_) {
      misfits_.emplace();
      for (const Misfit& misfit : misfits()) {
        misfits_->insert(misfit.number);
      }
    }
    std::vector<int> fitting;
    std::copy_if(numbers.begin(), numbers.end(), std::back_inserter(fitting),
                 [&](int number) { return !misfits_->contains(number); });
    return fitting.empty() ? numbers : fitting;
  }
  const PathIndex::Unmatched wrong = path_index_->unmatched(path);
  if (wrong.is_empty_set) {
    mistakes_.add(where, fmt::format("{} names no number", in_quotes(path)),
                  fmt::format("the set {} has no members: give it some in [sets]", in_quotes(wrong.part)));
  } else if (wrong.part.empty() || wrong.known.empty()) {
    mistakes_.add(where, fmt::format("{} names no number", in_quotes(path)),
                  wrong.part.empty()
                      ? "a path has more parts, as in ties.*.*.alignment; see Paths in docs/scenario-format.md"
                      : fmt::format("a path of this table ends before {}", in_quotes(wrong.part)));
  } else {
    const std::string known = wrong.known.size() <= kFewNames
                                  ? fmt::format("known are {}", fmt::join(wrong.known, ", "))
                                  : "see Paths in docs/scenario-format.md";
    mistakes_.add(
        where,
        fmt::format("{} names no number: {} {}", in_quotes(path),
                    wrong.is_group ? "nothing there is of" : "nothing there is called", in_quotes(wrong.part)),
        wrong.is_group ? known : mistakes_.did_you_mean(wrong.part, wrong.known, known));
  }
  return {};
}

void Reader::check_value(std::string_view name, const Parameter& parameter, const Distribution& d,
                         const Location& where) {
  if (parameter.is_date != d.is_date) {
    mistakes_.add(where,
                  parameter.is_date ? fmt::format("{} is a date, not {}", name, to_string(d))
                                    : fmt::format("{} is a number, not the date {}", name, to_string(d)),
                  parameter.is_date ? "write a date (2016-05-01) or a range of dates (2016-05-01..2016-06-30)"
                                    : "let the path name dates alone, or numbers alone");
    return;
  }
  if (d.is_date && package_end_ && checked_least(d) > package_end_->day) {
    mistakes_.add(where, fmt::format("{} is after the end of the scenario", to_string(d)),
                  fmt::format("the scenario ends on {}: change the date, switch the change off ({}), or change end in "
                              "scenario.toml",
                              format_date(package_end_->day), "interventions.ID.on = false"));
    return;
  }
  check_range(name, parameter, d, where);
}

void Reader::check_values(const PathLine& line, const Distribution& d, const Location& where) {
  const int before = mistakes_.count(where.file);
  for (const int number : line.numbers) {
    const Parameter& parameter = war_.parameters[at(number)];
    check_value(line.numbers.size() == 1 ? line.path : parameter.path, parameter, d, where);
    if (mistakes_.count(where.file) > before) {
      return;  // one line, one mistake
    }
  }
}

std::vector<Precedence::Laid> Reader::laid_by(std::span<const PathLine> lines, bool is_layered) {
  Precedence found = most_special(lines, is_layered);
  for (const Precedence::Clash& clash : found.clashes) {
    const PathLine& first = lines[at(clash.first)];
    const PathLine& second = lines[at(clash.second)];
    if (clash.is_same) {
      mistakes_.add(second.where, "duplicate path " + in_quotes(second.path),
                    fmt::format("the first is in line {}; remove one", first.where.line));
    } else {
      const std::string line = first.where.line > 0 ? fmt::format(" of line {}", first.where.line) : "";
      mistakes_.add(second.where,
                    fmt::format("{} and {}{} both name {}, and neither is the more special", in_quotes(second.path),
                                in_quotes(first.path), line, in_quotes(war_.parameters[at(clash.number)].path)),
                    "give what both name a line of its own, or let one of them name less");
    }
  }
  return std::move(found.laid);
}

void Reader::write(int index, const Distribution& distribution, const std::string& basis, const Location& where) {
  Parameter& parameter = war_.parameters[at(index)];
  parameter.distribution = distribution;
  parameter.basis = basis;
  parameter.where = where;
  parameter.is_given = true;
}

void Reader::finish_interventions() {
  std::vector<PendingIntervention> kept = std::move(pending_);
  std::vector<Intervention> single = std::move(war_.interventions);
  war_.interventions.clear();
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const PendingIntervention& p = kept[i];
    Intervention change = single[i];
    Parameter& value = war_.parameters[at(change.value)];
    Parameter& when = war_.parameters[at(change.when)];
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
    const std::size_t first = war_.interventions.size();
    if (change.action == InterventionAction::set) {
      const std::vector<int> targets = resolve_all(p.path, p.path_where);
      value.least = -kUnbounded;
      value.greatest = kUnbounded;
      for (const int target : targets) {
        const Parameter& changed = war_.parameters[at(target)];
        value.least = std::max(value.least, changed.least);
        value.greatest = std::min(value.greatest, changed.greatest);
        change.target = target;
        war_.interventions.push_back(change);
      }
      check_targets(p, value, targets);
    } else if (change.action == InterventionAction::realign) {
      for (const ActorIndex actor : p.actors) {
        const int compliance = single[i].compliance;
        change.compliance = compliance;
        for (const ActorIndex other : p.others) {
          if (actor != other) {
            change.actor = actor;
            change.other = other;
            war_.interventions.push_back(change);
            change.compliance = kNone;  // those who do not follow an actor leave it once
          }
        }
      }
    } else {
      war_.interventions.push_back(change);
    }
    const std::size_t n = war_.interventions.size() - first;
    for (std::size_t row = first; row < war_.interventions.size(); ++row) {
      war_.interventions[row].is_of_many = n > 1;
      war_.interventions[row].is_more = row > first;
    }
    if (value.is_given && (change.action != InterventionAction::set || n > 0)) {
      check_bounds(p.path.empty() ? "value" : p.path, value.least, value.greatest, value.distribution, value.where);
    }
  }
}

/// That an intervention may change these numbers, and to its value.
void Reader::check_targets(const PendingIntervention& pending, const Parameter& value, std::span<const int> targets) {
  const int before = mistakes_.count(pending.path_where.file);
  for (const int target : targets) {
    const Parameter& changed = war_.parameters[at(target)];
    for (const std::string_view part : {"forces.", "support.", "interventions."}) {
      if (changed.path.starts_with(part)) {
        mistakes_.add(pending.path_where, in_quotes(pending.path) + " is a dated number, which no intervention changes",
                      part == "forces." ? "use the actions arrive and leave" : "set a parameter instead");
      }
    }
    if (value.is_given) {
      check_steps(pending.path, is_switch(changed.path), changed.words, value.distribution, value.where);
    }
    if (mistakes_.count(pending.path_where.file) > before) {
      return;
    }
  }
}

std::vector<std::string> Reader::account_ids() const {
  std::vector<std::string> ids;
  for (const PackageFile& file : package_.files) {
    if (is_account(file)) {
      ids.push_back(file.name.substr(9, file.name.size() - 14));  // between "accounts/" and ".toml"
    }
  }
  return ids;
}

void Reader::apply_overlay() {
  for (Parameter& parameter : war_.parameters) {
    parameter.varies_in_package = !parameter.distribution.is_value();
  }
  for (const Account& account : war_.accounts) {
    for (const AccountSetting& setting : account.settings) {
      war_.parameters[at(setting.target)].varies_in_package |= !setting.distribution.is_value();
    }
  }
  for (const std::string& id : overlay_.accounts) {
    const auto account =
        std::find_if(war_.accounts.begin(), war_.accounts.end(), [&](const Account& a) { return a.id == id; });
    if (account == war_.accounts.end()) {
      const std::vector<std::string> known = account_ids();
      if (std::find(known.begin(), known.end(), id) == known.end()) {
        mistakes_.add({"--account"}, "unknown account " + in_quotes(id),
                      mistakes_.did_you_mean(id, known,
                                             known.empty() ? "this package has no accounts"
                                                           : fmt::format("known are {}", fmt::join(known, ", "))));
      }
      continue;
    }
    if (std::find(war_.laid_over.begin(), war_.laid_over.end(), id) != war_.laid_over.end()) {
      mistakes_.add({"--account"}, in_quotes(id) + " is named twice", "name it once");
      continue;
    }
    war_.laid_over.push_back(id);
    for (const AccountSetting& setting : account->settings) {
      write(setting.target, setting.distribution, setting.basis, setting.where);
    }
    if (account->draws.rows() > 0) {
      war_.draws.push_back(account->draws);
    }
  }
  std::vector<PathLine> lines;
  std::vector<Distribution> values;  // of each line
  for (const std::string& setting : overlay_.settings) {
    const Location where{"--set"};
    const auto equals = setting.find('=');
    if (equals == std::string::npos) {
      mistakes_.add(where, "no = in " + in_quotes(setting), "write --set PATH=VALUE");
      continue;
    }
    const std::string_view path = trimmed(std::string_view(setting).substr(0, equals));
    PathLine line{std::string(path), resolve_all(path, where), where};
    const Parameter* first = line.numbers.empty() ? nullptr : &war_.parameters[at(line.numbers[0])];
    const auto distribution =
        number(std::string_view(setting).substr(equals + 1), where,
               first != nullptr ? first->words : std::string_view{}, first != nullptr && first->is_date);
    if (first != nullptr && distribution) {
      check_values(line, *distribution, where);
      lines.push_back(std::move(line));
      values.push_back(*distribution);
    }
  }
  for (const Precedence::Laid& laid : laid_by(lines, true)) {
    write(laid.number, values[at(laid.line)], "assumed: set for this run", {"--set"});
  }
}

Result<War> read_package(const PackageFiles& package, const Overlay& overlay, Mistakes mistakes,
                         Diagnostics* warnings) {
  try {
    Reader reader(package, overlay, std::move(mistakes));
    auto war = reader.read();
    if (war && warnings != nullptr) {
      *warnings = reader.warnings();
    }
    return war;
  } catch (const std::exception& error) {
    return Diagnostic{{package.folder}, fmt::format("cannot be read: {}", error.what()), ""};
  }
}

namespace {

Result<War> read_folder(const std::filesystem::path& folder, const Overlay& overlay, Diagnostics* warnings) {
  try {
    Mistakes mistakes;
    const PackageFiles package = load_package(folder, mistakes);
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) {
      return mistakes.take();
    }
    return read_package(package, overlay, std::move(mistakes), warnings);
  } catch (const std::exception& error) {
    return Diagnostic{{folder.generic_string()}, fmt::format("cannot be read: {}", error.what()), ""};
  }
}

}  // namespace

Result<War> read(const std::filesystem::path& folder, const Overlay& overlay) {
  return read_folder(folder, overlay, nullptr);
}

Result<War> read(const std::filesystem::path& folder, const Overlay& overlay, Diagnostics& warnings) {
  return read_folder(folder, overlay, &warnings);
}

}  // namespace truel::scenario
