#include "truel/output/comparison/united.hpp"

#include <fmt/format.h>

#include <cmath>

#include "truel/output/describe.hpp"
#include "truel/output/json.hpp"
#include "truel/output/tables/tables.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

using ensemble::Fate;
using ensemble::kUnities;
using ensemble::UnitedFates;
using ensemble::UnitedOutcome;

struct ShownOutcome {
  const char* name;  ///< in files
  const char* head;  ///< of its table
  UnitedOutcome Fate::*of;
  double factor;
};
constexpr ShownOutcome kFateOutcomes[] = {
    {"survival", "Survives, % of the runs", &Fate::survival, 100},
    {"value", "Value held on the last day, % of the map", &Fate::value, 100},
    {"fighters", "Fighters on the last day", &Fate::fighters, 1},
    {"life", "Days until it collapses, or the end", &Fate::life, 1},
};

std::string fate_level(const ShownOutcome& shown, const UnitedOutcome& outcome) {
  const double x = shown.factor * outcome.level.value;
  return !std::isfinite(x) ? "-" : std::abs(x) < 99.95 ? fixed(x, 1) : rounded_count(x);
}

bool is_sure(const UnitedOutcome& outcome) {
  return outcome.low > 0 || outcome.high < 0;
}

}  // namespace

std::string united_table(const CompiledModel& model, const std::vector<UnitedFates>& fates, std::uint32_t runs,
                         int columns_wide) {
  const War& war = model.war();
  TextTable out(columns_wide);
  out.text(fmt::format("What would become of each if its enemies stood together from the first day on. {} runs each.",
                       runs));
  for (std::size_t u = 1; u < kUnities.size(); ++u) {
    out.item(fmt::format("- {}: {}", kUnities[u].name, kUnities[u].words));
  }
  for (const ShownOutcome& shown : kFateOutcomes) {
    out.blank();
    TextTable::Column names{shown.head, {}};
    std::vector<TextTable::Column> columns;
    for (const ensemble::UnityInfo& unity : kUnities) {
      columns.push_back({std::string(unity.name), {}});
    }
    for (const UnitedFates& one : fates) {
      names.cells.push_back(short_name(war, one.actor));
      for (std::size_t u = 0; u < kUnities.size(); ++u) {
        const UnitedOutcome& outcome = one.of[u].*shown.of;
        columns[u].cells.push_back(fate_level(shown, outcome) + (is_sure(outcome) ? "*" : ""));
      }
    }
    out.table(names, std::move(columns));
  }
  out.blank();
  out.text("*: the difference from divided is certain at the 95 % level, in paired runs.");
  return std::move(out).take();
}

std::string united_csv(const CompiledModel& model, const std::vector<UnitedFates>& fates) {
  std::string csv = "actor,enemies,outcome,mean,standard_error,difference,low,high\n";
  const auto cell = [](double x) { return std::isfinite(x) ? fmt::format("{}", x) : std::string(); };
  for (const UnitedFates& one : fates) {
    for (std::size_t u = 0; u < kUnities.size(); ++u) {
      for (const ShownOutcome& shown : kFateOutcomes) {
        const UnitedOutcome& o = one.of[u].*shown.of;
        csv += fmt::format("{},{},{},{},{},{},{},{}\n", model.war().actors[at(one.actor)].id, kUnities[u].name,
                           shown.name, cell(o.level.value), cell(o.level.standard_error), cell(o.difference),
                           cell(o.low), cell(o.high));
      }
    }
  }
  return csv;
}

std::string united_json(const CompiledModel& model, const std::vector<UnitedFates>& fates,
                        const ensemble::EnsembleOptions& options, const Provenance& provenance) {
  const War& war = model.war();
  Json json = heading(war, provenance);
  json["seed"] = options.solve.seed;
  json["runs"] = options.runs;
  json["solver"] = solver::to_string(options.solve.solver);
  Json& actors = json["actors"] = Json::object();
  for (const UnitedFates& one : fates) {
    Json& actor = actors[war.actors[at(one.actor)].id];
    Json& enemies = actor["enemies"] = Json::array();
    for (const ActorIndex enemy : one.enemies) {
      enemies.push_back(war.actors[at(enemy)].id);
    }
    for (std::size_t u = 0; u < kUnities.size(); ++u) {
      Json& unity = actor[std::string(kUnities[u].name)];
      for (const ShownOutcome& shown : kFateOutcomes) {
        const UnitedOutcome& o = one.of[u].*shown.of;
        unity[shown.name] = {{"mean", number(o.level.value)}, {"se", number(o.level.standard_error)}};
        if (u > 0) {
          unity[shown.name].update(
              {{"difference", number(o.difference)}, {"low", number(o.low)}, {"high", number(o.high)}});
        }
      }
    }
  }
  return text_of(json, 1);
}

}  // namespace truel::output
