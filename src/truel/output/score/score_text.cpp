#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "truel/model/basic_model.hpp"
#include "truel/output/score/fights.hpp"
#include "truel/output/score/patterns.hpp"
#include "truel/output/score/score.hpp"
#include "truel/output/score/score_rows.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"
#include "truel/record/control/baselines.hpp"
#include "truel/record/deaths/baselines.hpp"
#include "truel/record/deaths/deaths.hpp"

namespace truel::output {
namespace {

using record::ScoreRow;
using record::Subset;
using record::Target;
using record::Verdict;

std::string three(double x) {
  return std::isfinite(x) ? fmt::format("{:.3f}", x + 0.0) : "-";
}

std::string signed_three(double x) {
  return std::isfinite(x) ? fmt::format("{:+.3f}", x + 0.0) : "-";
}

std::string value_of(const ScoreRow* row) {
  return three(row != nullptr ? row->value : std::nan(""));
}

std::string from_to(double low, double high) {
  return std::isfinite(low) ? fmt::format("{:+.3f} to {:+.3f}", low, high) : "-";
}

bool is_model(const ScoreRow& row) {
  return row.model == record::kTruel;
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

/// A forecast that the model is held against, in words.
std::string words_of(std::string_view baseline) {
  return baseline == record::kZero ? fmt::format("a forecast of no deaths (`{}`)", baseline) : std::string(baseline);
}

/// What is counted by a unit of deaths, such as "deaths by dyad and month".
std::string words_on(std::string_view unit) {
  const bool is_all = unit.ends_with(record::kBestSuffix);
  unit.remove_suffix(is_all ? record::kBestSuffix.size() : 0);
  return fmt::format("{} by {} and month", is_all ? "deaths of fighters and others" : "deaths of fighters", unit);
}

/// Whether the observed data have other dead than fighters, as the error of a forecast of no deaths tells: else a
/// second table would hold the same data against the same forecasts.
bool counts_others(const record::Scores& scores) {
  return std::any_of(scores.rows.begin(), scores.rows.end(), [&](const ScoreRow& row) {
    const auto differs = [&](std::string_view suffix) {
      ScoreRow with_others = row;
      with_others.unit += suffix;
      const ScoreRow* other = like(scores, with_others, row.subset, row.score);
      return other != nullptr && other->value != row.value;
    };
    return row.target == Target::deaths && row.score == record::kFairCrps && row.model == record::kZero &&
           (differs(record::kBestSuffix) || differs(record::kLowSuffix) || differs(record::kHighSuffix));
  });
}

/// Rows of deaths to be told: the pool of windows where there is one. What the record has at the least and at the most
/// is told beside its best estimate.
std::vector<const ScoreRow*> rows_of_deaths(const record::Scores& scores, std::string_view score) {
  const bool has_pool = std::any_of(scores.rows.begin(), scores.rows.end(),
                                    [](const ScoreRow& row) { return row.is_pooled && row.target == Target::deaths; });
  const bool has_others = counts_others(scores);
  std::vector<const ScoreRow*> rows;
  for (const ScoreRow& row : scores.rows) {
    const bool is_bound = row.unit.ends_with(record::kLowSuffix) || row.unit.ends_with(record::kHighSuffix) ||
                          (!has_others && row.unit.ends_with(record::kBestSuffix));
    if (row.target == Target::deaths && row.score == score && row.is_pooled == has_pool && !is_bound &&
        row.subset == Subset::all) {
      rows.push_back(&row);
    }
  }
  return rows;
}

/// Sentences on where the model stands beside the forecast that it is held against: worse first.
void add_verdicts(const record::Scores& scores, TextTable& sheet) {
  std::vector<const ScoreRow*> rows = headline_rows(scores);
  const std::vector<const ScoreRow*> deaths = rows_of_deaths(scores, record::kFairCrps);
  rows.insert(rows.end(), deaths.begin(), deaths.end());
  for (const auto& [verdict, is] : {std::pair{Verdict::worse, "is worse than"},
                                    {Verdict::unclear, ""},
                                    {Verdict::same, "is the same as"},
                                    {Verdict::better, "is better than"}}) {
    for (const ScoreRow* row : rows) {
      if (!is_model(*row) || !std::isfinite(row->difference) ||
          record::verdict_of(row->difference_low, row->difference_high) != verdict) {
        continue;
      }
      const double own = row->against_value + row->difference;
      const bool is_unclear = verdict == Verdict::unclear;
      const char* how = !is_unclear ? is : row->difference > 0 ? "scores worse than" : "scores better than";
      const std::string both = row->against_n == row->n
                                   ? ""
                                   : fmt::format(" over the {} of {} forecasts that both make", row->against_n, row->n);
      const char* doubt = is_unclear ? ", which may be chance" : "";
      if (row->target == Target::control) {
        sheet.text(fmt::format("{} {} no change (`{}`), {} ahead: {:.3f} against {:.3f}{}{}.", name_of(*row), how,
                               row->against, plural(row->window.months, "month"), own, row->against_value, both,
                               doubt));
      } else {
        sheet.text(fmt::format("{} {} {} at {}, {} from the origin: off by {:.3g} against {:.3g} (fair CRPS){}{}.",
                               name_of(*row), how, words_of(row->against), words_on(row->unit),
                               plural(row->window.months, "month"), own, row->against_value, both, doubt));
      }
    }
  }
}

/// What the numbers of a column say, by its head.
constexpr auto kLegend = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"Brier", "Brier: 0 perfect, 2 always wrong."},
    {"Difference", "Difference: from no change."},
    {"Changed", "Changed: Brier where places changed hands."},
    {"Log", "Log: 0 is perfect."},
    {"FSS 50 km", "FSS: 1 is perfect."},
});

void add_control(const record::Scores& scores, TextTable& sheet) {
  const std::vector<const ScoreRow*> rows = headline_rows(scores);
  if (rows.empty()) {
    return;
  }
  std::map<int, std::vector<const ScoreRow*>> by_horizon;
  for (const ScoreRow* row : rows) {
    by_horizon[row->window.months].push_back(row);
  }
  std::set<std::string> heads;
  for (const auto& of_horizon : by_horizon) {
    const auto& group = of_horizon.second;
    const ScoreRow& first = *group.front();
    const ScoreRow* changed = like(scores, first, Subset::changed, record::kBrier);
    sheet.blank();
    sheet.text(fmt::format(
        "Who holds each place {} ahead, {}{}: {} forecasts of places, {} of them changed hands",
        plural(of_horizon.first, "month"),
        first.is_pooled
            ? fmt::format("{} windows from {} to {}", first.windows, format_date(first.window.origin),
                          format_date(first.window.until))
            : fmt::format("from {} to {}", format_date(first.window.origin), format_date(first.window.until)),
        first.merged ? ", merged sides" : "", first.n, changed != nullptr ? changed->n : 0));
    const ScoreRow no_data{.model = std::string(record::kSpatialHazardDeaths)};
    const bool same_windows = std::all_of(group.begin(), group.end(),
                                          [&](const ScoreRow* row) { return row->windows == group.front()->windows; });
    const auto value = [&](const char* head, int cost, Subset subset, std::string_view score) {
      return TextTable::Of<const ScoreRow*>{
          head,
          [&, subset, score](auto* row) { return row == &no_data ? "" : value_of(like(scores, *row, subset, score)); },
          cost};
    };
    const auto against = [&](const char* head, int cost, const auto& cell) {
      return TextTable::Of<const ScoreRow*>{
          head, [&, cell](auto* row) { return row == &no_data || row->model == row->against ? "" : cell(*row); }, cost};
    };
    std::vector<const ScoreRow*> models = group;
    if (std::none_of(models.begin(), models.end(), [&](const ScoreRow* row) { return row->model == no_data.model; })) {
      models.push_back(&no_data);
    }
    const std::vector<std::string> shown = sheet.table<const ScoreRow*>(
        models, {{"", [](auto* row) { return name_of(*row); }},
                 {"Brier", [&](auto* row) { return row == &no_data ? "no data" : three(row->value); }},
                 against("Difference", 0, [](const ScoreRow& row) { return signed_three(row.difference); }),
                 against("95 % interval", 1,
                         [](const ScoreRow& row) { return from_to(row.difference_low, row.difference_high); }),
                 value("Changed", 3, Subset::changed, record::kBrier),
                 value("Unchanged", 3, Subset::unchanged, record::kBrier),
                 value("Log", 2, Subset::all, record::kLog),
                 value("FSS 50 km", 4, Subset::all, "fss-50"),
                 {"Windows", [&](auto* row) { return row == &no_data ? "" : fmt::format("{}", row->windows); },
                  same_windows ? 5 : 0}});
    heads.insert(shown.begin(), shown.end());
  }
  std::string legend;
  for (const auto& [head, words] : kLegend) {
    if (heads.contains(std::string(head))) {
      legend += fmt::format("{}{}", legend.empty() ? "" : " ", words);
    }
  }
  sheet.text(legend);
}

void add_deaths(const record::Scores& scores, TextTable& sheet) {
  using Column = TextTable::Of<const ScoreRow*>;
  std::map<std::pair<std::string, int>, std::vector<const ScoreRow*>> tables;
  for (const ScoreRow* row : rows_of_deaths(scores, record::kCrps)) {
    tables[{row->unit, row->window.months}].push_back(row);
  }
  for (const auto& [key, group] : tables) {
    sheet.blank();
    std::string title = words_on(key.first);
    title.front() = 'D';
    sheet.text(fmt::format("{}, {} months from {}", title, key.second, format_date(group.front()->window.origin)));
    const auto other = [&](const ScoreRow& row, std::string_view score) {
      return like(scores, row, Subset::all, score);
    };
    const auto value = [&](const char* head, std::string_view score, int cost = 0) {
      return Column{head, [&, score](auto* row) { return value_of(other(*row, score)); }, cost};
    };
    const auto difference = [&](const char* head, int cost, const auto& cell) {
      return Column{head,
                    [&, cell](auto* row) {
                      const ScoreRow* fair = other(*row, record::kFairCrps);
                      const bool has_one =
                          fair != nullptr && fair->model != fair->against && std::isfinite(fair->difference);
                      return has_one ? cell(*fair) : "";
                    },
                    cost};
    };
    // The same forecast, held against the other bounds of the record.
    const auto at = [&](const char* head, std::string_view suffix) {
      return Column{head,
                    [&, suffix](auto* row) {
                      ScoreRow bound = *row;
                      bound.unit.replace(bound.unit.size() - record::kBestSuffix.size(), std::string::npos, suffix);
                      return value_of(other(bound, record::kFairCrps));
                    },
                    3};
    };
    std::vector<Column> columns = {
        {"", [](auto* row) { return name_of(*row); }},
        value("CRPS fair", record::kFairCrps),
        difference("Difference", 0, [](const ScoreRow& row) { return fmt::format("{:+.3g}", row.difference); }),
        difference("95 % interval", 1,
                   [](const ScoreRow& row) {
                     return fmt::format("{:+.3g} to {:+.3g}", row.difference_low, row.difference_high);
                   }),
        value("CRPS", record::kCrps, 2),
        value("IGN", record::kIgnorance),
        value("MIS", record::kIntervalScore, 1),
        {"Within 90 %",
         [&](auto* row) {
           const ScoreRow* covered = other(*row, record::kWithin90);
           return covered != nullptr ? fmt::format("{:.0f} %", 100 * covered->value) : "-";
         },
         4},
        {"Forecasts", [](auto* row) { return fmt::format("{}", row->n); }}};
    if (key.first.ends_with(record::kBestSuffix)) {
      columns.insert(columns.begin() + 2, {at("at low", record::kLowSuffix), at("at high", record::kHighSuffix)});
    }
    sheet.table(group, columns);
  }
}

/// The model first, then the baselines, then what the model learns from earlier windows.
int place_of(std::string_view model) {
  for (const record::ControlBaseline& baseline : record::kControlBaselines) {
    if (baseline.name == model) {
      return baseline.shown;
    }
  }
  return model == record::kTruel ? 0 : static_cast<int>(record::kControlBaselines.size()) + 1;
}

}  // namespace

std::vector<const ScoreRow*> headline_rows(const record::Scores& scores) {
  bool has_merged = false;
  std::map<int, bool> has_pool;
  const auto is_headline = [](const ScoreRow& row) {
    return row.target == Target::control && row.subset == Subset::all && row.score == record::kBrier && row.with_low;
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
  return row.account.empty() || row.account == kBase ? name : fmt::format("{} ({})", name, row.account);
}

std::string scores_table(const record::Scores& scores, const record::ScoreOptions& options, int columns_wide) {
  TextTable sheet(columns_wide);
  add_verdicts(scores, sheet);
  add_control(scores, sheet);
  add_deaths(scores, sheet);
  add_fights(scores, sheet);
  add_patterns(scores, options.look_days, sheet);
  for (const std::string& citation : scores.observations.citations) {
    sheet.blank();
    sheet.item(citation);
  }
  return std::move(sheet).take();
}

}  // namespace truel::output
