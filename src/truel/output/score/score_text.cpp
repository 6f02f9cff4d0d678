#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "truel/output/score/score.hpp"
#include "truel/output/score/score_rows.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

using record::ScoreRow;
using record::Subset;
using record::Target;

std::string three(double x) {
  return std::isfinite(x) ? fmt::format("{:.3f}", x + 0.0) : "-";
}

std::string signed_three(double x) {
  return std::isfinite(x) ? fmt::format("{:+.3f}", x + 0.0) : "-";
}

std::string from_to(double low, double high) {
  return std::isfinite(low) ? fmt::format("{:+.3f} to {:+.3f}", low, high) : "-";
}

bool is_model(const ScoreRow& row) {
  return row.model == "truel";
}

/// The row of the same score and window for another subset or score.
const ScoreRow* like(const record::Scores& scores, const ScoreRow& row, Subset subset, std::string_view score) {
  for (const ScoreRow& other : scores.rows) {
    if (other.is_pooled == row.is_pooled && other.target == row.target && other.unit == row.unit &&
        other.merged == row.merged && other.with_low == row.with_low && other.window.months == row.window.months &&
        other.window.origin == row.window.origin && other.model == row.model && other.account == row.account &&
        other.subset == subset && other.score == score) {
      return &other;
    }
  }
  return nullptr;
}

/// Sentences on where the model stands beside persistence: worse first.
void add_verdicts(const std::vector<const ScoreRow*>& rows, Sheet& sheet) {
  for (const bool is_worse : {true, false}) {
    for (const ScoreRow* row : rows) {
      if (!is_model(*row) || !std::isfinite(row->difference) || (row->difference > 0) != is_worse) {
        continue;
      }
      const bool is_sure = row->difference_low > 0 || row->difference_high < 0;
      sheet.text(
          fmt::format("{} is {} than the forecast that nothing changes hands, {} months ahead: {:.3f} against "
                      "{:.3f}{}.",
                      name_of(*row),
                      is_worse              ? "worse"
                      : row->difference < 0 ? "better"
                                            : "no better",
                      row->window.months, row->value, row->value - row->difference,
                      is_sure ? "" : ", a difference that the record does not settle"));
    }
  }
}

void add_control(const record::Scores& scores, Sheet& sheet) {
  const std::vector<const ScoreRow*> rows = headline_rows(scores);
  if (rows.empty()) {
    return;
  }
  add_verdicts(rows, sheet);
  std::map<int, std::vector<const ScoreRow*>> by_horizon;
  for (const ScoreRow* row : rows) {
    by_horizon[row->window.months].push_back(row);
  }
  for (const auto& [months, group] : by_horizon) {
    const ScoreRow& first = *group.front();
    const ScoreRow* changed = like(scores, first, Subset::changed, "brier");
    sheet.blank();
    sheet.text(fmt::format(
        "Who holds each place {} months ahead, {}{}: {} forecasts of places, {} of them changed hands", months,
        first.is_pooled
            ? fmt::format("{} windows from {} to {}", first.windows, format_date(first.window.origin),
                          format_date(first.window.until))
            : fmt::format("from {} to {}", format_date(first.window.origin), format_date(first.window.until)),
        first.merged ? ", merged sides" : "", first.n, changed != nullptr ? changed->n : 0));
    Sheet::Column names{"", {}};
    Sheet::Column brier{"Brier", {}};
    Sheet::Column difference{"Difference", {}};
    Sheet::Column interval{"95 in 100", {}, 1};
    Sheet::Column in_changed{"Changed", {}, 3};
    Sheet::Column in_unchanged{"Unchanged", {}, 3};
    Sheet::Column logarithmic{"Log", {}, 2};
    Sheet::Column skill{"FSS 50 km", {}, 4};
    for (const ScoreRow* row : group) {
      const auto value = [&](Subset subset, std::string_view score) {
        const ScoreRow* other = like(scores, *row, subset, score);
        return three(other != nullptr ? other->value : std::nan(""));
      };
      const bool is_reference = row->model == row->against;
      names.cells.push_back(name_of(*row));
      brier.cells.push_back(three(row->value));
      difference.cells.push_back(is_reference ? "" : signed_three(row->difference));
      interval.cells.push_back(is_reference ? "" : from_to(row->difference_low, row->difference_high));
      in_changed.cells.push_back(value(Subset::changed, "brier"));
      in_unchanged.cells.push_back(value(Subset::unchanged, "brier"));
      logarithmic.cells.push_back(value(Subset::all, "log"));
      skill.cells.push_back(value(Subset::all, "fss-50"));
    }
    sheet.table(names, {brier, difference, interval, in_changed, in_unchanged, logarithmic, skill});
  }
}

void add_deaths(const record::Scores& scores, Sheet& sheet) {
  std::map<std::pair<std::string, int>, std::vector<const ScoreRow*>> tables;
  bool has_pool = false;
  for (const ScoreRow& row : scores.rows) {
    has_pool = has_pool || (row.is_pooled && row.target == Target::deaths);
  }
  for (const ScoreRow& row : scores.rows) {
    if (row.target == Target::deaths && row.score == "crps" && row.is_pooled == has_pool) {
      tables[{row.unit, row.window.months}].push_back(&row);
    }
  }
  for (const auto& [key, group] : tables) {
    sheet.blank();
    sheet.text(fmt::format("Deaths by {} and month, {} months from {} ({} of them)", key.first, key.second,
                           format_date(group.front()->window.origin), group.front()->n));
    Sheet::Column names{"", {}};
    Sheet::Column fair{"CRPS fair", {}};
    Sheet::Column crps{"CRPS", {}, 2};
    Sheet::Column ign{"IGN", {}};
    Sheet::Column mis{"MIS", {}, 1};
    for (const ScoreRow* row : group) {
      const auto value = [&](std::string_view score) {
        const ScoreRow* other = like(scores, *row, Subset::all, score);
        return three(other != nullptr ? other->value : std::nan(""));
      };
      names.cells.push_back(name_of(*row));
      fair.cells.push_back(value("fair-crps"));
      crps.cells.push_back(value("crps"));
      ign.cells.push_back(value("ign"));
      mis.cells.push_back(value("mis"));
    }
    sheet.table(names, {fair, crps, ign, mis});
  }
}

int place_of(std::string_view model) {
  constexpr std::array<std::string_view, 7> order{
      "truel", "persistence", "pair-rates", "spatial-hazard", "spatial-hazard-deaths", "contact", "blend"};
  return static_cast<int>(std::find(order.begin(), order.end(), model) - order.begin());
}

}  // namespace

std::vector<const ScoreRow*> headline_rows(const record::Scores& scores) {
  bool has_merged = false;
  std::map<int, bool> has_pool;
  const auto is_headline = [](const ScoreRow& row) {
    return row.target == Target::control && row.subset == Subset::all && row.score == "brier" && row.with_low;
  };
  for (const ScoreRow& row : scores.rows) {
    if (is_headline(row)) {
      has_merged = has_merged || row.merged;
      has_pool[row.window.months] = has_pool[row.window.months] || row.is_pooled;
    }
  }
  std::vector<const ScoreRow*> rows;
  for (const ScoreRow& row : scores.rows) {
    if (is_headline(row) && row.merged == has_merged && row.is_pooled == has_pool[row.window.months]) {
      rows.push_back(&row);
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const ScoreRow* a, const ScoreRow* b) {
    return std::pair(a->window.months, place_of(a->model)) < std::pair(b->window.months, place_of(b->model));
  });
  return rows;
}

std::string name_of(const ScoreRow& row) {
  std::string name = row.model;
  std::replace(name.begin(), name.end(), '-', ' ');
  return row.account.empty() || row.account == "base" ? name : fmt::format("{} ({})", name, row.account);
}

std::string scores_table(const record::Scores& scores, int columns_wide) {
  Sheet sheet(columns_wide);
  add_control(scores, sheet);
  add_deaths(scores, sheet);
  for (const std::string& citation : scores.observations.citations) {
    sheet.blank();
    sheet.item(citation);
  }
  return std::move(sheet).take();
}

}  // namespace truel::output
