#include "truel/output/comparison/united.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

#include "truel/output/describe.hpp"
#include "truel/output/json.hpp"
#include "truel/output/report/page_war.hpp"
#include "truel/output/summary/facts.hpp"
#include "truel/output/summary/falls.hpp"
#include "truel/output/tables/table.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

using ensemble::Fate;
using ensemble::kUnities;
using ensemble::UnitedFates;
using ensemble::UnitedMatrix;
using ensemble::UnitedOutcome;

struct ShownOutcome {
  const char* name;  ///< in files
  const char* head;  ///< of its table
  UnitedOutcome Fate::*of;
  double factor;
};
constexpr ShownOutcome kFateOutcomes[] = {
    {"survival", "Survives, % of the runs", &Fate::survival, 100},
    {"value", "Land on the last day, %", &Fate::value, 100},
    {"fighters", "Fighters on the last day", &Fate::fighters, 1},
    {"life", "Days until it collapses, or the end", &Fate::life, 1},
};

std::string readable(double x) {
  return !std::isfinite(x) ? "-" : std::abs(x) < 99.95 ? fixed(x, 1) : rounded_count(x);
}

bool is_sure(const UnitedOutcome& outcome) {
  return outcome.low > 0 || outcome.high < 0;
}

/// "59.9", or "57.8 -2.1*" where the difference from divided is certain.
std::string fate_level(const ShownOutcome& shown, const UnitedOutcome& outcome) {
  const std::string level = readable(shown.factor * outcome.level.value);
  if (!is_sure(outcome)) {
    return level;
  }
  const std::string difference = readable(shown.factor * std::abs(outcome.difference));
  return fmt::format("{} {}{}*", level, outcome.difference < 0 ? "-" : "+", difference);
}

/// The day by which half the runs have seen its end, and between which days that lies.
std::string half_gone_day(const ensemble::HalfGone& half) {
  const auto day = [](double x, const char* none) { return std::isfinite(x) ? fmt::format("{:.0f}", x) : none; };
  if (!std::isfinite(half.day)) {
    return "-";
  }
  return fmt::format("{:.0f} ({} to {})", half.day, day(half.interval.low, "?"), day(half.interval.high, "later"));
}

}  // namespace

std::string united_table(const CompiledModel& model, const UnitedMatrix& matrix, int columns_wide, bool is_alone) {
  const War& war = model.war();
  TextTable out(columns_wide);
  out.text(fmt::format("What would become of each if its enemies stood together from {} on. {} runs each.",
                       matrix.from ? long_date(*matrix.from) : "the first day", matrix.runs));
  if (matrix.from) {
    out.text("Until that day every run is that of the war as it is.");
  }
  for (std::size_t u = 1; u < kUnities.size(); ++u) {
    out.item(fmt::format("- {}: {}", kUnities[u].name, kUnities[u].words));
  }
  const auto add_table = [&](const char* head, const auto& cell) {
    out.blank();
    std::vector<TextTable::Of<UnitedFates>> columns = {{head, [&](auto& one) { return short_name(war, one.actor); }}};
    for (std::size_t u = 0; u < kUnities.size(); ++u) {
      columns.push_back({std::string(kUnities[u].name), [&, u](auto& one) { return cell(one.of[u]); }});
    }
    out.table(matrix.rows, columns);
  };
  for (const ShownOutcome& shown : kFateOutcomes) {
    add_table(shown.head, [&](const Fate& fate) { return fate_level(shown, fate.*shown.of); });
  }
  add_table("Gone in half of the runs by day", [](const Fate& fate) { return half_gone_day(fate.half_gone); });
  const auto any = [&](const auto& is_so) {
    return std::any_of(matrix.rows.begin(), matrix.rows.end(),
                       [&](const UnitedFates& one) { return std::any_of(one.of.begin(), one.of.end(), is_so); });
  };
  const auto sees_end = [](const Fate& fate) { return std::isfinite(fate.half_gone.day); };
  std::string legend;
  if (any([](const Fate& fate) {
        return std::any_of(std::begin(kFateOutcomes), std::end(kFateOutcomes),
                           [&](const ShownOutcome& shown) { return is_sure(fate.*shown.of); });
      })) {
    legend += "*: the difference from divided, certain at the 95 % level in paired runs. ";
  }
  if (any(sees_end)) {
    legend += "In brackets: 95 % interval. ";
  }
  if (any(std::not_fn(sees_end))) {
    legend += "-: fewer than half of the runs.";
  }
  out.blank();
  out.text(legend);
  if (const std::string land = is_alone ? land_in_fact(war) : ""; !land.empty()) {
    out.blank();
    out.text(fmt::format("What happened, by the observed data: {}.", land));
  }
  return std::move(out).take();
}

std::string united_csv(const CompiledModel& model, const UnitedMatrix& matrix) {
  struct Row {
    ActorIndex actor;
    std::size_t unity;
    std::string_view outcome;
    const UnitedOutcome& of;
    ensemble::HalfGone half;  ///< of life alone
  };
  std::vector<Row> rows;
  for (const UnitedFates& one : matrix.rows) {
    for (std::size_t u = 0; u < kUnities.size(); ++u) {
      for (const ShownOutcome& shown : kFateOutcomes) {
        rows.push_back({one.actor, u, shown.name, one.of[u].*shown.of,
                        shown.of == &Fate::life ? one.of[u].half_gone : ensemble::HalfGone{}});
      }
    }
  }
  const std::string from = format_date(matrix.from.value_or(model.war().start));
  return csv_of<Row>({{"actor", [&](auto& row) { return model.war().actors[at(row.actor)].id; }},
                      {"enemies", [](auto& row) { return kUnities[row.unity].name; }},
                      {"from", [&](auto& row) { return row.unity > 0 ? from : ""; }},
                      {"outcome", [](auto& row) { return row.outcome; }},
                      {"mean", [](auto& row) { return all_digits(row.of.level.value); }},
                      {"standard_error", [](auto& row) { return all_digits(row.of.level.standard_error); }},
                      {"difference", [](auto& row) { return all_digits(row.of.difference); }},
                      {"low", [](auto& row) { return all_digits(row.of.low); }},
                      {"high", [](auto& row) { return all_digits(row.of.high); }},
                      {"half_gone_day", [](auto& row) { return all_digits(row.half.day); }},
                      {"half_gone_low", [](auto& row) { return all_digits(row.half.interval.low); }},
                      {"half_gone_high", [](auto& row) { return all_digits(row.half.interval.high); }}},
                     rows);
}

Json united_fates_json(const War& war, const UnitedMatrix& matrix) {
  Json json = {{"runs", matrix.runs}};
  if (matrix.from) {
    json["from"] = format_date(*matrix.from);
  }
  Json& actors = json["actors"] = Json::object();
  for (const UnitedFates& one : matrix.rows) {
    Json& actor = actors[war.actors[at(one.actor)].id];
    Json& enemies = actor["enemies"] = Json::array();
    for (const ActorIndex enemy : one.enemies) {
      enemies.push_back(war.actors[at(enemy)].id);
    }
    for (std::size_t u = 0; u < kUnities.size(); ++u) {
      Json& unity = actor[std::string(kUnities[u].name)];
      const ensemble::HalfGone& half = one.of[u].half_gone;
      for (const ShownOutcome& shown : kFateOutcomes) {
        const UnitedOutcome& o = one.of[u].*shown.of;
        unity[shown.name] = {{"mean", number(o.level.value)}, {"se", number(o.level.standard_error)}};
        if (u > 0) {
          unity[shown.name].update(
              {{"difference", number(o.difference)}, {"low", number(o.low)}, {"high", number(o.high)}});
        }
      }
      unity["life"]["half_gone"] = {
          {"day", number(half.day)}, {"low", number(half.interval.low)}, {"high", number(half.interval.high)}};
    }
  }
  return json;
}

std::string united_json(const CompiledModel& model, const UnitedMatrix& matrix, const solver::SolveOptions& options,
                        const Provenance& provenance) {
  Json json = heading(model.war(), provenance);
  json["seed"] = options.seed;
  json["solver"] = solver::to_string(options.solver);
  json.update(united_fates_json(model.war(), matrix));
  return text_of(json, 1);
}

Json page_united(const CompiledModel& model, const UnitedMatrix& matrix) {
  const War& war = model.war();
  const auto level = [](const UnitedOutcome& o, const Interval& interval, bool is_first) {
    const Json change = {{"mean", page_share(o.difference)}, {"low", page_share(o.low)}, {"high", page_share(o.high)}};
    return Json{{"mean", page_share(o.level.value)},
                {"low", page_share(interval.low)},
                {"high", page_share(interval.high)},
                {"change", is_first ? Json(nullptr) : change}};
  };
  const auto date = [&](double day) {
    return std::isfinite(day) ? Json(format_date(date_of(war, day))) : Json(nullptr);
  };
  Json json = {{"runs", matrix.runs},
               {"from", matrix.from ? Json(format_date(*matrix.from)) : Json(nullptr)},
               {"depends_on", war.if_united.depends_on},
               {"without", war.if_united.without},
               {"ways", Json::array()},
               {"actors", Json::array()}};
  for (const ensemble::UnityInfo& unity : kUnities) {
    json["ways"].push_back({{"id", unity.name}, {"words", unity.words}});
  }
  for (const UnitedFates& one : matrix.rows) {
    Json ways = Json::array();
    for (std::size_t u = 0; u < kUnities.size(); ++u) {
      const Fate& fate = one.of[u];
      const Mean& survival = fate.survival.level;
      const bool is_rated = survival.n > 0 && std::isfinite(survival.value);
      const Interval chance = is_rated ? wilson_interval(survival.value, static_cast<double>(survival.n)) : Interval{};
      Interval land = mean_interval(fate.value.level);
      land = {std::max(0.0, land.low), std::min(1.0, land.high)};
      const ensemble::HalfGone& half = fate.half_gone;
      ways.push_back(
          {{"survival", level(fate.survival, chance, u == 0)},
           {"value", level(fate.value, land, u == 0)},
           {"half_gone",
            {{"date", date(half.day)}, {"low", date(half.interval.low)}, {"high", date(half.interval.high)}}}});
    }
    Json enemies = list_of(one.enemies, [&](ActorIndex enemy) { return war.actors[at(enemy)].id; });
    json["actors"].push_back(
        {{"id", war.actors[at(one.actor)].id}, {"enemies", std::move(enemies)}, {"of", std::move(ways)}});
  }
  return json;
}

}  // namespace truel::output
