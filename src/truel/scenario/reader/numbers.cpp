#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/index.hpp"
#include "truel/model/distributions/parse.hpp"
#include "truel/scenario/checks/warnings.hpp"
#include "truel/scenario/reader/reader.hpp"

namespace truel::scenario {
namespace {

constexpr std::string_view kAnySwitch = "write true or false (1 or 0), or either(0, 1) where nobody knows";

}  // namespace

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

Takes takes_of(const ParameterInfo& info) {
  return {.words = info.words, .is_switch = info.unit == kSwitch};
}

Takes takes_of(const Parameter& parameter) {
  return {.words = parameter.words, .is_switch = is_switch(parameter.path), .is_date = parameter.is_date};
}

void Reader::check_steps(std::string_view name, const Takes& takes, const Distribution& d, const Location& where) {
  const std::vector<std::string> words = words_of(takes.words);
  const double greatest = takes.is_switch ? 1 : static_cast<double>(words.size()) - 1;
  const auto is_one = [&](double x) { return x == std::floor(x) && x >= 0 && x <= greatest; };
  const bool is_good = d.kind == DistributionKind::either ? std::all_of(d.among.begin(), d.among.end(), is_one)
                                                          : d.is_value() && is_one(d.a);
  if (!is_good) {
    mistakes_.add(
        where,
        fmt::format("{} is {}, which is no value of a {}", name, to_string(d), takes.is_switch ? "switch" : "choice"),
        takes.is_switch ? std::string(kAnySwitch) : fmt::format("write one of {}", fmt::join(words, ", ")));
  }
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

std::optional<Distribution> Reader::number(std::string_view text, const Location& where, const Takes& takes) {
  const std::vector<std::string> known = words_of(takes.words);
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
  Result<Distribution> parsed = takes.is_date ? parse_dates(text) : parse_number(text);
  if (parsed) {
    return *parsed;
  }
  if (takes.is_switch) {
    mistakes_.add(where, "malformed switch " + in_quotes(text), std::string(kAnySwitch));
    return std::nullopt;
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
      distribution = number(cell.text, where, takes_of(info));
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
    } else if (!takes_of(info).has_steps()) {
      mistakes_.add(where, "a number without a basis",
                    fmt::format("fill the column {}_basis or basis of this row", info.name));
    }
    if (distribution) {
      check_range(info.name, info, *distribution, where);
      given_.push_back(
          {prefix + std::string(info.name), *distribution, std::string(has_basis ? basis.text : kSwitch), where});
      ++count;
    }
  }
  return count;
}

}  // namespace truel::scenario
