#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "truel/base/choice.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/json.hpp"
#include "truel/output/sensitivity/sensitivity.hpp"
#include "truel/output/tables/table.hpp"

namespace truel::output {
namespace {

using sensitivity::Analysis;
using sensitivity::Estimate;
using sensitivity::GroupIndex;
using sensitivity::InputIndex;
using sensitivity::Study;

Json json_of(const Estimate& e) {
  return {{"value", number(e.value)}, {"low", number(e.low)}, {"high", number(e.high)}};
}

Json json_of(const std::vector<GroupIndex>& groups) {
  Json list = Json::array();
  for (const GroupIndex& g : groups) {
    Json& one =
        list.emplace_back(Json{{"name", g.name}, {"numbers", g.inputs}, {"sum_of_first", json_of(g.main_effects)}});
    if (g.is_resampled) {
      one["first"] = json_of(g.first);
      one["total"] = json_of(g.total);
    }
  }
  return list;
}

Json json_of(const Study& study, const Analysis& a) {
  const War& war = study.war();
  Json json = {{"outcome", a.outcome.name},
               {"answer", sensitivity_answer(study, a)},
               {"blocks", a.blocks},
               {"runs", a.runs},
               {"failed_runs", a.failed_runs},
               {"undefined_runs", a.undefined_runs},
               {"mean", json_of(a.mean)},
               {"variance", number(a.variance)},
               {"partial", a.stopped_before.has_value()}};
  if (a.stopped_before) {
    json["runs_wanted"] = *a.stopped_before;
  }
  if (a.variance == 0) {
    return json;
  }
  json["shares"] = {{"account", json_of(a.account)},
                    {"numbers", json_of(a.numbers)},
                    {"account_with_numbers", json_of(a.both)},
                    {"chance", json_of(a.chance)}};
  json["account_less_numbers"] = json_of(a.account_less_numbers);
  if (!a.drivers.empty()) {
    for (std::size_t d = 0; d < a.drivers.size(); ++d) {
      json["drivers"][sensitivity::kDriverNames[d]] = json_of(a.drivers[d]);
    }
    json["main_driver"] = a.main_driver < 0 ? Json(nullptr) : Json(sensitivity::kDriverNames[at(a.main_driver)]);
  }
  Json& accounts = json["accounts"] = Json::array();
  for (std::size_t k = 0; k < a.accounts.size(); ++k) {
    accounts.push_back({{"id", study.rivals[k].id},
                        {"title", study.rivals[k].title},
                        {"mean", json_of(a.accounts[k].mean)},
                        {"account_share_without", json_of(a.accounts[k].share_without)}});
  }
  if (a.inputs.empty()) {
    return json;
  }
  json["sum_of_first"] = json_of(a.main_effects);
  json["rests_on"] = json_of(a.rests);
  json["sources"] = json_of(a.sources);
  json["tables"] = json_of(a.tables);
  json["noise"] = {{"dummies", a.dummies},
                   {"first_greatest", number(a.first_floor)},
                   {"first_95", number(a.first_noise)},
                   {"delta_greatest", number(a.delta_floor)},
                   {"delta_95", number(a.delta_noise)},
                   {"input_classes", a.classes},
                   {"outcome_classes", a.bins},
                   {"bootstrap", a.replicates}};
  Json& parameters = json["parameters"] = Json::array();
  for (const InputIndex& index : a.inputs) {
    const sensitivity::Input& input = study.inputs[index.input];
    Json& one = parameters.emplace_back(Json{{"path", war.parameters[at(input.parameter)].path},
                                             {"distribution", to_string(input.distribution)},
                                             {"unit", unit_of(war, input.parameter)},
                                             {"sources", input.sources},
                                             {"table", input.table},
                                             {"basis", input.basis},
                                             {"first", json_of(index.first)},
                                             {"delta", json_of(index.delta)},
                                             {"delta_raw", number(index.delta_raw)},
                                             {"first_above_noise", index.first.value > a.first_floor},
                                             {"delta_above_noise", index.delta_raw > a.delta_floor}});
    if (index.is_resampled) {
      one["total"] = json_of(index.total);
    }
  }
  return json;
}

/// Its column and the one behind it, of its interval.
struct Shares {
  const Estimate *sum_of_first = nullptr, *first = nullptr, *total = nullptr, *delta = nullptr;
};

class Rows {
 public:
  void add(const Analysis& a, const char* kind, std::string_view name, Cell numbers, const Shares& shares,
           std::array<Cell, 5> more = {"", "", "", "", ""}) {
    std::vector<Cell> row{a.outcome.name, kind, name, std::move(numbers)};
    for (const Estimate* e : {shares.sum_of_first, shares.first, shares.total, shares.delta}) {
      row.insert(row.end(), {e != nullptr ? e->value : kAbsent, e != nullptr ? Interval{e->low, e->high} : Interval{}});
    }
    row.insert(row.end(), more.begin(), more.end());
    table_.add(std::move(row));
  }

  void add(const Analysis& a, const char* kind, const std::vector<GroupIndex>& groups) {
    for (const GroupIndex& g : groups) {
      add(a, kind, g.name, g.inputs,
          {&g.main_effects, g.is_resampled ? &g.first : nullptr, g.is_resampled ? &g.total : nullptr});
    }
  }

  std::string csv() const { return table_.csv(); }

 private:
  Table table_{{"outcome", "kind", "name", "numbers", "sum_of_first", "sum_of_first_interval", "first",
                "first_interval", "total", "total_interval", "delta", "delta_interval", "delta_raw", "above_noise",
                "source", "table", "basis"}};
};

}  // namespace

std::string sensitivity_json(const Study& study, const solver::SolveOptions& options,
                             std::span<const Analysis> analyses, const Provenance& provenance) {
  const War& war = study.war();
  Json json = heading(war, provenance);
  json.update({{"seed", options.seed},
               {"solver", solver::to_string(options.solver)},
               {"start", format_date(war.start)},
               {"end", format_date(war.end)},
               {"uncertain_parameters", study.inputs.size()},
               {"resampled_by", choice_name(sensitivity::kGroupings, study.grouping)},
               {"runs_a_block", study.block_size()}});
  json["outcomes"] = list_of(analyses, [&](const Analysis& a) { return json_of(study, a); });
  return text_of(json, 1);
}

std::string sensitivity_csv(const Study& study, std::span<const Analysis> analyses) {
  Rows rows;
  for (const Analysis& a : analyses) {
    if (a.variance == 0) {
      continue;
    }
    for (const auto& [name, share] : {std::pair{"account", &a.account},
                                      {"numbers", &a.numbers},
                                      {"account_with_numbers", &a.both},
                                      {"chance", &a.chance}}) {
      rows.add(a, "share", name, "", {.first = share});
    }
    if (a.inputs.empty()) {
      continue;
    }
    rows.add(a, "basis", a.rests);
    rows.add(a, "source", a.sources);
    rows.add(a, "table", a.tables);
    for (const auto& [name, first, delta] : {std::tuple{"greatest of the dummies", a.first_floor, a.delta_floor},
                                             std::tuple{"95 in 100 dummies below", a.first_noise, a.delta_noise}}) {
      const Estimate of_first{first, kAbsent, kAbsent};
      rows.add(a, "noise", name, a.dummies, {.first = &of_first}, {delta, "", "", "", ""});
    }
    for (const InputIndex& index : a.inputs) {
      const sensitivity::Input& input = study.inputs[index.input];
      rows.add(a, "parameter", study.war().parameters[at(input.parameter)].path, 1,
               {.first = &index.first, .total = index.is_resampled ? &index.total : nullptr, .delta = &index.delta},
               {index.delta_raw, a.is_above_floor(index), fmt::format("{}", fmt::join(input.sources, "; ")),
                input.table, input.basis});
    }
  }
  return rows.csv();
}

}  // namespace truel::output
