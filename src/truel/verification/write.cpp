#include "truel/verification/write.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "truel/base/math.hpp"
#include "truel/output/json.hpp"
#include "truel/output/tables/table.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::verification {
namespace {

constexpr int kGap = 2;
constexpr int kIndent = 4;
constexpr int kLeastColumns = 60;
constexpr int kWidestPackage = 24;
/// A source cut shorter than this says little and is left out, before what is checked is cut below this.
constexpr int kShortestSource = 16;
constexpr int kShortestWhat = 40;

std::string sign_of(Relation relation) {
  return relation == Relation::above ? "> " : relation == Relation::below ? "< " : "";
}

/// So many digits, `least` or more, that two of the difference from `other` are seen.
std::string to_difference(double value, double other, int least) {
  constexpr int kMostDigits = 17;
  const double part = std::abs(value - other) / std::max(std::abs(value), std::abs(other));
  const int digits = part > 0 && std::isfinite(part) ? 2 - static_cast<int>(std::floor(math::log10(part))) : 0;
  return fmt::format("{:.{}g}", value, std::clamp(digits, least, kMostDigits));
}

std::string expected(const Row& row) {
  const std::string number = row.verdict == Verdict::fail && std::isfinite(row.got)
                                 ? to_difference(row.check.value, row.got, 10)
                                 : fmt::format("{:.10g}", row.check.value);
  return sign_of(row.check.relation) + number;
}

/// With two digits of the error.
std::string to_error(double value, double standard_error) {
  const int decimals = std::clamp(1 - static_cast<int>(std::floor(math::log10(standard_error))), 0, 12);
  return fmt::format("{:.{}f}", value, decimals);
}

/// With as many digits as the tolerance asks for: two of a standard error, or eight in all; of what fails, more where
/// fewer would not show the miss.
std::string got(const Row& row) {
  if (!row.status.empty()) {
    return row.status;
  }
  if (row.verdict == Verdict::no_data) {
    return "-";
  }
  const bool is_mean_of_many = row.check.tolerance_kind == ToleranceKind::standard_errors && row.standard_error > 0;
  if (is_mean_of_many) {
    return to_error(row.got, row.standard_error);
  }
  return row.verdict == Verdict::fail ? to_difference(row.got, row.check.value, 8) : fmt::format("{:.8g}", row.got);
}

std::string tolerance(const Row& row) {
  switch (row.check.tolerance_kind) {
    case ToleranceKind::none:
      return "";
    case ToleranceKind::absolute:
      return fmt::format("{:g}", row.check.tolerance);
    case ToleranceKind::relative:
      return fmt::format("{:g} of it", row.check.tolerance);
    case ToleranceKind::standard_errors:
      return fmt::format("{:g} standard errors", row.check.tolerance);
  }
  return "";
}

/// "-0.12 ± 0.03": the effect of a check that compares two runs, with its error where chance has a part in it.
std::string effect(const Row& row) {
  if (!row.status.empty() || row.verdict == Verdict::no_data || !std::isfinite(row.standard_error)) {
    return got(row);
  }
  constexpr double kRounding = 1e-9;
  if (row.standard_error <= kRounding * std::abs(row.got)) {
    return fmt::format("{:.6g} ± 0", row.got);
  }
  return fmt::format("{} ± {:.2g}", to_error(row.got, row.standard_error), row.standard_error);
}

/// "effect -0.12 ± 0.03: why"; nothing for a check that compares no two runs.
std::string effect_and_reason(const Row& row) {
  if (!row.check.against) {
    return "";
  }
  const std::string text = "effect " + effect(row);
  return row.check.reason.empty() ? text : text + ": " + row.check.reason;
}

/// "leap, 100 runs, seed 1, account x, a.b=1, until 2017-01-01": how to see it again.
std::string run_of(const CheckRun& run) {
  std::string text = fmt::format("{}, {} {}, seed {}", run.solver, run.runs, run.runs == 1 ? "run" : "runs", run.seed);
  if (run.steps_per_day != 1) {
    text += fmt::format(", {} steps a day", run.steps_per_day);
  }
  if (run.every > 0) {
    text += fmt::format(", every {} days", run.every);
  }
  for (const std::string& account : run.accounts) {
    text += ", account " + account;
  }
  for (const std::string& setting : run.settings) {
    text += ", " + setting;
  }
  text += run.from ? ", from " + format_date(*run.from) : "";
  text += run.until ? ", until " + format_date(*run.until) : "";
  text += run.cases ? ", cases of " + run.cases->file : "";
  return text;
}

/// "actors.a.survives: leap, 100 runs, seed 1; less that of: ..."
std::string origin(const Row& row) {
  std::string text = row.check.metric + ": " + run_of(row.check.run);
  if (row.check.against) {
    text += "; less that of: " + run_of(*row.check.against);
  }
  return text;
}

output::Json json_of(const CheckRun& run) {
  output::Json one;
  one["solver"] = run.solver;
  one["runs"] = run.runs;
  one["seed"] = run.seed;
  one["steps_per_day"] = run.steps_per_day;
  one["accounts"] = run.accounts;
  one["settings"] = run.settings;
  if (run.from) {
    one["from"] = format_date(*run.from);
  }
  if (run.until) {
    one["until"] = format_date(*run.until);
  }
  if (run.cases) {
    one["cases"] = run.cases->file;
  }
  return one;
}

/// What is said of a row besides its cells: its effect, and what its package says of a known miss. May be empty.
std::string remark(const Row& row) {
  if (row.verdict == Verdict::no_data) {
    return "";
  }
  std::string text = effect_and_reason(row);
  if (row.verdict == Verdict::known_miss) {
    text += (text.empty() ? "" : "; ") + row.check.known_miss;
  } else if (!row.check.known_miss.empty() && row.status.empty()) {
    text += (text.empty() ? "" : "; ") +
            std::string("holds, although the package calls it a known miss: remove known_miss");
  }
  return text;
}

std::string totals(const Verification& v) {
  const std::size_t misses = v.count(Verdict::known_miss);
  return fmt::format("{} passed, {} failed, {}{} without data, {} {}", v.count(Verdict::pass), v.count(Verdict::fail),
                     misses == 0 ? "" : fmt::format("{} known {}, ", misses, misses == 1 ? "miss" : "misses"),
                     v.count(Verdict::no_data), v.packages.size(), v.packages.size() == 1 ? "package" : "packages");
}

/// A line a package: how many of its checks ended how.
std::string by_package(const Verification& v, int columns) {
  if (v.packages.empty()) {
    return "";
  }
  output::TextTable sheet(columns);
  std::vector<output::TextTable::Of<Package>> counts = {{"package", [](auto& p) { return output::printable(p.name); }}};
  for (const Verdict verdict : {Verdict::pass, Verdict::fail, Verdict::known_miss, Verdict::no_data}) {
    counts.push_back({std::string(to_string(verdict)), [verdict](auto& p) {
                        const auto n = std::count_if(p.rows.begin(), p.rows.end(),
                                                     [&](const Row& row) { return row.verdict == verdict; });
                        return n == 0 ? "" : fmt::format("{}", n);
                      }});
  }
  sheet.table(v.packages, counts);
  sheet.blank();
  return std::move(sheet).take() + '\n';
}

using Cells = std::array<std::string, 6>;  // package, what, expected, got, verdict, source

struct Widths {
  std::array<int, 6> of{};

  int fixed() const { return of[2] + of[3] + of[4] + 4 * kGap; }
};

/// What is too wide is cut: the package first, then the source, then what is checked.
void fit(Widths& w, int columns) {
  const int natural = w.of[1] + kGap + w.of[5];
  if (natural <= columns - w.fixed() - w.of[0]) {
    return;
  }
  w.of[0] = std::min(w.of[0], kWidestPackage);
  const int room = columns - w.fixed() - w.of[0];
  if (natural <= room) {
    return;
  }
  const int beside_source = room - kGap - kShortestSource;
  if (beside_source < std::min(w.of[1], kShortestWhat)) {
    w.of[5] = 0;
    w.of[1] = std::min(w.of[1], std::max(kShortestSource, room));
    return;
  }
  w.of[1] = std::min(w.of[1], beside_source);
  w.of[5] = room - kGap - w.of[1];
}

void add_line(std::string& text, const Cells& cells, const Widths& w) {
  std::string line;
  for (std::size_t c = 0; c < cells.size() && (c < 5 || w.of[c] > 0); ++c) {
    const bool is_number = c == 2 || c == 3;
    const std::string cell = output::fitted(cells[c], w.of[c]);
    line += c == 0 ? "" : std::string(kGap, ' ');
    line += is_number ? output::right_aligned(cell, w.of[c]) : output::left_aligned(cell, w.of[c]);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + '\n';
}

bool is_effect(const Row& row) {
  return row.check.against.has_value();
}

/// The section of a package: its rows that `which` is true of. An effect says beside its source what it is.
template <class Which>
void add_section(std::string& text, const Package& package, Which which) {
  output::Table table({"what", "expected", "tolerance", "got", "verdict", "source"});
  for (const Row& row : package.rows) {
    if (which(row)) {
      const std::string why = remark(row);
      table.add({row.check.what, expected(row), tolerance(row), got(row), to_string(row.verdict),
                 row.check.source + (why.empty() ? "" : "; " + why)});
    }
  }
  text += fmt::format("\n## {}\n\n{}\n\n{}", package.name, output::printable(package.title), table.markdown());
}

std::string published_page(const Verification& v) {
  std::string text =
      "# Verification\n\n"
      "What packages say should come out, and what truel gives. Every row is a `[[check]]` of a package; `truel verify "
      "--all`\n"
      "prints them, and this page is written by its option `--markdown`. Digits of the results beyond the tolerance "
      "may "
      "differ\n"
      "from one machine to another.\n";
  for (const Package& package : v.packages) {
    add_section(text, package, [](const Row&) { return true; });
  }
  return text;
}

std::string mechanisms_page(const Verification& v) {
  std::string text = R"(# Mechanisms

What the accounts of a many-sided war rest on, one mechanism at a time: what changes when it acts and all else is the
same. A package in `scenarios/mechanisms` shows each with two accounts, `on` and `off`. An effect is the mean of the
differences between two runs with the same random numbers, with its standard error. Its least size, or that there is
none, was reasoned from the numbers of the package before it was run, and must be exceeded by the margin given.
`truel verify scenarios/mechanisms --all` prints the rows; this page is written by its option `--markdown`, and a test runs
all of them and compares it.

)";
  output::Table table({"mechanism", "what", "expected", "effect", "verdict", "reason"});
  for (const Package& package : v.packages) {
    for (const Row& row : package.rows) {
      if (is_effect(row)) {
        const std::string by = tolerance(row);
        const std::string how = row.check.relation == Relation::equal ? " within " : " by ";
        table.add({package.name + ": " + package.title, row.check.what, expected(row) + (by.empty() ? "" : how + by),
                   effect(row), to_string(row.verdict), fmt::format("{} ({})", row.check.reason, row.check.source)});
      }
    }
  }
  text += table.markdown();
  for (const Package& package : v.packages) {
    if (!std::all_of(package.rows.begin(), package.rows.end(), is_effect)) {
      add_section(text, package, [](const Row& row) { return !is_effect(row); });
    }
  }
  return text;
}

}  // namespace

std::string terminal_table(const Verification& v, int columns, bool shows_all) {
  const Cells head{"package", "what", "expected", "got", "verdict", "source"};
  struct TableRow {
    Cells cells;
    std::string origin, remark;
  };
  std::vector<TableRow> rows;
  // What fails comes first; within that, the order of the packages.
  for (const bool is_failed : {true, false}) {
    for (const Package& package : v.packages) {
      for (const Row& row : package.rows) {
        if ((row.verdict == Verdict::fail) == is_failed && (is_failed || shows_all)) {
          rows.push_back(
              {{output::printable(row.package), output::printable(row.check.what), expected(row),
                output::printable(got(row)), std::string(to_string(row.verdict)), output::printable(row.check.source)},
               output::printable(origin(row)),
               output::printable(remark(row))});
        }
      }
    }
  }
  columns = std::max(columns, kLeastColumns);
  std::string text;
  if (!rows.empty()) {
    Widths widths;
    for (std::size_t c = 0; c < head.size(); ++c) {
      widths.of[c] = output::display_width(head[c]);
      for (const TableRow& row : rows) {
        widths.of[c] = std::max(widths.of[c], output::display_width(row.cells[c]));
      }
    }
    fit(widths, columns);
    add_line(text, head, widths);
    for (const TableRow& row : rows) {
      add_line(text, row.cells, widths);
      for (const std::string* part : {&row.origin, &row.remark}) {
        for (const std::string& line : output::wrapped(*part, columns - kIndent)) {
          text += line.empty() ? "" : std::string(kIndent, ' ') + line + '\n';
        }
      }
    }
    text += '\n';
  }
  return text + by_package(v, columns) + totals(v);
}

std::string json(const Verification& v) {
  output::Json checks = output::Json::array();
  for (const Package& package : v.packages) {
    for (const Row& row : package.rows) {
      output::Json one;
      one["package"] = row.package;
      one["what"] = row.check.what;
      one["expected"] = output::number(row.check.value);
      one["got"] = row.status.empty() ? output::number(row.got) : output::Json(row.status);
      one["tolerance"] = output::number(row.margin);
      one["verdict"] = std::string(to_string(row.verdict));
      one["metric"] = row.check.metric;
      one["run"] = json_of(row.check.run);
      one["source"] = row.check.source;
      if (row.check.relation != Relation::equal) {
        one["relation"] = row.check.relation == Relation::above ? "above" : "below";
      }
      if (row.check.against) {
        one["effect"] = output::number(row.got);
        one["se"] = output::number(row.standard_error);
        one["against"] = json_of(*row.check.against);
        one["reason"] = row.check.reason;
      }
      if (!row.check.known_miss.empty()) {
        one["known_miss"] = row.check.known_miss;
      }
      checks.push_back(std::move(one));
    }
  }
  output::Json all;
  all["checks"] = std::move(checks);
  return output::text_of(all, 2);
}

std::string markdown(const Verification& v) {
  const bool compare = std::all_of(v.packages.begin(), v.packages.end(), [](const Package& package) {
    return std::any_of(package.rows.begin(), package.rows.end(), is_effect);
  });
  return compare ? mechanisms_page(v) : published_page(v);
}

}  // namespace truel::verification
