#include "truel/output/score/patterns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "truel/model/basic_model.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/svg.hpp"
#include "truel/output/tables/table.hpp"
#include "truel/record/patterns/facts.hpp"

namespace truel::output {
namespace {

using record::kFacts;
using record::PatternRow;

constexpr const char* kRecordColour = "#d55e00";

std::string fact_text(double x) {
  return !std::isfinite(x) ? "-" : std::abs(x) >= 100 ? fmt::format("{:.0f}", x) : fmt::format("{:.3g}", x);
}

std::string fact_range(double low, double high) {
  return std::isfinite(low) ? fmt::format("{} to {}", fact_text(low), fact_text(high)) : "-";
}

/// The rows that a person is shown: sides that the record cannot tell apart as one, where the package has such.
std::vector<const PatternRow*> shown_patterns(const record::Scores& scores) {
  const bool has_merged =
      std::any_of(scores.patterns.begin(), scores.patterns.end(), [](const PatternRow& row) { return row.merged; });
  std::vector<const PatternRow*> rows;
  for (const PatternRow& row : scores.patterns) {
    if (row.merged == has_merged) {
      rows.push_back(&row);
    }
  }
  return rows;
}

std::map<std::string, std::vector<const PatternRow*>> by_account(const record::Scores& scores) {
  std::map<std::string, std::vector<const PatternRow*>> groups;
  for (const PatternRow* row : shown_patterns(scores)) {
    groups[row->account].push_back(row);
  }
  return groups;
}

double even_share(const PatternRow& row) {
  return std::min(1.0, double{record::kFirstDays} / std::max(1, row.window.until - row.window.origin));
}

/// Whether runs have more than twice the changes in their first month that an even pace and the record would give: then
/// rates tell how a run begins.
bool is_early(const PatternRow& row) {
  const double usual = std::max(even_share(row), std::isfinite(row.record) ? row.record : 0);
  return row.fact == record::kFirstMonth && row.runs_median > 2 * usual;
}

}  // namespace

void add_patterns(const record::Scores& scores, int look_days, TextTable& sheet) {
  for (const auto& [account, rows] : by_account(scores)) {
    const PatternRow& first = *rows.front();
    sheet.blank();
    sheet.text(fmt::format("How fronts move{}, {} to {}{}: both looked at every {} days", under_account(account),
                           format_date(first.window.origin), format_date(first.window.until),
                           first.merged ? ", merged sides" : "", look_days));
    sheet.table<const PatternRow*>(
        rows,
        {{"", [](auto* row) { return std::string(kFacts.at(row->fact).words); }},
         {"Observed", [](auto* row) { return fact_text(row->record); }},
         {"95 % interval", [](auto* row) { return fact_range(row->record_low, row->record_high); }, 1},
         {"Runs", [](auto* row) { return fact_text(row->runs_median); }},
         {"95 % of runs", [](auto* row) { return fact_range(row->runs_low, row->runs_high); }, 2},
         {"Runs below",
          [](auto* row) { return std::isfinite(row->rank) ? fmt::format("{:.0f}%", 100 * row->rank) : "-"; }, 3}});
    for (const PatternRow* row : rows) {
      if (is_early(*row)) {
        sheet.text(fmt::format(
            "Runs have {:.0f}% of their changes of hands in the first {} days, where an even pace would have {:.0f}%: "
            "rates over all of the window tell how a run begins, too.",
            100 * row->runs_median, record::kFirstDays, 100 * even_share(*row)));
      }
    }
  }
}

namespace {

std::vector<Field<PatternRow>> pattern_fields(int look_days) {
  using enum Field<PatternRow>::Where;
  return {
      {"origin", [](auto& r) { return format_date(r.window.origin); }},
      {"until", [](auto& r) { return format_date(r.window.until); }},
      {"look_days", [look_days](auto&) { return look_days; }},
      {"merged", [](auto& r) { return r.merged; }},
      {"account", [](auto& r) { return r.account; }},
      {"fact", [](auto& r) { return kFacts.at(r.fact).name; }},
      {"words", [](auto& r) { return kFacts.at(r.fact).words; }, json},
      {"record", [](auto& r) { return r.record; }},
      {"record_interval", [](auto& r) { return Cell(r.record_low, r.record_high); }},
      {"runs_median", [](auto& r) { return r.runs_median; }},
      {"runs_interval", [](auto& r) { return Cell(r.runs_low, r.runs_high); }},
      {"runs", [](auto& r) { return r.runs; }},
      {"rank", [](auto& r) { return r.rank; }},
      {"is_early", [](auto& r) { return is_early(r); }, json},
  };
}

}  // namespace

Json patterns_json(const record::Scores& scores, int look_days) {
  return json_of(pattern_fields(look_days), scores.patterns);
}

std::string patterns_csv(const record::Scores& scores, int look_days) {
  return csv_of(pattern_fields(look_days), scores.patterns);
}

std::string patterns_svg(const record::Scores& scores) {
  constexpr double kWidth = 860;
  constexpr double kNames = 250;
  constexpr double kValues = 170;
  constexpr double kLine = 34;
  constexpr double kHead = 30;
  const auto groups = by_account(scores);
  double height = 70;
  for (const auto& [account, rows] : groups) {
    height += kHead + kLine * static_cast<double>(rows.size());
  }
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" "
      "font-family=\"sans-serif\" font-size=\"13\" fill=\"{2}\">\n<rect width=\"100%\" height=\"100%\" "
      "fill=\"white\"/>\n<text x=\"16\" y=\"24\" font-size=\"15\">How fronts move: observed (blue, above) and the "
      "runs "
      "(below)</text>\n<text x=\"16\" y=\"44\">each line has a scale of its own; bars: 95 % interval of the observed "
      "value, 95 "
      "% "
      "of the runs</text>\n",
      kWidth, height, kInk);
  double y = 60;
  for (const auto& [account, rows] : groups) {
    out += fmt::format("<text x=\"16\" y=\"{:.1f}\" font-weight=\"bold\">{}</text>\n", y + 16,
                       account == kBase ? "the basic model" : account);
    y += kHead;
    for (const PatternRow* row : rows) {
      double least = 0;
      double greatest = 1e-9;
      for (const double x :
           {row->record, row->record_low, row->record_high, row->runs_median, row->runs_low, row->runs_high}) {
        least = std::isfinite(x) ? std::min(least, x) : least;
        greatest = std::isfinite(x) ? std::max(greatest, x) : greatest;
      }
      const auto x_of = [&](double v) {
        return kNames + (kWidth - kNames - kValues) * (v - least) / (greatest - least);
      };
      out += fmt::format("<text x=\"16\" y=\"{:.1f}\">{}</text>\n", y + 15, kFacts.at(row->fact).words);
      out += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\" stroke=\"#cccccc\"/>\n",
                         x_of(0), y, y + kLine - 8);
      const auto draw = [&](double value, double low, double high, double line, const char* colour) {
        if (std::isfinite(low)) {
          out += fmt::format(
              "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"3\" "
              "opacity=\"0.45\"/>\n",
              x_of(low), line, x_of(high), line, colour);
        }
        if (std::isfinite(value)) {
          out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\" fill=\"{}\"/>\n", x_of(value), line, colour);
        }
      };
      draw(row->record, row->record_low, row->record_high, y + 6, kBlue);
      draw(row->runs_median, row->runs_low, row->runs_high, y + 18, kRecordColour);
      out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{} beside {}</text>\n", kWidth - kValues + 20, y + 15,
                         fact_text(row->record), fact_text(row->runs_median));
      y += kLine;
    }
  }
  return out + "</svg>\n";
}

}  // namespace truel::output
