#include <fmt/format.h>
#include <fmt/ranges.h>

#include "truel/output/comparison/comparison.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/json.hpp"
#include "truel/output/report/page_war.hpp"
#include "truel/output/summary/facts.hpp"
#include "truel/output/tables/table.hpp"

namespace truel::output {
namespace {

using ensemble::ComparedRow;

std::string_view kind_name(ensemble::ComparedKind kind) {
  return ensemble::compared_kinds().at(static_cast<std::size_t>(kind));
}

Cell actor_id(const War& war, const ComparedRow& row) {
  return row.outcome.actor == kNone ? Cell(std::nullopt) : Cell(war.actors[at(row.outcome.actor)].id);
}

/// Outcomes that some pair of runs has.
std::vector<const ComparedRow*> outcomes_of(const ensemble::Comparison& comparison) {
  std::vector<const ComparedRow*> rows;
  for (const ComparedRow& row : comparison.rows) {
    if (row.difference.n > 0) {
      rows.push_back(&row);
    }
  }
  return rows;
}

std::vector<Field<const ComparedRow*>> outcome_fields(const War& war) {
  using F = Field<const ComparedRow*>;
  constexpr F::Where kCsv = F::Where::csv;
  return {{"outcome", [](auto& row) { return row->outcome.name; }},
          {"actor", [&war](auto& row) { return actor_id(war, *row); }},
          {"a", [](auto& row) { return row->first.value; }},
          {"a_se", [](auto& row) { return row->first.standard_error; }, kCsv},
          {"b", [](auto& row) { return row->second.value; }},
          {"b_se", [](auto& row) { return row->second.standard_error; }, kCsv},
          {"difference", [](auto& row) { return row->difference.value; }},
          {"se", [](auto& row) { return row->difference.standard_error; }},
          {"low", [](auto& row) { return row->low; }},
          {"high", [](auto& row) { return row->high; }},
          {"pairs", [](auto& row) { return row->difference.n; }},
          {"changed_pairs", [](auto& row) { return row->changed; }}};
}

Json side_json(const ComparedSide& side, std::size_t failed) {
  return {{"name", side.name},
          {"title", side.title},
          {"accounts", side.accounts},
          {"settings", side.settings},
          {"failed_runs", failed}};
}

Json comparison_of(const ComparedWar& compared, const solver::SolveOptions& options, const Provenance& provenance) {
  const War& war = compared.model.war();
  const ensemble::Comparison& c = compared.comparison;
  Json json = {{"format", 1},
               {"package", package_name(war)},
               {"package_sha256", war.sha256},
               {"version", provenance.version},
               {"title", war.title},
               {"seed", options.seed},
               {"runs", c.runs},
               {"solver", solver::to_string(options.solver)},
               {"start", format_date(war.start)},
               {"end", format_date(war.end)},
               {"fork", c.fork ? Json(format_date(*c.fork)) : Json()},
               {"sides", {side_json(compared.sides[0], c.first_failed), side_json(compared.sides[1], c.second_failed)}},
               {"answer", comparison_answer(compared)}};
  if (c.until_sure) {
    Json& until = json["until_sure"] = {{"outcomes", Json::array()},
                                        {"most", c.until_sure->most},
                                        {"sure", c.until_sure->is_sure},
                                        {"words", until_sure_words(c)}};
    for (const ensemble::ComparedKind kind : c.until_sure->shown) {
      until["outcomes"].push_back(kind_name(kind));
    }
  }
  add_analysis(json, provenance, war);
  if (compared.without != kNone) {
    json["without"] = war.actors[at(compared.without)].id;
  }
  json["outcomes"] = json_of(outcome_fields(war), outcomes_of(c));
  return json;
}

/// The 95 % interval of the mean of a side.
Interval side_interval(const ComparedRow& row, const Mean& mean) {
  return row.outcome.kind == ensemble::ComparedKind::survival && mean.n > 0
             ? wilson_interval(mean.value, static_cast<double>(mean.n))
             : mean_interval(mean);
}

Json bounds(const Interval& interval) {
  return Json::array({number(interval.low), number(interval.high)});
}

/// The same with the titles of accounts for their ids, as a page names its sides; a side with settings keeps them all.
ComparedWar by_titles(ComparedWar compared) {
  for (ComparedSide& side : compared.sides) {
    const std::vector<std::string> titles = account_titles(compared.model.war(), side.accounts);
    if (side.settings.empty()) {
      side.title = titles.empty() ? "the basic model" : fmt::format("“{}”", fmt::join(titles, "; "));
    }
  }
  return compared;
}

}  // namespace

std::string comparison_json(const ComparedWar& compared, const solver::SolveOptions& options,
                            const Provenance& provenance) {
  return text_of(comparison_of(compared, options, provenance), 1);
}

Json comparison_page(const ComparedWar& compared, const solver::SolveOptions& options, const Provenance& provenance) {
  const War& war = compared.model.war();
  Json json = comparison_of(compared, options, provenance);
  std::size_t i = 0;
  for (const ComparedRow& row : compared.comparison.rows) {
    if (row.difference.n > 0) {
      Json& one = json["outcomes"][i++];
      one["kind"] = kind_name(row.outcome.kind);
      if (row.outcome.issue != kNone) {
        one["issue"] = war.issues[at(row.outcome.issue)];
      }
      one["a_interval"] = bounds(side_interval(row, row.first));
      one["b_interval"] = bounds(side_interval(row, row.second));
    }
  }
  Json& places = json["places"] = Json::array();
  for (const std::vector<ensemble::ComparedHolder>& holders : compared.comparison.places) {
    Json& place = places.emplace_back(Json::object());
    for (const ensemble::ComparedHolder& h : holders) {
      place[std::string(holder_id(war, h.holder))] = {decimals(h.first, 4), decimals(h.second, 4),
                                                      decimals(h.difference.low, 4), decimals(h.difference.high, 4)};
    }
  }
  return json;
}

std::string comparison_html(const ComparedWar& compared, const solver::SolveOptions& options,
                            const Provenance& provenance) {
  Json json = comparison_page(compared, options, provenance);
  json["answer"] = comparison_answer(by_titles(compared));
  json["command"] = provenance.command;
  json["war"] = page_war(compared.model.war());
  json["deadly"] = deadly_sides(by_titles(compared));
  json["fact"] = land_in_fact(compared.model.war());
  return page_of(std::move(json), "comparison");
}

std::string compared_places_csv(const ComparedWar& compared) {
  const War& war = compared.model.war();
  std::string out = "place_id,holder,a,b,difference,low,high\n";
  for (std::size_t p = 0; p < compared.comparison.places.size(); ++p) {
    for (const ensemble::ComparedHolder& h : compared.comparison.places[p]) {
      out += csv_row({war.places[p].id, holder_id(war, h.holder), h.first, h.second, h.second - h.first,
                      h.difference.low, h.difference.high});
    }
  }
  return out;
}

std::string comparison_csv(const ComparedWar& compared) {
  return csv_of(outcome_fields(compared.model.war()), outcomes_of(compared.comparison));
}

std::string pairs_csv(const ComparedWar& compared) {
  std::string out = "outcome,realization,a,b\n";
  for (const ComparedRow& row : compared.comparison.rows) {
    for (std::size_t r = 0; r < row.first_numbers.size() && row.difference.n > 0; ++r) {
      out += csv_row({row.outcome.name, r, row.first_numbers[r], row.second_numbers[r]});
    }
  }
  return out;
}

}  // namespace truel::output
