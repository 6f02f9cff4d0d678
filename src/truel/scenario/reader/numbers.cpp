#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/checks/warnings.hpp"
#include "truel/scenario/reader/reader.hpp"

namespace truel::scenario {

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

}  // namespace truel::scenario
