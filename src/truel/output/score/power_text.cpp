#include "truel/output/score/power_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "truel/output/tables/table.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"

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
      "What this record could tell {} ahead ({}, {} forecasts of places): if the account of a row were "
      "true, in what percentage of records the scores would distinguish it from that of a column. On the diagonal: in "
      "how many they would distinguish two halves of its own runs, wrongly.",
      plural(first.horizon_months, "month"), plural(first.windows, "window"), first.n);
}

/// How many pairs it distinguishes well, and how it errs.
std::string summary(const std::vector<const Power*>& rows) {
  const auto pairs = std::count_if(rows.begin(), rows.end(), [](const Power* row) { return !is_itself(*row); });
  const auto enough = std::count_if(rows.begin(), rows.end(),
                                    [](const Power* row) { return !is_itself(*row) && row->told >= kEnough; });
  double wrong = 0;
  double itself = 0;
  double error = 0;
  for (const Power* row : rows) {
    double& most = is_itself(*row) ? itself : wrong;
    most = std::max(most, is_itself(*row) ? share_of(*row) : row->wrong);
    error = std::max(error, row->standard_error(share_of(*row)));
  }
  return fmt::format(
      "{} of {} pairs would be distinguished in {} % of records or more. The wrong one comes out ahead in at most {} "
      "%, and an account is distinguished from itself in up to {} %, where 5 % are expected. {} records of each "
      "account; standard errors up to {} points.",
      enough, pairs, percent_of(kEnough), percent_of(wrong), percent_of(itself), rows.front()->records,
      percent_of(error));
}

const std::vector<Field<Power>>& power_fields() {
  static const std::vector<Field<Power>> fields = {
      {"horizon_months", [](auto& r) { return r.horizon_months; }},
      {"unit", [](auto&) { return "place"; }},
      {"score", [](auto&) { return record::kBrier; }},
      {"merged", [](auto& r) { return r.merged; }},
      {"windows", [](auto& r) { return r.windows; }},
      {"n", [](auto& r) { return r.n; }},
      {"truth", [](auto& r) { return r.truth; }},
      {"other", [](auto& r) { return r.other; }},
      {"records", [](auto& r) { return r.records; }},
      {"ahead", [](auto& r) { return r.ahead; }},
      {"told", [](auto& r) { return r.told; }},
      {"told_se", [](auto& r) { return r.standard_error(r.told); }},
      {"wrong", [](auto& r) { return r.wrong; }},
      {"wrong_se", [](auto& r) { return r.standard_error(r.wrong); }},
      {"difference", [](auto& r) { return r.mean; }},
      {"difference_sd", [](auto& r) { return r.spread; }},
      {"observed", [](auto& r) { return r.observed; }},
      {"observed_interval", [](auto& r) { return Cell(r.observed_low, r.observed_high); }},
  };
  return fields;
}

/// Accounts that may be true by accounts that they are told from.
Table table_of_pairs(const std::vector<const Power*>& rows) {
  const std::vector<std::string> names = names_of(rows);
  std::vector<std::string> heads = {"true"};
  heads.insert(heads.end(), names.begin(), names.end());
  Table table(std::move(heads));
  for (const std::string& truth : names) {
    std::vector<Cell> cells = {truth};
    for (const std::string& other : names) {
      cells.emplace_back(percent_of(share_of(find(rows, truth, other))));
    }
    table.add(std::move(cells));
  }
  return table;
}

}  // namespace

Json power_json(const record::Scores& scores) {
  return json_of(power_fields(), scores.power);
}

std::string power_csv(const record::Scores& scores) {
  return csv_of(power_fields(), scores.power);
}

std::string power_table(const record::Scores& scores, int columns_wide) {
  TextTable sheet(columns_wide);
  for (const auto& [months, rows] : by_horizon(scores)) {
    sheet.text(heading(rows));
    table_of_pairs(rows).put(sheet);
    sheet.text(summary(rows));
    sheet.blank();
  }
  return std::move(sheet).take();
}

std::string power_markdown(const record::Scores& scores) {
  std::string out;
  for (const auto& [months, rows] : by_horizon(scores)) {
    out += fmt::format("{}{}\n\n{}\n{}\n", out.empty() ? "" : "\n", heading(rows), table_of_pairs(rows).markdown(),
                       summary(rows));
  }
  return out;
}

}  // namespace truel::output
