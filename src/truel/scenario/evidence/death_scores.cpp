// death_scores.csv: how forecasts of deaths did, which the page shows.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "truel/base/index.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/scenario/evidence/evidence.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"

namespace truel::scenario {
namespace {

const std::array kScores = std::to_array<std::string>({"crps", "ignorance"});

constexpr double kGreatestScore = 1e12;
constexpr double kGreatestCount = 1e9;

}  // namespace

TableInfo death_scores_table() {
  static constexpr std::array kColumns = std::to_array<ColumnInfo>({{"from_date", kNeeded},
                                                                    {"to_date", kNeeded},
                                                                    {"score", kNeeded},
                                                                    {"model", kNeeded},
                                                                    {"account"},
                                                                    {"value", kNeeded},
                                                                    {"difference"},
                                                                    {"low"},
                                                                    {"high"},
                                                                    {"against"},
                                                                    {"pairs", kNeeded},
                                                                    {"months", kNeeded},
                                                                    {"runs", kNeeded}});
  return {.file = "death_scores.csv", .columns = kColumns, .has_basis = false};
}

void read_death_scores(Context& in) {
  const Table& table = in.table("death_scores.csv");
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.is_whole()) {
      continue;
    }
    const auto cell = [&](std::string_view column) { return table.cell(row, column); };
    const auto from = read_date(in, table, cell("from_date"), "from_date");
    const auto to = read_date(in, table, cell("to_date"), "to_date");
    if (from && to && *from > *to) {
      in.mistakes.add(table.at(cell("to_date")), "a span that ends before it begins", "swap from_date and to_date");
    }
    DeathScore score{.from = from.value_or(0), .to = to.value_or(0)};
    if (const int kind = read_choice(in, table, cell("score"), "score", kScores); kind != kNone) {
      score.score = kScores.at(static_cast<std::size_t>(kind));
    }
    score.model = cell("model").text;
    score.account = cell("account").text;
    if (score.model.empty()) {
      in.mistakes.add(table.at(cell("model")), "no model", "write truel or the name of a baseline");
    }
    const bool is_ours = score.model == kTruel;
    const bool is_known =
        score.account == kBase || in.package.find(fmt::format("accounts/{}.toml", score.account)) != nullptr;
    if (is_ours ? !is_known : !score.account.empty()) {
      in.mistakes.add(table.at(cell("account")),
                      fmt::format("the account {} of {}", in_quotes(score.account), score.model),
                      is_ours ? "name a file of accounts/, or base" : "leave it empty: a baseline has none");
    }
    const auto number_of = [&](std::string_view column, double least, double greatest) {
      return plain_number(in, table, cell(column), column, least, greatest).value_or(0);
    };
    const auto count_of = [&](std::string_view column) {
      return static_cast<int>(number_of(column, 1, kGreatestCount));
    };
    score.value = number_of("value", 0, kGreatestScore);
    score.against = cell("against").text;
    if (!score.against.empty()) {
      score.difference = {.mean = number_of("difference", -kGreatestScore, kGreatestScore),
                          .low = number_of("low", -kGreatestScore, kGreatestScore),
                          .high = number_of("high", -kGreatestScore, kGreatestScore)};
    }
    score.pairs = count_of("pairs");
    score.months = count_of("months");
    score.runs = count_of("runs");
    const std::string key =
        fmt::format("{} {} {} {} {}", score.from, score.to, score.score, score.model, score.account);
    if (is_unseen(in, seen, key, fmt::format("score of {}", score.model), table.at(cell("model")), "remove one")) {
      in.war.death_scores.push_back(std::move(score));
    }
  }
  std::sort(in.war.death_scores.begin(), in.war.death_scores.end(), [](const DeathScore& a, const DeathScore& b) {
    return std::tie(a.from, a.to, a.score, a.model, a.account) < std::tie(b.from, b.to, b.score, b.model, b.account);
  });
}

}  // namespace truel::scenario
