// `[[run]]` and `[[check]]` of scenario.toml: what the package says its results must be.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <set>

#include "truel/base/date.hpp"
#include "truel/base/formats/did_you_mean.hpp"
#include "truel/base/formats/toml_fields.hpp"
#include "truel/base/index.hpp"
#include "truel/model/solver_names.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/reading/paths.hpp"
#include "truel/scenario/toml/toml.hpp"

namespace truel::scenario {
namespace {

/// Of a run, and of a check on its own.
const std::vector<std::string> kRunKeys = {"solver",   "runs", "seed",  "steps_per_day", "every",
                                           "accounts", "from", "until", "set",           "cases"};
/// Of a check, wherever it stands.
const std::vector<std::string> kCheckKeys = {"what",     "metric",   "value",           "relation",
                                             "absolute", "relative", "standard_errors", "source",
                                             "reason",   "against",  "known_miss"};
/// What a run may say for all of its checks, besides what it is.
const std::vector<std::string> kSharedKeys = {"what", "absolute", "relative", "standard_errors", "source", "check"};
const std::array kCasesKeys = std::to_array<std::string>({"file", "data", "separator", "set", "record"});
const std::array kAgainstKeys = std::to_array<std::string>({"accounts", "set"});
const std::array kRelations = std::to_array<std::string>({"equal", "above", "below"});
const std::array kSeparators = std::to_array<std::string>({"comma", "semicolon", "tab"});
const std::vector<std::string> kSolvers(kSolverNames.begin(), kSolverNames.end());
const std::array kTolerances = std::to_array<std::pair<std::string_view, ToleranceKind>>({
    {"absolute", ToleranceKind::absolute},
    {"relative", ToleranceKind::relative},
    {"standard_errors", ToleranceKind::standard_errors},
});

constexpr double kMostRuns = 100'000'000;
constexpr double kGreatestSeed = 9'007'199'254'740'992;  // beyond it a TOML integer is no exact double here
constexpr double kMostSteps = 1000;
constexpr double kMostDays = 100'000;

std::vector<std::string> both(std::vector<std::string> first, const std::vector<std::string>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

bool is_of_cases(const Metric& metric) {
  return info_of(metric).value == nullptr;
}

bool has_tolerance(const TomlValue& table) {
  return std::any_of(kTolerances.begin(), kTolerances.end(),
                     [&](const auto& tolerance) { return table.find(tolerance.first) != nullptr; });
}

bool is_number(const TomlValue& value) {
  return (value.kind == TomlKind::integer || value.kind == TomlKind::real) && std::isfinite(value.number);
}

void read_check_settings(Context& in, const TomlValue& table, const std::string& prefix,
                         std::vector<std::string>& settings, std::vector<PathLine>& lines) {
  for (const TomlEntry& entry : table.entries) {
    const std::string path = prefix + entry.key;
    if (entry.value.kind == TomlKind::table) {  // a path written without quotes: each dot opens a table
      read_check_settings(in, entry.value, path + ".", settings, lines);
      continue;
    }
    PathLine line{path, resolve_all(in, path, entry.where), entry.where};
    const auto distribution = toml_number(in, entry.value, path, number_form_of_first(in, line));
    if (line.numbers.empty() || !distribution) {
      continue;
    }
    check_values(in, line, *distribution, entry.value.where);
    lines.push_back(std::move(line));
    const bool is_text = entry.value.kind == TomlKind::string;
    settings.push_back(path + "=" +
                       (is_text                 ? entry.value.text
                        : distribution->is_date ? to_string(*distribution)
                                                : fmt::format("{}", entry.value.number)));
  }
}

void read_check_overlay(Context& in, const TomlValue& table, CheckRun& run) {
  run.accounts = toml_accounts(in, table, in.mistakes);
  if (const TomlValue* set = table.find("set"); set != nullptr && toml_is(*set, TomlKind::table, "set", in.mistakes)) {
    std::vector<PathLine> lines;
    read_check_settings(in, *set, "", run.settings, lines);
    laid_by(in, lines, true);
  }
}

void read_check_tolerance(Context& in, const TomlValue& table, Check& check) {
  const TomlValue* first = nullptr;
  for (const auto& [key, kind] : kTolerances) {
    const TomlValue* tolerance = table.find(key);
    if (tolerance == nullptr) {
      continue;
    }
    if (first != nullptr) {
      in.mistakes.add(tolerance->where, fmt::format("a second tolerance, {}", key), "keep one of them");
      return;
    }
    first = tolerance;
    if (!is_number(*tolerance) || tolerance->number < 0) {
      in.mistakes.add(tolerance->where, fmt::format("{} is no number from 0 up", key), "write it as 1e-6 or 4");
      continue;
    }
    check.tolerance_kind = kind;
    check.tolerance = tolerance->number;
    if (check.relation != Relation::equal && kind != ToleranceKind::standard_errors) {
      in.mistakes.add(tolerance->where,
                      fmt::format("{} beside relation = \"{}\"", key, kRelations[at(static_cast<int>(check.relation))]),
                      "put the margin into value, or ask for it in standard_errors");
    } else if (kind == ToleranceKind::standard_errors && check.run.runs < 2) {
      in.mistakes.add(tolerance->where, "standard errors of a single run", "write runs = ..., at least 2");
    }
  }
}

void read_check_expectation(Context& in, const TomlValue& table, const TomlValue& run, Check& check) {
  const TomlValue* value = table.find("value");
  if (value == nullptr) {
    in.mistakes.add(table.where, "a check without a value", "write value = ..., the number that is expected");
  } else if (!is_number(*value)) {
    in.mistakes.add(value->where, "value is no finite number", "write the number that is expected, as 0.5");
  } else {
    check.value = value->number;
  }
  check.relation = static_cast<Relation>(toml_choice(table, "relation", kRelations, 0, in.mistakes));
  if (has_tolerance(table)) {
    read_check_tolerance(in, table, check);
  } else if (check.relation == Relation::equal && has_tolerance(run)) {
    read_check_tolerance(in, run, check);
  } else if (check.relation == Relation::equal && value != nullptr) {
    in.mistakes.add(value->where, "a value without a tolerance",
                    "add absolute = ..., relative = ... or standard_errors = ..., or a relation above or below");
  }
}

std::optional<Metric> read_check_metric(Context& in, std::string_view text, const Location& where,
                                        const CheckRun& run) {
  const std::optional<Metric> named = metric_named(in, text, where);
  if (!named) {
    return std::nullopt;
  }
  Metric metric = *named;
  const std::optional<Day> start = run.from ? run.from : in.start ? std::optional(in.start->day) : std::nullopt;
  const std::optional<Day> end = run.until ? run.until : in.end ? std::optional(in.end->day) : std::nullopt;
  if ((metric.day >= 0 || metric.is_date) && start && end && *start <= *end) {
    const int n_days = *end - *start;
    const int day = metric.is_date ? metric.day - *start : metric.day;
    metric.day = day;
    metric.is_date = false;
    if (day < 0 || day > n_days) {
      in.mistakes.add(
          where, fmt::format("day {} is not a day of the run", day),
          fmt::format("the run has the days 0 to {}: {} to {}", n_days, format_date(*start), format_date(*end)));
    } else if (run.every > 0 && day % run.every != 0 && day != n_days) {
      in.mistakes.add(where, fmt::format("day {} is not stored", day),
                      fmt::format("every = {} stores multiples of it: change it, or leave it out", run.every));
    }
  }
  return metric;
}

/// A quoted path is one key; without quotes each dot opens a table.
void read_case_columns(Context& in, const TomlValue& table, const std::string& prefix,
                       const std::function<void(const std::string&, const TomlEntry&)>& use) {
  for (const TomlEntry& entry : table.entries) {
    const std::string path = prefix + entry.key;
    if (entry.value.kind == TomlKind::table) {
      read_case_columns(in, entry.value, path + ".", use);
    } else if (toml_is(entry.value, TomlKind::string, path, in.mistakes)) {
      use(path, entry);
    }
  }
}

CaseTable read_cases(Context& in, const TomlValue& table, const CheckRun& run) {
  CaseTable cases;
  check_toml_keys(table, kCasesKeys, "key", in.mistakes);
  const TomlValue* file = table.find("file");
  const TomlValue* data = table.find("data");
  if ((file == nullptr) == (data == nullptr)) {
    in.mistakes.add(table.where, file == nullptr ? "cases without a table" : "cases with two tables",
                    "write file = \"...\" for one of the package, or data = \"...\" for one below the data folder");
  }
  cases.is_data = file == nullptr;
  cases.file = toml_text(table, cases.is_data ? "data" : "file", false, in.mistakes);
  if (cases.file.starts_with('/') || cases.file.find("..") != std::string::npos) {
    in.mistakes.add(
        (cases.is_data ? data : file)->where,
        fmt::format("{} leads out of the {}", in_quotes(cases.file), cases.is_data ? "data folder" : "package"),
        "name a file below it, as battles/battles.csv");
  }
  cases.separator = ",;\t"[toml_choice(table, "separator", kSeparators, 0, in.mistakes)];
  if (const TomlValue* set = table.find("set"); set == nullptr) {
    in.mistakes.add(table.where, "cases that set nothing", "write set = { \"actors.ID.kill_rate\" = \"COLUMN\" }");
  } else if (toml_is(*set, TomlKind::table, "set", in.mistakes)) {
    std::vector<PathLine> lines;
    std::vector<std::string> columns;  // of each line
    read_case_columns(in, *set, "", [&](const std::string& path, const TomlEntry& entry) {
      lines.push_back({path, resolve_all(in, path, entry.where), entry.where});
      columns.push_back(entry.value.text);
      const auto is_date = [&](int number) { return in.war.parameters[at(number)].is_date; };
      if (std::any_of(lines.back().numbers.begin(), lines.back().numbers.end(), is_date)) {
        in.mistakes.add(entry.where, in_quotes(path) + " is a date, which no case sets", "write a run for each date");
      }
    });
    for (const Precedence::Assignment& laid : laid_by(in, lines, true)) {
      cases.columns.emplace_back(in.war.parameters[at(laid.number)].path, columns[at(laid.line)]);
    }
  }
  if (const TomlValue* record = table.find("record");
      record != nullptr && toml_is(*record, TomlKind::table, "record", in.mistakes)) {
    read_case_columns(in, *record, "", [&](const std::string& name, const TomlEntry& entry) {
      const auto metric = read_check_metric(in, name, entry.where, run);
      if (metric && (metric->statistic != Statistic::mean || is_of_cases(*metric))) {
        in.mistakes.add(entry.where, in_quotes(name) + " is no result of one realization",
                        "name a metric without an ending such as .q50");
      } else if (metric) {
        cases.record.emplace_back(*metric, entry.value.text);
      }
    });
  }
  return cases;
}

CheckRun read_check_run(Context& in, const TomlValue& table) {
  CheckRun run;
  run.solver = kSolvers[at(toml_choice(table, "solver", kSolvers, 0, in.mistakes))];
  run.runs = static_cast<std::uint32_t>(toml_whole(table, "runs", 1, kMostRuns, 1, in.mistakes));
  run.seed = static_cast<std::uint64_t>(toml_whole(table, "seed", 0, kGreatestSeed, 1, in.mistakes));
  run.steps_per_day = static_cast<int>(toml_whole(table, "steps_per_day", 1, kMostSteps, 1, in.mistakes));
  run.every = static_cast<int>(toml_whole(table, "every", 1, kMostDays, 0, in.mistakes));
  if (table.find("from") != nullptr) {
    run.from = toml_date(table, "from", in.mistakes);
  }
  if (table.find("until") != nullptr) {
    run.until = toml_date(table, "until", in.mistakes);
  }
  if (in.start && in.end && (run.from || run.until)) {
    const Day start = run.from.value_or(in.start->day);
    const Day end = run.until.value_or(in.end->day);
    if (start > end) {
      in.mistakes.add(table.find(run.from ? "from" : "until")->where,
                      fmt::format("the run starts on {}, after its end on {}", format_date(start), format_date(end)),
                      "choose from and until so that the first is not later");
    }
  }
  read_check_overlay(in, table, run);
  if (const TomlValue* cases = table.find("cases");
      cases != nullptr && toml_is(*cases, TomlKind::table, "cases", in.mistakes)) {
    run.cases = read_cases(in, *cases, run);
  }
  return run;
}

void read_check(Context& in, const TomlValue& table, const TomlValue& run_table, const CheckRun& run) {
  const bool is_alone = &table == &run_table;
  Check check;
  check.where = table.where;
  check.run = run;
  const auto words = [&](const TomlValue& from, std::string_view key) {
    return toml_text(from, key, true, in.mistakes);
  };
  check.what = words(table, "what");
  if (!is_alone && run_table.find("what") != nullptr) {
    check.what = words(run_table, "what") + ": " + check.what;
  }
  check.metric = words(table, "metric");
  const bool has_own_source = table.find("source") != nullptr || run_table.find("source") == nullptr;
  check.source = words(has_own_source ? table : run_table, "source");
  check.reason = toml_text(table, "reason", false, in.mistakes);
  check.known_miss = table.find("known_miss") != nullptr ? words(table, "known_miss") : "";
  if (const TomlValue* against = table.find("against");
      against != nullptr && toml_is(*against, TomlKind::table, "against", in.mistakes)) {
    check_toml_keys(*against, kAgainstKeys, "key", in.mistakes);
    check.against = check.run;
    check.against->settings.clear();
    read_check_overlay(in, *against, *check.against);
  }
  read_check_expectation(in, table, run_table, check);
  if (const TomlValue* text = table.find("metric"); text != nullptr) {
    if (const auto metric = read_check_metric(in, check.metric, text->where, run)) {
      check.reading = *metric;
      if (is_of_cases(*metric) && !run.cases) {
        in.mistakes.add(text->where, in_quotes(check.metric) + " of a run without cases",
                        "give the run cases = { ... }, or name another metric");
      } else if (is_of_cases(*metric) && info_of(*metric).detail == kCasesRelativeError && run.cases->record.empty()) {
        in.mistakes.add(text->where, "nothing to hold the cases against",
                        "add record = { METRIC = \"COLUMN\" } to the cases");
      }
    }
  }
  in.war.checks.push_back(std::move(check));
}

void read_run(Context& in, const TomlValue& table) {
  check_toml_keys(table, both(kRunKeys, kSharedKeys), "key", in.mistakes);
  const CheckRun run = read_check_run(in, table);
  const TomlValue* checks = table.find("check");
  if (checks == nullptr) {
    in.mistakes.add(table.where, "a run without checks", "write check = [ { what = ..., metric = ..., value = ... } ]");
    return;
  }
  if (!toml_is(*checks, TomlKind::array, "check", in.mistakes)) {
    return;
  }
  for (const TomlValue& check : checks->items) {
    if (!toml_is(check, TomlKind::table, "check", in.mistakes)) {
      continue;
    }
    for (const TomlEntry& entry : check.entries) {
      if (std::find(kRunKeys.begin(), kRunKeys.end(), entry.key) != kRunKeys.end()) {
        in.mistakes.add(entry.where, fmt::format("{} in a check of a run", entry.key),
                        "give it to the run, or write the check on its own as [[check]]");
      }
    }
    check_toml_keys(check, both(kCheckKeys, kRunKeys), "key", in.mistakes);
    read_check(in, check, table, run);
  }
}

}  // namespace

std::vector<std::string> toml_accounts(Context& in, const TomlValue& table, Mistakes& twice) {
  std::vector<std::string> accounts = toml_texts(table, "accounts", in.mistakes);
  if (const TomlValue* list = table.find("accounts"); list != nullptr) {
    std::set<std::string> named;
    for (const TomlValue& item : list->items) {
      if (item.kind == TomlKind::string && !named.insert(item.text).second) {
        twice.add(item.where, in_quotes(item.text) + " is named twice", "name it once");
      } else if (item.kind == TomlKind::string) {
        check_account(in, item.text, item.where);
      }
    }
  }
  return accounts;
}

std::optional<Metric> metric_named(Context& in, std::string_view text, const Location& where) {
  if (text.empty() || !in.actors.is_whole || !in.places.is_whole) {
    return std::nullopt;
  }
  const MetricReading reading =
      read_metric(text, {.actors = in.actors.names, .places = in.places.names, .issues = in.war.issues});
  if (!reading.fault.empty()) {
    const std::string otherwise = reading.fault.starts_with("a round") ? "write 0 for the positions before the talks"
                                  : reading.known.empty() && reading.fault.ends_with("issue")
                                      ? "positions.csv lists them"
                                  : reading.known.empty()            ? "write days since the first, or YYYY-MM-DD"
                                  : reading.part == text             ? "docs/parameters.md lists the metrics"
                                  : reading.fault.ends_with("actor") ? "actors.csv lists them"
                                  : reading.fault.ends_with("issue") ? "positions.csv lists them"
                                                                     : "places.csv lists them";
    in.mistakes.add(where, fmt::format("{} {}", reading.fault, in_quotes(reading.part)),
                    reading.meant.empty() ? in.mistakes.did_you_mean(reading.part, reading.known, otherwise)
                                          : did_you_mean(reading.meant));
    return std::nullopt;
  }
  return reading.metric;
}

void read_checks(Context& in) {
  for (const TomlValue& entry : in.checks) {
    if (toml_is(entry, TomlKind::table, "[check]", in.mistakes)) {
      check_toml_keys(entry, both(kCheckKeys, kRunKeys), "key", in.mistakes);
      read_check(in, entry, entry, read_check_run(in, entry));
    }
  }
  for (const TomlValue& entry : in.runs) {
    if (toml_is(entry, TomlKind::table, "[run]", in.mistakes)) {
      read_run(in, entry);
    }
  }
  std::stable_sort(in.war.checks.begin(), in.war.checks.end(), [](const Check& a, const Check& b) {
    return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
  });
}

}  // namespace truel::scenario
