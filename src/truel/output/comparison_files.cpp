#include <fmt/format.h>

#include <cmath>

#include "truel/output/comparison.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/json.hpp"
#include "truel/output/tables.hpp"

namespace truel::output {
namespace {

using ensemble::ComparedRow;

std::string cell(double x) {
  return std::isfinite(x) ? fmt::format("{:.6g}", x + 0.0) : "";  // + 0.0: no "-0"
}

std::string actor_id(const War& war, const ComparedRow& row) {
  return row.outcome.actor == kNone ? "" : war.actors[at(row.outcome.actor)].id;
}

Json side_json(const ComparedSide& side, std::size_t failed) {
  return {{"name", side.name},
          {"title", side.title},
          {"accounts", side.accounts},
          {"settings", side.settings},
          {"failed_runs", failed}};
}

}  // namespace

std::string comparison_json(const ComparedWar& compared, const solver::SolveOptions& options,
                            const Provenance& provenance) {
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
  if (compared.without != kNone) {
    json["without"] = war.actors[at(compared.without)].id;
  }
  Json& outcomes = json["outcomes"] = Json::array();
  for (const ComparedRow& row : c.rows) {
    if (row.difference.n == 0) {
      continue;
    }
    Json& one = outcomes.emplace_back(Json{{"outcome", row.outcome.name}});
    if (row.outcome.actor != kNone) {
      one["actor"] = actor_id(war, row);
    }
    one["a"] = number(row.first.value);
    one["b"] = number(row.second.value);
    one["difference"] = number(row.difference.value);
    one["se"] = number(row.difference.standard_error);
    one["low"] = number(row.low);
    one["high"] = number(row.high);
    one["pairs"] = row.difference.n;
    one["changed_pairs"] = row.changed;
  }
  return text_of(json, 1);
}

std::string comparison_csv(const ComparedWar& compared) {
  std::string out = "outcome,actor,a,a_se,b,b_se,difference,se,low,high,pairs,changed_pairs\n";
  for (const ComparedRow& row : compared.comparison.rows) {
    if (row.difference.n > 0) {
      out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_cell(row.outcome.name),
                         csv_cell(actor_id(compared.model.war(), row)), cell(row.first.value),
                         cell(row.first.standard_error), cell(row.second.value), cell(row.second.standard_error),
                         cell(row.difference.value), cell(row.difference.standard_error), cell(row.low), cell(row.high),
                         row.difference.n, row.changed);
    }
  }
  return out;
}

std::string pairs_csv(const ComparedWar& compared) {
  std::string out = "outcome,realization,a,b\n";
  for (const ComparedRow& row : compared.comparison.rows) {
    for (std::size_t r = 0; r < row.first_numbers.size() && row.difference.n > 0; ++r) {
      out += fmt::format("{},{},{},{}\n", csv_cell(row.outcome.name), r, cell(row.first_numbers[r]),
                         cell(row.second_numbers[r]));
    }
  }
  return out;
}

}  // namespace truel::output
