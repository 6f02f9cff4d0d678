#include "truel/output/comparison/comparison.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "truel/output/describe.hpp"
#include "truel/output/summary/facts.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

using ensemble::ComparedKind;
using ensemble::ComparedRow;

/// How an outcome is shown.
struct OutcomeStyle {
  ComparedKind kind;
  std::string head;   ///< of its table
  std::string what;   ///< in a sentence: "Greatest change in WHAT"
  double factor;      ///< to the unit shown
  const char* unit;   ///< of a level
  const char* units;  ///< of a difference
};

/// By ComparedKind.
const std::vector<OutcomeStyle>& styles() {
  static const std::vector<OutcomeStyle> all = {
      {ComparedKind::survival, "Survives, % of the runs", "survival", 100, " %", " points"},
      {ComparedKind::life, "Days until it collapses, or the end", "days it survives", 1, "", " days"},
      {ComparedKind::value, "Land on the last day, %", "land", 100, " %", " points"},
      {ComparedKind::people, "People governed on the last day, % of all", "share of all people", 100, " %", " points"},
      {ComparedKind::losses, "Fighters killed", "fighters killed", 1, "", ""},
      {ComparedKind::fighters, "Fighters on the last day", "fighters on the last day", 1, "", ""},
      {ComparedKind::distance, fmt::format("Distance from the {}", issue_law().name),
       fmt::format("distance from the {}", issue_law().name), 1, "", ""},
      {ComparedKind::issue,
       fmt::format("{} ({})", capitalised(issue_law().name), issue_law().results[at(issue_law().predicted)].name),
       std::string(issue_law().name), 1, "", ""},
      {ComparedKind::harm, "Civilians harmed", "civilians harmed", 1, "", ""},
      {ComparedKind::metric, "Asked for", "", 1, "", ""},
  };
  return all;
}

const OutcomeStyle& shown(ComparedKind kind) {
  return styles().at(static_cast<std::size_t>(kind));
}

/// Three digits, and one decimal of what is small.
std::string digits(double x) {
  return !std::isfinite(x) ? "-" : std::abs(x) < 99.95 ? fixed(x, 1) : rounded_count(x);
}

/// Of other metrics, whose unit may be anything.
std::string significant_digits(double x) {
  return !std::isfinite(x) ? "-" : fmt::format("{:.4g}", x + 0.0);
}

std::string level(const OutcomeStyle& s, double x) {
  return s.kind == ComparedKind::metric ? significant_digits(x) : digits(s.factor * x);
}

std::string signed_level(const OutcomeStyle& s, double x) {
  const std::string text = level(s, x);
  const bool is_nought = text.find_first_of("123456789") == std::string::npos;
  return fmt::format("{}{}", x > 0 && std::isfinite(x) && !is_nought ? "+" : "", text);
}

std::string range(const OutcomeStyle& s, const ComparedRow& row) {
  return std::isfinite(row.low) ? fmt::format("{} to {}", signed_level(s, row.low), signed_level(s, row.high)) : "";
}

std::string row_name(const War& war, const ComparedRow& row) {
  if (row.outcome.kind == ComparedKind::metric) {
    return printable(row.outcome.name);
  }
  if (row.outcome.kind == ComparedKind::issue) {
    return printable(war.issues[at(row.outcome.issue)]);
  }
  const std::string actor = row.outcome.actor == kNone ? "All" : short_name(war, row.outcome.actor);
  const bool names_issue = row.outcome.kind == ComparedKind::distance && war.issues.size() > 1;
  return names_issue ? fmt::format("{}, {}", actor, printable(war.issues[at(row.outcome.issue)])) : actor;
}

/// Rows of a kind that change, the greatest change first; those of the actor that a side is without are no news.
std::vector<const ComparedRow*> changed(const ComparedWar& war, ComparedKind kind, bool only_certain) {
  std::vector<const ComparedRow*> rows;
  for (const ComparedRow& row : war.comparison.rows) {
    if (row.outcome.kind == kind && row.changed > 0 && (!only_certain || row.is_certain()) &&
        (war.without == kNone || row.outcome.actor != war.without)) {
      rows.push_back(&row);
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const ComparedRow* x, const ComparedRow* y) {
    return std::abs(x->difference.value) > std::abs(y->difference.value);
  });
  return rows;
}

std::string change_sentence(const ComparedWar& war, const ComparedRow& row) {
  const OutcomeStyle& s = shown(row.outcome.kind);
  return fmt::format("Greatest change in {}: {}, {}{} under {} and {}{} under {}, a difference of {}{} ({}).", s.what,
                     row_name(war.model.war(), row), level(s, row.first.value), s.unit, war.sides[0].title,
                     level(s, row.second.value), s.unit, war.sides[1].title, signed_level(s, row.difference.value),
                     s.units, range(s, row));
}

/// "Nusra Front (-2.1 points, -3.0 to -1.2)", one after another; those whose number rises, or falls.
std::string listed(const War& war, const std::vector<const ComparedRow*>& rows, bool rising) {
  std::vector<std::string> entries;
  for (const ComparedRow* row : rows) {
    const OutcomeStyle& s = shown(row->outcome.kind);
    if ((row->difference.value > 0) == rising) {
      entries.push_back(fmt::format("{} ({}{}, {})", row_name(war, *row), signed_level(s, row->difference.value),
                                    s.units, range(s, *row)));
    }
  }
  return fmt::format("{}", fmt::join(entries, ", "));
}

/// What would be without the actor, by one measure: "By land: less for Nusra Front (...); more for Hezbollah (...)."
std::string gains_by(const ComparedWar& compared, ComparedKind kind, std::string_view measure, const char* falling,
                     const char* rising) {
  const War& war = compared.model.war();
  const auto rows = changed(compared, kind, true);
  const std::string down = listed(war, rows, false);
  const std::string up = listed(war, rows, true);
  if (rows.empty()) {
    return fmt::format(" {}: no difference is certain.", measure);
  }
  return fmt::format(" {}: {}{}{}{}{}.", measure, down.empty() ? "" : falling, down,
                     down.empty() || up.empty() ? "" : "; ", up.empty() ? "" : rising, up);
}

/// Who gains from an actor: those that would hold less, lose more or get less without it.
std::string gains_answer(const ComparedWar& compared) {
  std::string text =
      fmt::format("What others would have without {}.", short_name(compared.model.war(), compared.without));
  text += gains_by(compared, ComparedKind::value, "Land", "less for ", "more for ");
  text += gains_by(compared, ComparedKind::losses, "Fighters killed", "fewer of ", "more of ");
  if (compared.model.issues().issues > 0) {
    text += gains_by(compared, ComparedKind::distance,
                     fmt::format("Distance of the {} from what they want", issue_law().name), "nearer for ",
                     "farther for ");
  }
  return text;
}

void add_table(TextTable& sheet, const ComparedWar& compared, ComparedKind kind) {
  const auto rows = changed(compared, kind, false);
  if (rows.empty()) {
    return;
  }
  const OutcomeStyle& s = shown(kind);
  const auto count = [](std::size_t n) { return grouped(static_cast<double>(n)); };
  sheet.table<const ComparedRow*>(
      rows, {{s.head, [&](auto* row) { return row_name(compared.model.war(), *row); }},
             {compared.sides[0].name, [&](auto* row) { return level(s, row->first.value); }},
             {compared.sides[1].name, [&](auto* row) { return level(s, row->second.value); }},
             {"Difference", [&](auto* row) { return signed_level(s, row->difference.value); }},
             {"95 % interval", [&](auto* row) { return range(s, *row); }},
             {"Pairs changed",
              [&](auto* row) {
                return row->difference.n < compared.comparison.runs
                           ? fmt::format("{} of {}", count(row->changed), count(row->difference.n))
                           : count(row->changed);
              },
              1}});
  sheet.blank();
}

}  // namespace

RowWords words_of(const War& war, const ComparedRow& row) {
  const auto& s = shown(row.outcome.kind);
  const bool is_metric = row.outcome.kind == ComparedKind::metric;
  return {is_metric ? row_name(war, row) : fmt::format("{}, {}", s.head, row_name(war, row)), level(s, row.first.value),
          level(s, row.second.value), signed_level(s, row.difference.value), range(s, row)};
}

std::string comparison_answer(const ComparedWar& compared) {
  if (compared.without != kNone) {
    return gains_answer(compared);
  }
  for (const ComparedKind kind : {ComparedKind::survival, ComparedKind::value, ComparedKind::issue,
                                  ComparedKind::losses, ComparedKind::fighters}) {
    if (const auto rows = changed(compared, kind, true); !rows.empty()) {
      return change_sentence(compared, *rows.front());
    }
  }
  const bool any = std::any_of(compared.comparison.rows.begin(), compared.comparison.rows.end(),
                               [](const ComparedRow& row) { return row.changed > 0; });
  return any ? fmt::format("{} pairs of runs are too few to say whether {} and {} differ.",
                           grouped(static_cast<double>(compared.comparison.runs)), compared.sides[0].title,
                           compared.sides[1].title)
             : fmt::format("{} and {} give the same in every run{}.", compared.sides[0].title, compared.sides[1].title,
                           compared.comparison.fork ? fmt::format(": of other runs, at most {} differ",
                                                                  percent(most_unseen(compared.comparison.runs)))
                                                    : "");
}

std::vector<std::string> deadly_sides(const ComparedWar& compared) {
  std::vector<std::string> texts;
  for (std::size_t side = 0; side < compared.sides.size(); ++side) {
    if (!compared.deadly[side].empty()) {
      texts.push_back(fmt::format("{}: {}", capitalised(compared.sides[side].title), compared.deadly[side]));
    }
  }
  return texts;
}

std::string until_sure_words(const ensemble::Comparison& c) {
  const auto pairs = [](std::size_t n) { return grouped(static_cast<double>(n)); };
  const std::string kept = " All 95 % intervals allow for stopping early.";
  if (c.until_sure->is_sure) {
    return fmt::format(
        "{} of at most {} pairs were enough: the interval of each difference in question excludes zero or is narrow.{}",
        pairs(c.runs), pairs(c.until_sure->most), kept);
  }
  return c.runs < c.until_sure->most
             ? fmt::format("{} of at most {} pairs so far.{}", pairs(c.runs), pairs(c.until_sure->most),
                           c.miss == ensemble::kNoInterval ? "" : kept)
             : fmt::format(
                   "All {} pairs were run: the interval of some difference in question still includes zero and is "
                   "wide.{}",
                   pairs(c.runs), kept);
}

std::string comparison_table(const ComparedWar& compared, int columns_wide) {
  const War& war = compared.model.war();
  const ensemble::Comparison& c = compared.comparison;
  TextTable sheet(columns_wide);
  sheet.text(fmt::format("{}: {} to {}, {} {} of runs", printable(war.title), long_date(war.start), long_date(war.end),
                         grouped(static_cast<double>(c.runs)), c.runs == 1 ? "pair" : "pairs"));
  sheet.text(comparison_answer(compared));
  for (const std::string& text : deadly_sides(compared)) {
    sheet.text(text);
  }
  if (c.until_sure) {
    sheet.text(until_sure_words(c));
  }
  if (c.fork && *c.fork > war.start) {
    sheet.text(fmt::format("Until {} the two sides are the same in every run.", long_date(*c.fork)));
  }
  sheet.blank();
  for (const ComparedKind kind :
       {ComparedKind::survival, ComparedKind::value, ComparedKind::losses, ComparedKind::fighters,
        ComparedKind::distance, ComparedKind::issue, ComparedKind::harm, ComparedKind::metric}) {
    add_table(sheet, compared, kind);
  }
  if (const auto observed = record::own_control(war)) {
    if (const std::string land =
            land_in_fact(compared.model, c, {compared.sides[0].name, compared.sides[1].name}, *observed);
        !land.empty()) {
      sheet.text(land);
      sheet.blank();
    }
  }
  sheet.text(
      "Means over pairs of runs, one of each side, with the same draws and the same chance. Difference: the second "
      "side "
      "less the first, with its 95 % interval. What differs in no pair is left out.");
  if (c.first_failed + c.second_failed > 0) {
    sheet.text(fmt::format("{} runs of the first side and {} of the second failed; their pairs are left out.",
                           c.first_failed, c.second_failed));
  }
  return std::move(sheet).take();
}

}  // namespace truel::output
