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

bool is_effect(const Row& row) {
  return row.check.against.has_value();
}

/// "effect -0.12 ± 0.03: why"; nothing for a check that compares no two runs.
std::string effect_and_reason(const Row& row) {
  if (!is_effect(row)) {
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

using Field = output::Field<const Row*>;

// What the tables have of a check, each told once.
const Field kPackage{"package", [](auto& row) { return row->package; }};
const Field kWhat{"what", [](auto& row) { return row->check.what; }};
const Field kExpected{"expected", [](auto& row) { return expected(*row); }};
const Field kTolerance{"tolerance", [](auto& row) { return tolerance(*row); }};
const Field kGot{"got", [](auto& row) { return got(*row); }};
const Field kVerdict{"verdict", [](auto& row) { return to_string(row->verdict); }};
const Field kSource{"source", [](auto& row) { return row->check.source; }};
/// An effect says beside its source what it is.
const Field kSourceAndRemark{"source", [](auto& row) {
                               const std::string why = remark(*row);
                               return row->check.source + (why.empty() ? "" : "; " + why);
                             }};

/// A number as it is, or nothing of it.
output::Cell only(bool is, output::Cell cell) {
  return is ? std::move(cell) : output::Cell(std::nullopt);
}

const std::vector<Field>& json_fields() {
  static const std::vector<Field> all = {
      kPackage,
      kWhat,
      {"expected", [](auto& row) { return row->check.value; }},
      {"got", [](auto& row) { return row->status.empty() ? output::Cell(row->got) : output::Cell(row->status); }},
      {"tolerance", [](auto& row) { return row->margin; }},
      kVerdict,
      {"metric", [](auto& row) { return row->check.metric; }},
      {"run", [](auto& row) { return json_of(row->check.run); }},
      kSource,
      {"relation",
       [](auto& row) {
         return only(row->check.relation != Relation::equal,
                     row->check.relation == Relation::above ? "above" : "below");
       }},
      {"effect", [](auto& row) { return only(is_effect(*row), row->got); }},
      {"se", [](auto& row) { return only(is_effect(*row), row->standard_error); }},
      {"against",
       [](auto& row) { return is_effect(*row) ? output::Cell(json_of(*row->check.against)) : std::nullopt; }},
      {"reason", [](auto& row) { return only(is_effect(*row), output::Json(row->check.reason)); }},
      {"known_miss", [](auto& row) { return only(!row->check.known_miss.empty(), row->check.known_miss); }},
  };
  return all;
}

/// The rows of a package, or of all of them, that `which` is true of.
template <class Which>
std::vector<const Row*> rows_of(std::span<const Package> packages, Which which) {
  std::vector<const Row*> rows;
  for (const Package& package : packages) {
    for (const Row& row : package.rows) {
      if (which(row)) {
        rows.push_back(&row);
      }
    }
  }
  return rows;
}

std::string markdown_of(const std::vector<Field>& fields, const std::vector<const Row*>& rows) {
  return output::table_of<const Row*>(fields, rows, Field::Where::both).markdown();
}

using Cells = std::vector<std::string>;

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

/// The section of a package: its rows that `which` is true of.
template <class Which>
void add_section(std::string& text, const Package& package, Which which) {
  text += fmt::format(
      "\n## {}\n\n{}\n\n{}", package.name, output::printable(package.title),
      markdown_of({kWhat, kExpected, kTolerance, kGot, kVerdict, kSourceAndRemark}, rows_of({&package, 1}, which)));
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
  const Field mechanism{"mechanism", [&](auto& row) {
                          const auto package = std::find_if(v.packages.begin(), v.packages.end(),
                                                            [&](const Package& p) { return p.name == row->package; });
                          return package->name + ": " + package->title;
                        }};
  const Field expected_effect{"expected", [](auto& row) {
                                const std::string by = tolerance(*row);
                                const char* how = row->check.relation == Relation::equal ? " within " : " by ";
                                return expected(*row) + (by.empty() ? "" : how + by);
                              }};
  text +=
      markdown_of({mechanism,
                   kWhat,
                   expected_effect,
                   {"effect", [](auto& row) { return effect(*row); }},
                   kVerdict,
                   {"reason", [](auto& row) { return fmt::format("{} ({})", row->check.reason, row->check.source); }}},
                  rows_of(v.packages, is_effect));
  for (const Package& package : v.packages) {
    if (!std::all_of(package.rows.begin(), package.rows.end(), is_effect)) {
      add_section(text, package, [](const Row& row) { return !is_effect(row); });
    }
  }
  return text;
}

}  // namespace

std::string terminal_table(const Verification& v, int columns, bool shows_all) {
  const std::vector<Field> fields = {kPackage, kWhat, kExpected, kGot, kVerdict, kSource};
  // What fails comes first; within that, the order of the packages.
  std::vector<const Row*> rows = rows_of(v.packages, [](const Row& row) { return row.verdict == Verdict::fail; });
  if (shows_all) {
    const auto others = rows_of(v.packages, [](const Row& row) { return row.verdict != Verdict::fail; });
    rows.insert(rows.end(), others.begin(), others.end());
  }
  columns = std::max(columns, kLeastColumns);
  std::string text;
  if (!rows.empty()) {
    std::vector<Cells> lines(rows.size() + 1);
    Widths widths;
    for (std::size_t c = 0; c < fields.size(); ++c) {
      lines[0].emplace_back(fields[c].name);
      for (std::size_t r = 0; r < rows.size(); ++r) {
        lines[r + 1].push_back(fields[c].of(rows[r]).text());
      }
      for (const Cells& line : lines) {
        widths.of[c] = std::max(widths.of[c], output::display_width(line[c]));
      }
    }
    fit(widths, columns);
    add_line(text, lines[0], widths);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      add_line(text, lines[r + 1], widths);
      for (const std::string& part : {origin(*rows[r]), remark(*rows[r])}) {
        for (const std::string& line : output::wrapped(output::printable(part), columns - kIndent)) {
          text += line.empty() ? "" : std::string(kIndent, ' ') + line + '\n';
        }
      }
    }
    text += '\n';
  }
  return text + by_package(v, columns) + totals(v);
}

std::string json(const Verification& v) {
  output::Json all;
  all["checks"] = output::json_of(json_fields(), rows_of(v.packages, [](const Row&) { return true; }));
  return output::text_of(all, 2);
}

std::string markdown(const Verification& v) {
  const bool compare = std::all_of(v.packages.begin(), v.packages.end(), [](const Package& package) {
    return std::any_of(package.rows.begin(), package.rows.end(), is_effect);
  });
  return compare ? mechanisms_page(v) : published_page(v);
}

}  // namespace truel::verification
