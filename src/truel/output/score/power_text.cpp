#include "truel/output/score/power_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "truel/output/tables/tables.hpp"
#include "truel/output/terminal/table_layout.hpp"

namespace truel::output {
namespace {

using record::Power;

/// What counts as told apart well.
constexpr double kEnough = 0.8;

std::map<int, std::vector<const Power*>> by_horizon(const record::Scores& scores) {
  std::map<int, std::vector<const Power*>> groups;
  for (const Power& row : scores.power) {
    groups[row.horizon_months].push_back(&row);
  }
  return groups;
}

bool is_itself(const Power& row) {
  return row.truth == row.other;
}

/// Of halves of one account all that is told apart is told wrongly.
double share_of(const Power& row) {
  return is_itself(row) ? row.told + row.wrong : row.told;
}

std::string percent_of(double share) {
  return std::isfinite(share) ? fmt::format("{:.0f}", 100 * share) : "-";
}

std::vector<std::string> names_of(const std::vector<const Power*>& rows) {
  std::vector<std::string> names;
  for (const Power* row : rows) {
    if (is_itself(*row)) {
      names.push_back(row->truth);
    }
  }
  return names;
}

const Power& find(const std::vector<const Power*>& rows, const std::string& truth, const std::string& other) {
  return **std::find_if(rows.begin(), rows.end(),
                        [&](const Power* row) { return row->truth == truth && row->other == other; });
}

std::string heading(const std::vector<const Power*>& rows) {
  const Power& first = *rows.front();
  return fmt::format(
      "What this record could tell {} months ahead ({} window{}, {} forecasts of places): if the account of a row were "
      "true, in what percentage of records the scores would distinguish it from that of a column. On the diagonal: in "
      "how many they would distinguish two halves of its own runs, wrongly.",
      first.horizon_months, first.windows, first.windows == 1 ? "" : "s", first.n);
}

/// How many pairs it distinguishes well, and how it errs.
std::string summary(const std::vector<const Power*>& rows) {
  const auto pairs = std::count_if(rows.begin(), rows.end(), [](const Power* row) { return !is_itself(*row); });
  const auto enough = std::count_if(rows.begin(), rows.end(),
                                    [](const Power* row) { return !is_itself(*row) && row->told >= kEnough; });
  double wrong = 0;
  double error = 0;
  for (const Power* row : rows) {
    wrong = std::max(wrong, is_itself(*row) ? 0 : row->wrong);
    error = std::max(error, row->standard_error(share_of(*row)));
  }
  return fmt::format(
      "{} of {} pairs would be distinguished in {} % of records or more. The wrong one comes out ahead in at most {} "
      "%. "
      "{} records of each account; standard errors up to {} points.",
      enough, pairs, percent_of(kEnough), percent_of(wrong), rows.front()->records, percent_of(error));
}

}  // namespace

Json power_json(const record::Scores& scores) {
  Json rows = Json::array();
  for (const Power& row : scores.power) {
    const bool has_interval = std::isfinite(row.observed_low);
    rows.push_back({{"horizon_months", row.horizon_months},
                    {"unit", "place"},
                    {"score", "brier"},
                    {"merged", row.merged},
                    {"windows", row.windows},
                    {"n", row.n},
                    {"truth", row.truth},
                    {"other", row.other},
                    {"records", row.records},
                    {"ahead", number(row.ahead)},
                    {"told", number(row.told)},
                    {"told_se", number(row.standard_error(row.told))},
                    {"wrong", number(row.wrong)},
                    {"wrong_se", number(row.standard_error(row.wrong))},
                    {"difference", number(row.mean)},
                    {"difference_sd", number(row.spread)},
                    {"observed", number(row.observed)},
                    {"observed_interval", has_interval ? Json({row.observed_low, row.observed_high}) : Json(nullptr)}});
  }
  return rows;
}

std::string power_csv(const record::Scores& scores) {
  std::string out =
      "horizon_months,unit,score,merged,windows,n,truth,other,records,ahead,told,told_se,wrong,wrong_se,difference,"
      "difference_sd,observed,observed_low,observed_high\n";
  for (const Power& row : scores.power) {
    out += fmt::format("{},place,brier,{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", row.horizon_months,
                       row.merged ? "yes" : "no", row.windows, row.n, csv_cell(row.truth), csv_cell(row.other),
                       row.records, csv_cell(row.ahead), csv_cell(row.told), csv_cell(row.standard_error(row.told)),
                       csv_cell(row.wrong), csv_cell(row.standard_error(row.wrong)), csv_cell(row.mean),
                       csv_cell(row.spread), csv_cell(row.observed), csv_cell(row.observed_low),
                       csv_cell(row.observed_high));
  }
  return out;
}

std::string power_table(const record::Scores& scores, int columns_wide) {
  TextTable sheet(columns_wide);
  for (const auto& [months, rows] : by_horizon(scores)) {
    const std::vector<std::string> names = names_of(rows);
    sheet.text(heading(rows));
    std::vector<TextTable::Column> columns;
    for (const std::string& other : names) {
      columns.push_back({other, {}});
      for (const std::string& truth : names) {
        columns.back().cells.push_back(percent_of(share_of(find(rows, truth, other))));
      }
    }
    sheet.table({"true", names}, columns);
    sheet.text(summary(rows));
    sheet.blank();
  }
  return std::move(sheet).take();
}

std::string power_markdown(const record::Scores& scores) {
  std::string out;
  for (const auto& [months, rows] : by_horizon(scores)) {
    const std::vector<std::string> names = names_of(rows);
    out += (out.empty() ? "" : "\n") + heading(rows) + fmt::format("\n\n| true | {} |\n|---|", fmt::join(names, " | "));
    for (std::size_t k = 0; k < names.size(); ++k) {
      out += "---|";
    }
    out += '\n';
    for (const std::string& truth : names) {
      out += fmt::format("| {} |", truth);
      for (const std::string& other : names) {
        out += fmt::format(" {} |", percent_of(share_of(find(rows, truth, other))));
      }
      out += '\n';
    }
    out += '\n' + summary(rows) + '\n';
  }
  return out;
}

}  // namespace truel::output
