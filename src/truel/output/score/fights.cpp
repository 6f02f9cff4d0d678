#include "truel/output/score/fights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "truel/output/describe.hpp"
#include "truel/output/score/score_rows.hpp"
#include "truel/output/tables/table.hpp"

namespace truel::output {
namespace {

using record::FightRow;
using record::ScoreRow;

constexpr double kLeastShare = 0.01;  ///< in the record or in half of the runs, to be told

std::string share_text(double share) {
  return std::isfinite(share) ? fmt::format("{:.0f}", 100 * share) : "-";
}

std::string share_range(double low, double high) {
  return std::isfinite(low) ? fmt::format("{:.0f} to {:.0f}", 100 * low, 100 * high) : "-";
}

const std::vector<Field<FightRow>>& fight_fields() {
  static const std::vector<Field<FightRow>> fields = {
      {"origin", [](auto& r) { return format_date(r.window.origin); }},
      {"until", [](auto& r) { return format_date(r.window.until); }},
      {"account", [](auto& r) { return r.account; }},
      {"side", [](auto& r) { return r.side; }},
      {"enemy", [](auto& r) { return r.enemy; }},
      {"record", [](auto& r) { return r.record; }},
      {"record_interval", [](auto& r) { return Cell(r.record_low, r.record_high); }},
      {"runs_median", [](auto& r) { return r.median; }},
      {"runs_interval", [](auto& r) { return Cell(r.low, r.high); }},
  };
  return fields;
}

/// What scores tell of fights: over all windows of a horizon where there are several.
std::vector<const ScoreRow*> fight_scores(const record::Scores& scores) {
  std::set<int> pooled;
  const auto is_told = [](const ScoreRow& row) {
    return row.target == record::Target::fights && row.score == record::kFairCrps;
  };
  for (const ScoreRow& row : scores.rows) {
    if (is_told(row) && row.is_pooled) {
      pooled.insert(row.window.months);
    }
  }
  std::vector<const ScoreRow*> rows;
  for (const ScoreRow& row : scores.rows) {
    if (is_told(row) && row.is_pooled == pooled.contains(row.window.months)) {
      rows.push_back(&row);
    }
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const ScoreRow* a, const ScoreRow* b) { return a->window.months < b->window.months; });
  return rows;
}

void add_fight_scores(const record::Scores& scores, TextTable& sheet) {
  const std::vector<const ScoreRow*> rows = fight_scores(scores);
  for (auto first = rows.begin(); first != rows.end();) {
    const int months = (*first)->window.months;
    const auto last =
        std::find_if(first, rows.end(), [&](const ScoreRow* row) { return row->window.months != months; });
    sheet.blank();
    sheet.text(
        fmt::format("Who fights whom, {} months from {}: error of the share of each enemy in a side's dead and "
                    "killed, in percentage points",
                    months, format_date((*first)->window.origin)));
    const auto has_difference = [](auto* row) { return row->model != row->against && std::isfinite(row->difference); };
    sheet.table<const ScoreRow*>(
        {first, last},
        {{"", [](auto* row) { return name_of(*row); }},
         {"CRPS fair", [](auto* row) { return fmt::format("{:.1f}", 100 * row->value); }},
         {"Difference",
          [&](auto* row) { return has_difference(row) ? fmt::format("{:+.1f}", 100 * row->difference) : ""; }},
         {"95 % interval",
          [&](auto* row) {
            return has_difference(row) && std::isfinite(row->difference_low)
                       ? fmt::format("{:+.1f} to {:+.1f}", 100 * row->difference_low, 100 * row->difference_high)
                       : "";
          },
          1},
         {"Pairs", [](auto* row) { return fmt::format("{}", row->n); }, 2}});
    first = last;
  }
}

}  // namespace

void add_fights(const record::Scores& scores, TextTable& sheet) {
  add_fight_scores(scores, sheet);
  if (scores.fights.empty()) {
    return;
  }
  const auto days = [](const FightRow& row) { return row.window.until - row.window.origin; };
  const FightRow& longest = *std::max_element(scores.fights.begin(), scores.fights.end(),
                                              [&](const FightRow& a, const FightRow& b) { return days(a) < days(b); });
  std::vector<std::string> accounts;
  for (const FightRow& row : scores.fights) {
    if (std::find(accounts.begin(), accounts.end(), row.account) == accounts.end()) {
      accounts.push_back(row.account);
    }
  }
  for (const std::string& account : accounts) {
    sheet.blank();
    sheet.text(fmt::format("Whom each side fights{}, {} to {}: percent of the dead of all its fights",
                           under_account(account), format_date(longest.window.origin),
                           format_date(longest.window.until)));
    std::vector<FightRow> rows;
    std::copy_if(scores.fights.begin(), scores.fights.end(), std::back_inserter(rows), [&](const FightRow& row) {
      return row.account == account && row.window.origin == longest.window.origin &&
             row.window.until == longest.window.until && std::isfinite(row.record) &&
             (row.record >= kLeastShare || row.median >= kLeastShare);
    });
    sheet.table<FightRow>(
        rows, {{"", [](auto& row) { return fmt::format("{} against {}", row.side, row.enemy); }},
               {"Observed", [](auto& row) { return share_text(row.record); }},
               {"by other counts", [](auto& row) { return share_range(row.record_low, row.record_high); }, 1},
               {"Runs", [](auto& row) { return share_text(row.median); }},
               {"90 % of runs", [](auto& row) { return share_range(row.low, row.high); }, 2}});
  }
}

Json fights_json(const record::Scores& scores) {
  return json_of(fight_fields(), scores.fights);
}

std::string fights_by_run_csv(const record::Scores& scores) {
  static const std::vector<Field<record::DyadRow>> fields = {
      {"origin", [](auto& r) { return format_date(r.window.origin); }},
      {"until", [](auto& r) { return format_date(r.window.until); }},
      {"account", [](auto& r) { return r.account; }},
      {"realization", [](auto& r) { return r.realization; }},
      {"side", [](auto& r) { return r.side; }},
      {"enemy", [](auto& r) { return r.enemy; }},
      {"deaths", [](auto& r) { return r.deaths; }},
      {"months", [](auto& r) { return r.months; }},
  };
  return csv_of(fields, scores.dyads);
}

std::string fights_csv(const record::Scores& scores) {
  return csv_of(fight_fields(), scores.fights);
}

}  // namespace truel::output
