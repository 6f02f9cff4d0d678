#include "truel/output/comparison/each_setting.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "truel/output/comparison/comparison.hpp"
#include "truel/output/json.hpp"
#include "truel/output/tables/table.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

using ensemble::ComparedRow;
using ensemble::SettingEffect;

constexpr std::size_t kMovedShown = 3;  ///< outcomes of a line

std::vector<std::string> paths_of(const War& war, const SettingEffect& effect) {
  std::vector<std::string> paths;
  for (const int number : effect.numbers) {
    paths.push_back(war.parameters[at(number)].path);
  }
  return paths;
}

/// As the account has it: a tie and a road may be named from either end.
std::string written_path(const War& war, int number) {
  for (const Account& account : war.accounts) {
    if (std::find(war.laid_over.begin(), war.laid_over.end(), account.id) == war.laid_over.end()) {
      continue;
    }
    for (const AccountSetting& setting : account.settings) {
      if (setting.target == number && !setting.written.empty()) {
        return setting.written;
      }
    }
  }
  return war.parameters[at(number)].path;
}

/// "commands.damascus.weight_roots = 2..4", and how many more numbers the line sets.
std::string line_words(const War& war, const SettingEffect& effect) {
  const Parameter& first = war.parameters[at(effect.numbers.front())];
  const std::size_t more = effect.numbers.size() - 1;
  return fmt::format("{}{} = {}", printable(written_path(war, effect.numbers.front())),
                     more == 0 ? "" : fmt::format(" and {} more", more), to_string(first.distribution));
}

bool is_moved(const SettingEffect& effect, std::size_t row) {
  return std::find(effect.moved.begin(), effect.moved.end(), row) != effect.moved.end();
}

template <class Chosen>
void add_list(TextTable& out, const War& war, const std::vector<SettingEffect>& effects, const std::string& head,
              Chosen is_chosen) {
  bool is_first = true;
  for (const SettingEffect& effect : effects) {
    if (is_chosen(effect)) {
      if (is_first) {
        out.blank();
        out.text(head);
      }
      is_first = false;
      out.item("- " + line_words(war, effect) +
               (effect.replaced_on ? ", replaced on " + format_date(*effect.replaced_on) : ""));
    }
  }
}

}  // namespace

std::string each_setting_table(const CompiledModel& model, const std::vector<SettingEffect>& effects,
                               std::uint32_t runs, int columns_wide) {
  const War& war = model.war();
  TextTable out(columns_wide);
  out.text(
      fmt::format("What each of {} settings of the account {} does by itself: the account with it, compared with "
                  "the account without it. {} pairs of runs each.",
                  effects.size(), fmt::join(war.laid_over, "+"), grouped(runs)));
  for (const SettingEffect& effect : effects) {
    if (effect.moved.empty()) {
      continue;
    }
    out.blank();
    out.text(line_words(war, effect));
    for (std::size_t k = 0; k < std::min(kMovedShown, effect.moved.size()); ++k) {
      const RowWords words = words_of(war, effect.comparison.rows[effect.moved[k]]);
      out.item(fmt::format("- {}: {} with it, {} without, a difference of {} ({})", words.what, words.second,
                           words.first, words.difference, words.interval));
    }
  }
  add_list(out, war, effects, "Act, but move no outcome beyond chance in so many pairs:",
           [](const SettingEffect& effect) { return effect.acts() && effect.moved.empty(); });
  add_list(out, war, effects, "Are read, but change nothing in any pair:", [](const SettingEffect& effect) {
    return !effect.acts() && !effect.replaced_on && !effect.equals_package;
  });
  add_list(out, war, effects, "Equal the package's own value, so nothing is compared:",
           [](const SettingEffect& effect) { return effect.equals_package; });
  add_list(out, war, effects,
           fmt::format("Are not read by runs that begin on {}, as a later row of the table takes their place; they act "
                       "in runs that begin before it:",
                       format_date(war.start)),
           [](const SettingEffect& effect) { return effect.replaced_on.has_value(); });
  out.blank();
  out.text(
      "Outcomes whose difference is certain at the 95 % level among all outcomes of a setting, the surest first; in "
      "brackets the 95 % interval of that difference alone.");
  return std::move(out).take();
}

std::string each_setting_csv(const CompiledModel& model, const std::vector<SettingEffect>& effects) {
  struct Row {
    const SettingEffect& effect;
    const ComparedRow& of;
    bool is_moved;
  };
  std::vector<Row> rows;
  for (const SettingEffect& effect : effects) {
    for (std::size_t r = 0; r < effect.comparison.rows.size(); ++r) {
      rows.push_back({effect, effect.comparison.rows[r], is_moved(effect, r)});
    }
  }
  const auto settings = [&](const Row& row) {
    return fmt::format("{}", fmt::join(paths_of(model.war(), row.effect), " "));
  };
  return csv_of<Row>({{"line", [](auto& row) { return row.effect.where.line; }},
                      {"settings", settings},
                      {"outcome", [](auto& row) { return row.of.outcome.name; }},
                      {"with", [](auto& row) { return all_digits(row.of.second.value); }},
                      {"without", [](auto& row) { return all_digits(row.of.first.value); }},
                      {"difference", [](auto& row) { return all_digits(row.of.difference.value); }},
                      {"difference_se", [](auto& row) { return all_digits(row.of.difference.standard_error); }},
                      {"low", [](auto& row) { return all_digits(row.of.low); }},
                      {"high", [](auto& row) { return all_digits(row.of.high); }},
                      {"changed_pairs", [](auto& row) { return row.of.changed; }},
                      {"moved", [](auto& row) { return row.is_moved; }}},
                     rows);
}

std::string each_setting_json(const CompiledModel& model, const std::vector<SettingEffect>& effects,
                              const ensemble::EnsembleOptions& options, const Provenance& provenance) {
  const War& war = model.war();
  Json json = heading(war, provenance);
  json["seed"] = options.solve.seed;
  json["solver"] = solver::to_string(options.solve.solver);
  json["runs"] = options.runs;
  json["accounts"] = war.laid_over;
  Json& list = json["settings"] = Json::array();
  for (const SettingEffect& effect : effects) {
    Json outcomes = Json::array();
    for (std::size_t r = 0; r < effect.comparison.rows.size(); ++r) {
      const ComparedRow& row = effect.comparison.rows[r];
      if (row.changed > 0) {
        outcomes.push_back({{"outcome", row.outcome.name},
                            {"with", number(row.second.value)},
                            {"without", number(row.first.value)},
                            {"difference", number(row.difference.value)},
                            {"se", number(row.difference.standard_error)},
                            {"low", number(row.low)},
                            {"high", number(row.high)},
                            {"changed_pairs", row.changed},
                            {"moved", is_moved(effect, r)}});
      }
    }
    list.push_back({{"file", effect.where.file},
                    {"line", effect.where.line},
                    {"paths", paths_of(war, effect)},
                    {"acts", effect.acts()},
                    {"equals_package", effect.equals_package},
                    {"replaced_on", effect.replaced_on ? Json(format_date(*effect.replaced_on)) : Json()},
                    {"outcomes", std::move(outcomes)}});
  }
  return text_of(json, 1);
}

}  // namespace truel::output
