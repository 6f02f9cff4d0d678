#include "truel/scenario/reading/numbers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/choice.hpp"
#include "truel/base/index.hpp"
#include "truel/model/distributions/parse.hpp"
#include "truel/model/intervention_numbers.hpp"
#include "truel/scenario/reading/ids.hpp"

namespace truel::scenario {
namespace {

constexpr std::string_view kAnySwitch = "write true or false (1 or 0), or either(0, 1) where nobody knows";

}  // namespace

void check_bounds(Context& in, std::string_view name, double least, double greatest, const Distribution& d,
                  const Location& where) {
  const double low = checked_least(d);
  const double high = checked_greatest(d);
  if (low >= least && high <= greatest) {
    return;
  }
  const bool is_above = high > greatest;
  std::string hint = fmt::format("keep it within {:.10g} and {:.10g}", least, greatest);
  if (is_above && least == 0 && greatest == 1 && high <= 100 && d.is_value()) {
    hint += fmt::format("; write {:.10g} for {:.10g} %", high / 100, high);
  }
  in.mistakes.add(where,
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
                                : table == "interventions" && is_one(kInterventionNumbers, name);
}

NumberForm number_form(const ParameterInfo& info) {
  return {.words = info.words, .is_switch = info.unit == kSwitch};
}

NumberForm number_form(const Parameter& parameter) {
  return {.words = parameter.words, .is_switch = is_switch(parameter.path), .is_date = parameter.is_date};
}

void check_steps(Context& in, std::string_view name, const NumberForm& form, const Distribution& d,
                 const Location& where) {
  const std::vector<std::string> words = words_of(form.words);
  const double greatest = form.is_switch ? 1 : static_cast<double>(words.size()) - 1;
  const auto is_one = [&](double x) { return x == std::floor(x) && x >= 0 && x <= greatest; };
  const bool is_good = d.kind == DistributionKind::either ? std::all_of(d.among.begin(), d.among.end(), is_one)
                                                          : d.is_value() && is_one(d.a);
  if (!is_good) {
    in.mistakes.add(
        where,
        fmt::format("{} is {}, which is no value of a {}", name, to_string(d), form.is_switch ? "switch" : "choice"),
        form.is_switch ? std::string(kAnySwitch) : fmt::format("write one of {}", fmt::join(words, ", ")));
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

std::optional<Distribution> read_number(Context& in, std::string_view text, const Location& where,
                                        const NumberForm& form) {
  const std::vector<std::string> known = words_of(form.words);
  if (const auto word = std::find(known.begin(), known.end(), trimmed(text)); word != known.end()) {
    return Distribution{.a = static_cast<double>(word - known.begin())};
  }
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
  };
  if (!known.empty() && std::all_of(text.begin(), text.end(), is_letter)) {
    in.mistakes.add(where, "unknown choice " + in_quotes(text),
                    in.mistakes.did_you_mean(text, known, fmt::format("known are {}", fmt::join(known, ", "))));
    return std::nullopt;
  }
  Result<Distribution> parsed = form.is_date ? parse_dates(text) : parse_number(text);
  if (parsed) {
    return *parsed;
  }
  if (form.is_switch) {
    in.mistakes.add(where, "malformed switch " + in_quotes(text), std::string(kAnySwitch));
    return std::nullopt;
  }
  for (const Diagnostic& d : parsed.error()) {
    in.mistakes.add(where, d.what, d.hint);
  }
  return std::nullopt;
}

int read_choice(Context& in, const Table& table, const CsvCell& cell, std::string_view what,
                std::span<const std::string> choices) {
  const auto found = std::find(choices.begin(), choices.end(), cell.text);
  if (found != choices.end()) {
    return static_cast<int>(found - choices.begin());
  }
  const std::string known = "write " + alternatives(choices);
  if (cell.text.empty()) {
    in.mistakes.add(table.at(cell), fmt::format("no {}", what), known);
  } else {
    in.mistakes.add(table.at(cell), fmt::format("unknown {} {}", what, in_quotes(cell.text)),
                    in.mistakes.did_you_mean(cell.text, choices, known));
  }
  return kNone;
}

std::optional<double> plain_number(Context& in, const Table& table, const CsvCell& cell, std::string_view what,
                                   double least, double greatest) {
  if (cell.text.empty()) {
    in.mistakes.add(table.at(cell), fmt::format("no {}", what), "fill the cell");
    return std::nullopt;
  }
  const auto parsed = read_number(in, cell.text, table.at(cell));
  if (!parsed) {
    return std::nullopt;
  }
  if (!parsed->is_value()) {
    in.mistakes.add(table.at(cell), fmt::format("{} is uncertain", what), "give it one value");
    return std::nullopt;
  }
  check_bounds(in, what, least, greatest, *parsed, table.at(cell));
  return parsed->a;
}

int read_numbers(Context& in, const Table& table, const CsvRow& row, std::span<const ParameterInfo> infos,
                 const std::string& prefix) {
  int count = 0;
  for (const ParameterInfo& info : infos) {
    const CsvCell cell = table.cell(row, info.name);
    if (cell.text.empty()) {
      if (const CsvCell alone = table.cell(row, std::string(info.name) + "_basis"); !trimmed(alone.text).empty()) {
        in.warnings.add(table.at(alone), fmt::format("a basis without its number {}", info.name),
                        "fill the cell, or empty this one");
      }
      continue;
    }
    const Location where = table.at(cell);
    const bool is_choice = !info.words.empty();
    std::optional<Distribution> distribution;
    if (!is_choice) {
      distribution = read_number(in, cell.text, where, number_form(info));
    } else if (const int chosen = read_choice(in, table, cell, info.name, words_of(info.words)); chosen != kNone) {
      distribution = Distribution{.a = static_cast<double>(chosen)};
    }
    CsvCell basis = table.cell(row, std::string(info.name) + "_basis");
    if (trimmed(basis.text).empty()) {
      basis = table.cell(row, "basis");
    }
    const bool has_basis = !trimmed(basis.text).empty();
    if (has_basis) {
      check_basis(in, basis.text, table.at(basis));
    } else if (!number_form(info).has_steps()) {
      in.mistakes.add(where, "a number without a basis",
                      fmt::format("fill the column {}_basis or basis of this row", info.name));
    }
    if (distribution) {
      check_range(in, info.name, info, *distribution, where);
      in.given.push_back(
          {prefix + std::string(info.name), *distribution, std::string(has_basis ? basis.text : kSwitch), where});
      ++count;
    }
  }
  return count;
}

std::optional<Distribution> toml_number(Context& in, const TomlValue& value, std::string_view key,
                                        const NumberForm& form) {
  if (form.is_date && value.kind == TomlKind::date) {
    return Distribution{.a = static_cast<double>(value.date), .is_date = true};
  }
  switch (value.kind) {
    case TomlKind::integer:
    case TomlKind::real:
    case TomlKind::boolean:
      if (!std::isfinite(value.number)) {
        in.mistakes.add(value.where, fmt::format("{} is not finite", key), "write a finite number");
        return std::nullopt;
      }
      return Distribution{.a = value.number};
    case TomlKind::string:
      return read_number(in, value.text, value.where, form);
    default:
      in.mistakes.add(
          value.where,
          fmt::format("{} is {}, not a {}", key, name_of(value.kind), form.is_switch ? "switch" : "number"),
          form.is_switch ? "write true or false" : "write 0.5, \"0.4..0.6\" or { value = 0.5, basis = \"...\" }");
      return std::nullopt;
  }
}

NumberForm number_form_of_first(const Context& in, const PathLine& line) {
  return line.numbers.empty() ? NumberForm{} : number_form(in.war.parameters[at(line.numbers[0])]);
}

}  // namespace truel::scenario
