
#include <algorithm>
#include <cmath>
#include <utility>

#include "truel/output/describe.hpp"
#include "truel/output/json.hpp"
#include "truel/output/report/page_war.hpp"
#include "truel/output/score/fights.hpp"
#include "truel/output/score/patterns.hpp"
#include "truel/output/score/power_text.hpp"
#include "truel/output/score/score.hpp"
#include "truel/output/tables/table.hpp"

namespace truel::output {
namespace {

using record::ScoreRow;

Json interval(double low, double high) {
  return std::isfinite(low) && std::isfinite(high) ? Json({low, high}) : Json(nullptr);
}

const std::vector<Field<ScoreRow>>& score_fields() {
  using enum Field<ScoreRow>::Where;
  static const std::vector<Field<ScoreRow>> fields = {
      {"pooled_windows", [](auto& r) { return r.is_pooled ? Cell(r.windows) : Cell(""); }, csv},
      {"origin", [](auto& r) { return format_date(r.window.origin); }},
      {"from", [](auto& r) { return format_date(r.window.from); }},
      {"until", [](auto& r) { return format_date(r.window.until); }},
      {"horizon_months", [](auto& r) { return r.window.months; }},
      {"target", [](auto& r) { return record::to_string(r.target); }},
      {"unit", [](auto& r) { return r.unit; }},
      {"subset", [](auto& r) { return record::to_string(r.subset); }},
      {"merged", [](auto& r) { return r.merged; }},
      {"with_low_confidence", [](auto& r) { return r.with_low; }, csv},
      {"score", [](auto& r) { return r.score; }},
      {"model", [](auto& r) { return r.model; }},
      {"account", [](auto& r) { return r.account; }},
      {"value", [](auto& r) { return r.value; }},
      {"interval", [](auto& r) { return Cell(r.low, r.high); }},
      {"difference", [](auto& r) { return r.difference; }},
      {"difference_interval", [](auto& r) { return Cell(r.difference_low, r.difference_high); }},
      {"against", [](auto& r) { return r.against; }},
      {"against_value", [](auto& r) { return r.against_value; }, json},
      {"against_n", [](auto& r) { return r.against_n; }, json},
      {"n", [](auto& r) { return r.n; }},
  };
  return fields;
}

Json row_json(const ScoreRow& row) {
  return table_of<ScoreRow>(score_fields(), std::span(&row, 1), Field<ScoreRow>::Where::json).json()[0];
}

/// What was fitted for a window on earlier ones: a record::BlendWeight or record::FittedRecalibration, and its numbers.
Json fitted_json(const auto& fitted, const Json& numbers) {
  Json json{{"origin", format_date(fitted.window.origin)},
            {"until", format_date(fitted.window.until)},
            {"horizon_months", fitted.window.months},
            {"merged", fitted.merged},
            {"account", fitted.account}};
  json.update(numbers);
  json["fitted_on_windows"] = fitted.windows;
  return json;
}

Json reliability_json(const record::Reliability& r) {
  Json steps = list_of(r.steps, [&](const record::ReliabilityStep& step) -> Json {
    return {{"from", number(step.from)},
            {"until", number(step.until)},
            {"share", number(step.share)},
            {"n", step.n},
            {"band", interval(step.low, step.high)}};
  });
  return {{"horizon_months", r.horizon_months},
          {"unit", r.unit},
          {"merged", r.merged},
          {"model", r.model},
          {"account", r.account.empty() ? Json(nullptr) : Json(r.account)},
          {"n", r.n},
          {"changed", r.changed},
          {"score", number(r.score)},
          {"miscalibration", number(r.miscalibration)},
          {"discrimination", number(r.discrimination)},
          {"uncertainty", number(r.uncertainty)},
          {"raw_miscalibration", number(r.raw_miscalibration)},
          {"steps", steps}};
}

Json pits_json(const record::Scores& scores) {
  return list_of(scores.pits, [&](const record::PitHistogram& p) -> Json {
    return {{"horizon_months", p.horizon_months},
            {"unit", p.unit},
            {"model", p.model},
            {"account", p.account},
            {"n", p.n},
            {"shares", p.shares}};
  });
}

/// The holder of a record: a side, "contested", or null where the record does not say.
Json holder_json(const record::Sides& sides, int side) {
  return side >= 0 ? Json(sides.codes[at(side)]) : side == record::kUnknown ? Json(nullptr) : Json("contested");
}

/// Who held each place and what the model said of it, for every window and account.
Json places_json(const record::Scores& scores) {
  constexpr double kLeast = 0.0005;  // what is rounded to 0 is left out
  const record::Sides& sides = scores.observations.sides;
  const auto n = at(sides.size());
  Json windows = Json::array();
  for (const record::HeldPlaces& held : scores.held) {
    const record::Case& c = scores.cases[held.in_case];
    Json places = Json::object();
    for (std::size_t p = 0; p < held.before.size(); ++p) {
      Json shares = Json::object();
      for (std::size_t k = 0; k < n; ++k) {
        if (held.p[p * n + k] >= kLeast) {
          shares[sides.codes[k]] = std::round(1000 * held.p[p * n + k]) / 1000;
        }
      }
      places[c.names[p]] = {{"before", holder_json(sides, held.before[p])},
                            {"observed", holder_json(sides, held.observed[p])},
                            {"compared", static_cast<bool>(c.counts[p])},
                            {"truel", shares}};
    }
    windows.push_back({{"origin", format_date(c.window.origin)},
                       {"until", format_date(c.window.until)},
                       {"horizon_months", c.window.months},
                       {"account", held.account},
                       {"places", places}});
  }
  return windows;
}

Json record_json(const record::Scores& scores) {
  const record::Observations& o = scores.observations;
  Json files = list_of(o.files, [&](const auto& file) -> Json {
    return {{"name", file.name},
            {"sha256", file.sha256},
            {"kind", file.kind},
            {"rows", file.rows},
            {"is_read", file.is_read}};
  });
  Json counts = Json::object();
  for (const auto& count : o.counts) {
    counts[count.reason] = count.rows;
  }
  Json compared = list_of(scores.compared, [&](const auto& c) -> Json {
    return {{"origin", format_date(c.window.origin)},
            {"until", format_date(c.window.until)},
            {"merged", c.merged},
            {"compared", c.compared},
            {"changed", c.changed},
            {"contested", c.contested},
            {"unknown", c.unknown},
            {"low_confidence", c.low}};
  });
  return {{"files", files},
          {"counts", counts},
          {"unmatched_places", o.unmatched_places},
          {"unmatched_sides", o.unmatched_sides},
          {"places", compared},
          {"citations", o.citations}};
}

/// What either file of scores begins with.
Json what_was_scored(const record::Scores& scores, const record::ScoreOptions& options, const Provenance& provenance) {
  return {{"format", 1},
          {"package", package_name(scores.war)},
          {"package_sha256", scores.war.sha256},
          {"version", provenance.version},
          {"title", scores.war.title},
          {"settings", options.settings},
          {"seed", options.seed},
          {"told", options.told},
          {"analysis", options.analysis},
          {"runs", options.runs}};
}

/// What either has behind its rows.
void add_all_but_rows(Json& json, const record::Scores& scores, const record::ScoreOptions& options) {
  json["reliability"] = list_of(scores.reliabilities, reliability_json);
  json["pit"] = pits_json(scores);
  if (options.power) {
    json["power"] = power_json(scores);
  }
  if (!scores.fights.empty()) {
    json["fights"] = fights_json(scores);
  }
  if (!scores.patterns.empty()) {
    json["patterns"] = patterns_json(scores, options.look_days);
  }
}

}  // namespace

std::string scores_json(const record::Scores& scores, const record::ScoreOptions& options,
                        const Provenance& provenance) {
  Json json = what_was_scored(scores, options, provenance);
  json["failed_runs"] = scores.failed_runs;
  json["solver"] = solver::to_string(options.solver);
  json["remarks"] = scores.remarks;
  json["record"] = record_json(scores);
  Json windows = Json::array();
  Json pooled = Json::array();
  Json sure = Json::array();
  for (const ScoreRow& row : scores.rows) {
    Json one = row_json(row);
    if (row.is_pooled) {
      one["windows"] = row.windows;
    }
    (!row.with_low ? sure : row.is_pooled ? pooled : windows).push_back(std::move(one));
  }
  json["windows"] = std::move(windows);
  json["pooled"] = std::move(pooled);
  json["without_low_confidence"] = std::move(sure);
  json["blends"] = list_of(scores.blends, [](const record::BlendWeight& blend) {
    return fitted_json(blend, {{"weight_of_truel", blend.weight}});
  });
  json["recalibrations"] = list_of(scores.recalibrations, [](const record::FittedRecalibration& fitted) {
    return fitted_json(fitted, {{"intercept", fitted.with.intercept}, {"slope", fitted.with.slope}});
  });
  add_learned(json, scores.learned, scores.war);
  json["death_blends"] = list_of(scores.death_blends, [&](const record::DeathBlend& blend) -> Json {
    return {{"origin", format_date(blend.origin)},
            {"unit", blend.unit},
            {"account", blend.account},
            {"weight_of_truel", blend.share},
            {"fitted_on_months", blend.months}};
  });
  add_all_but_rows(json, scores, options);
  return text_of(json, 1);
}

namespace {

Json score_page(const record::Scores& scores, const record::ScoreOptions& options, const Provenance& provenance) {
  Json json = what_was_scored(scores, options, provenance);
  json["remarks"] = scores.remarks;
  json["citations"] = scores.observations.citations;
  Json windows = Json::array();
  Json pooled = Json::array();
  for (const ScoreRow& row : scores.rows) {
    const bool is_told =
        std::find(record::kPageScores.begin(), record::kPageScores.end(), row.score) != record::kPageScores.end();
    if (row.with_low && is_told && row.target != record::Target::fights) {
      Json one = row_json(row);
      one["verdict"] = record::to_string(record::verdict_of(row.difference_low, row.difference_high));
      (row.is_pooled ? pooled : windows).push_back(std::move(one));
    }
  }
  json["windows"] = std::move(windows);
  json["pooled"] = std::move(pooled);
  add_all_but_rows(json, scores, options);
  json["places"] = places_json(scores);
  return json;
}

}  // namespace

std::string score_html(const record::Scores& scores, const record::ScoreOptions& options,
                       const Provenance& provenance) {
  Json json = score_page(scores, options, provenance);
  json["failed_runs"] = scores.failed_runs;
  json["solver"] = solver::to_string(options.solver);
  json["command"] = provenance.command;
  json["record"] = record_json(scores)["places"];
  json["war"] = page_war(scores.war);
  return page_of(std::move(json), "scores");
}

std::string score_page_json(const record::Scores& scores, const record::ScoreOptions& options,
                            const Provenance& provenance) {
  return text_of(score_page(scores, options, provenance), -1);
}

std::string scores_csv(const record::Scores& scores) {
  return csv_of(score_fields(), scores.rows);
}

std::string losses_csv(const record::Scores& scores) {
  std::string out = "origin,until,horizon_months,target,unit,name,merged,changed,score,model,account,value\n";
  for (const record::Losses& l : scores.losses) {
    const record::Case& c = scores.cases[l.in_case];
    // Of the many places and months the first of the scores is enough.
    const bool is_told = c.target == record::Target::control ? c.unit == "place" || l.score == record::kLog
                         : c.target == record::Target::fights
                             ? l.score == record::kFairCrps
                             : c.unit.starts_with("dyad") || l.score == record::kFairCrps;
    for (std::size_t k = 0; k < l.loss.size() && c.with_low && !l.is_skill && is_told; ++k) {
      if (c.counts[k] && std::isfinite(l.loss[k])) {
        out += csv_row({format_date(c.window.origin), format_date(c.window.until), c.window.months,
                        record::to_string(c.target), c.unit, c.names[k], c.merged, static_cast<bool>(c.has_changed[k]),
                        l.score, l.model, l.account, l.loss[k]});
      }
    }
  }
  return out;
}

}  // namespace truel::output
