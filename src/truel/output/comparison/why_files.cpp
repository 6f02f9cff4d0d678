#include <fmt/format.h>
#include <fmt/ranges.h>

#include "truel/output/comparison/why.hpp"
#include "truel/output/json.hpp"
#include "truel/output/tables/table.hpp"
#include "truel/world/journal.hpp"

namespace truel::output {
namespace {

using ensemble::ChangeEffect;
using ensemble::EnemyEffort;

Json json_of(const Mean& mean) {
  return {{"mean", number(mean.value)}, {"se", number(mean.standard_error)}};
}

std::string rather_id(const War& war, const EnemyEffort& enemy) {
  return enemy.rather == kNone ? "" : war.actors[at(enemy.rather)].id;
}

}  // namespace

std::string why_json(const CompiledModel& model, const solver::SolveOptions& options, const ensemble::Explanation& why,
                     const Provenance& provenance) {
  const War& war = model.war();
  const auto features = features_of(model);
  Json json = heading(war, provenance);
  json.update({{"seed", options.seed},
               {"solver", solver::to_string(options.solver)},
               {"start", format_date(war.start)},
               {"end", format_date(war.end)},
               {"actor", war.actors[at(why.actor)].id},
               {"answer", why_answer(model, why)},
               {"survival", json_of(why.survival)},
               {"life_days", json_of(why.life)},
               {"final_fighters", json_of(why.fighters)},
               {"pairs", why.runs},
               {"screening_pairs", why.screening_runs},
               {"failed_runs", why.failed_runs},
               {"changes_tried", why.tried}});
  if (why.metric) {
    json["metric"] = why.metric->name;
    json["metric_value"] = json_of(why.asked);
  }
  Json& enemies = json["enemies"] = Json::array();
  for (const EnemyEffort& enemy : why.enemies) {
    Json& one = enemies.emplace_back(Json{{"command", war.commands[at(enemy.command)].id},
                                          {"effort_share", number(enemy.share)},
                                          {"aimed_fighters", number(enemy.aimed)},
                                          {"fighters", number(enemy.could)}});
    if (enemy.decisions > 0) {
      one["decisions"] = number(enemy.decisions);
      one["first"] = number(enemy.first);
      one["rather"] = enemy.rather == kNone ? Json() : Json(rather_id(war, enemy));
      one["rather_share"] = number(enemy.rather_share);
      one["gap"] = number(enemy.gap);
      Json& kept_off = one["kept_off"] = Json::object();
      for (std::size_t f = 0; f < features.size(); ++f) {
        kept_off[std::string(features[f].name)] = number(enemy.kept_off[f]);
      }
    }
  }
  json["changes"] = list_of(why.changes, [&](const ChangeEffect& change) {
    Json one = {{"what", change.what},
                {"settings", change.settings},
                {"life_days", json_of(change.life)},
                {"survival", json_of(change.survival)},
                {"final_fighters", json_of(change.fighters)}};
    if (why.metric) {
      one["metric_value"] = json_of(change.asked);
    }
    return one;
  });
  return text_of(json, 1);
}

std::string why_enemies_csv(const CompiledModel& model, const ensemble::Explanation& why) {
  const War& war = model.war();
  const auto features = features_of(model);
  std::vector<std::string> heads = {"command", "effort_share", "aimed_fighters", "fighters", "decisions",
                                    "first",   "rather",       "rather_share",   "gap"};
  for (const FeatureInfo& feature : features) {
    heads.push_back(fmt::format("kept_off_{}", feature.name));
  }
  Table table(std::move(heads));
  for (const EnemyEffort& enemy : why.enemies) {
    std::vector<Cell> cells = {war.commands[at(enemy.command)].id,
                               enemy.share,
                               enemy.aimed,
                               enemy.could,
                               enemy.decisions,
                               enemy.first,
                               rather_id(war, enemy),
                               enemy.rather_share,
                               enemy.gap};
    cells.insert(cells.end(), enemy.kept_off.begin(),
                 enemy.kept_off.begin() + static_cast<std::ptrdiff_t>(features.size()));
    table.add(std::move(cells));
  }
  return table.csv();
}

std::string why_changes_csv(const ensemble::Explanation& why) {
  std::string out =
      "change,life_days,life_days_se,survival,survival_se,final_fighters,final_fighters_se,metric_value,"
      "metric_value_se,pairs,settings\n";
  for (const ChangeEffect& change : why.changes) {
    out += csv_row({change.what, change.life.value, change.life.standard_error, change.survival.value,
                    change.survival.standard_error, change.fighters.value, change.fighters.standard_error,
                    why.metric ? change.asked.value : kAbsent, why.metric ? change.asked.standard_error : kAbsent,
                    change.life.n, fmt::format("{}", fmt::join(change.settings, " "))});
  }
  return out;
}

}  // namespace truel::output
