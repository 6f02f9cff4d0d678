#include "truel/verification/write.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "truel/output/json.hpp"
#include "truel/output/text.hpp"

namespace truel::verification {
namespace {

constexpr int kGap = 2;
constexpr int kLeastColumns = 60;
constexpr int kWidestPackage = 24;
/// A source cut shorter than this says little and is left out, before what is checked is cut below this.
constexpr int kShortestSource = 16;
constexpr int kShortestWhat = 40;

std::string sign_of(Relation relation) {
  return relation == Relation::above ? "> " : relation == Relation::below ? "< " : "";
}

std::string expected(const Row& row) {
  return sign_of(row.check.relation) + fmt::format("{:.10g}", row.check.value);
}

/// With two digits of the error.
std::string to_error(double value, double standard_error) {
  const int decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(standard_error))), 0, 12);
  return fmt::format("{:.{}f}", value, decimals);
}

/// With as many digits as the tolerance asks for: two of a standard error, or eight in all.
std::string got(const Row& row) {
  if (!row.status.empty()) {
    return row.status;
  }
  if (row.verdict == Verdict::no_data) {
    return "-";
  }
  const bool is_mean_of_many = row.check.tolerance_kind == ToleranceKind::standard_errors && row.standard_error > 0;
  return is_mean_of_many ? to_error(row.got, row.standard_error) : fmt::format("{:.8g}", row.got);
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

using Cells = std::array<std::string, 6>;  // package, what, expected, got, verdict, source

struct Widths {
  std::array<int, 6> of{};

  int fixed() const { return of[2] + of[3] + of[4] + 4 * kGap; }
};

/// What is too wide is cut: the package first, then the source, then what is checked.
void fit(Widths& w, int columns) {
  w.of[0] = std::min(w.of[0], kWidestPackage);
  const int room = columns - w.fixed() - w.of[0];
  const int natural = w.of[1] + kGap + w.of[5];
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

/// Text of one cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : output::printable(text)) {
    out += c == '|' ? std::string("\\|") : std::string(1, c);
  }
  return out;
}

bool is_effect(const Row& row) {
  return row.check.against.has_value();
}

/// The section of a package: its rows that `which` is true of. An effect says beside its source what it is.
template <class Which>
void add_section(std::string& text, const Package& package, Which which) {
  text += fmt::format("\n## {}\n\n{}\n\n", package.name, output::printable(package.title));
  text += "| what | expected | tolerance | got | verdict | source |\n|---|---|---|---|---|---|\n";
  for (const Row& row : package.rows) {
    if (which(row)) {
      const std::string why = cell(remark(row));
      text +=
          fmt::format("| {} | {} | {} | {} | {} | {} |\n", cell(row.check.what), expected(row), tolerance(row),
                      cell(got(row)), to_string(row.verdict), cell(row.check.source) + (why.empty() ? "" : "; " + why));
    }
  }
}

std::string published_page(const Verification& v) {
  std::string text =
      "# Verification\n\n"
      "What the published models say, and what truel gives. Every row is a `[[check]]` of a package in\n"
      "`scenarios/published`; `truel verify scenarios/published` prints them, and this page is written by its option\n"
      "`--markdown`. A test runs all of them and compares the page; digits of the results beyond the tolerance may "
      "differ\n"
      "from one machine to another. What a tolerance means is in [scenario-format.md](scenario-format.md#checks).\n";
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
`truel verify scenarios/mechanisms` prints the rows; this page is written by its option `--markdown`, and a test runs
all of them and compares it.

| mechanism | what | expected | effect | verdict | reason |
|---|---|---|---|---|---|
)";
  for (const Package& package : v.packages) {
    for (const Row& row : package.rows) {
      if (is_effect(row)) {
        const std::string by = tolerance(row);
        const std::string how = row.check.relation == Relation::equal ? " within " : " by ";
        text += fmt::format("| {} | {} | {}{} | {} | {} | {} ({}) |\n", cell(package.name + ": " + package.title),
                            cell(row.check.what), expected(row), by.empty() ? "" : how + by, cell(effect(row)),
                            to_string(row.verdict), cell(row.check.reason), cell(row.check.source));
      }
    }
  }
  for (const Package& package : v.packages) {
    if (!std::all_of(package.rows.begin(), package.rows.end(), is_effect)) {
      add_section(text, package, [](const Row& row) { return !is_effect(row); });
    }
  }
  return text;
}

}  // namespace

std::string terminal_table(const Verification& v, int columns) {
  const Cells head{"package", "what", "expected", "got", "verdict", "source"};
  std::vector<std::pair<Cells, std::string>> rows;
  for (const Package& package : v.packages) {
    for (const Row& row : package.rows) {
      rows.emplace_back(
          Cells{output::printable(row.package), output::printable(row.check.what), expected(row),
                output::printable(got(row)), std::string(to_string(row.verdict)), output::printable(row.check.source)},
          output::printable(remark(row)));
    }
  }
  if (rows.empty()) {
    return totals(v);
  }
  Widths widths;
  for (std::size_t c = 0; c < head.size(); ++c) {
    widths.of[c] = output::display_width(head[c]);
    for (const auto& [cells, remark] : rows) {
      widths.of[c] = std::max(widths.of[c], output::display_width(cells[c]));
    }
  }
  columns = std::max(columns, kLeastColumns);
  fit(widths, columns);
  std::string text;
  add_line(text, head, widths);
  for (const auto& [cells, remark] : rows) {
    add_line(text, cells, widths);
    for (const std::string& line : output::wrapped(remark, columns - 2 * kGap)) {
      text += line.empty() ? "" : std::string(2 * kGap, ' ') + line + '\n';
    }
  }
  return text + totals(v);
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
      one["source"] = row.check.source;
      if (row.check.relation != Relation::equal) {
        one["relation"] = row.check.relation == Relation::above ? "above" : "below";
      }
      if (row.check.against) {
        one["effect"] = output::number(row.got);
        one["se"] = output::number(row.standard_error);
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
