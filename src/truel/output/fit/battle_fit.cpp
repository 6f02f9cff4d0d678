#include "truel/output/fit/battle_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "truel/base/choice.hpp"
#include "truel/base/statistics/statistics.hpp"
#include "truel/output/json.hpp"
#include "truel/output/tables/table.hpp"
#include "truel/output/terminal/table_layout.hpp"

namespace truel::output {
namespace {

using record::fit::AbcMethod;
using record::fit::AbcParticle;
using record::fit::BattleFit;
using record::fit::kAttritionLaws;

struct Moments {
  double mean = 0, sd = 0, se = 0;
};

template <class Value>
Moments moments(const BattleFit& fit, const Value& value) {
  std::vector<double> x;
  std::transform(fit.sample.begin(), fit.sample.end(), std::back_inserter(x), value);
  const std::vector<double> same(x.size(), 1);
  const double sd = weighted_sd(x, same);
  return {weighted_mean(x, same), sd, sd / std::sqrt(static_cast<double>(x.size()))};
}

Moments mean_ratio(const BattleFit& fit) {
  return moments(fit, [](const AbcParticle& p) { return record::fit::ratio_of_score(p.z[0]); });
}

Moments sd_ratio(const BattleFit& fit) {
  return moments(fit, [](const AbcParticle& p) { return record::fit::ratio_of_score(p.z[1]); });
}

Moments distance(const BattleFit& fit) {
  return moments(fit, [](const AbcParticle& p) { return p.distance; });
}

Json json_of(const Moments& m) {
  return {{"mean", number(m.mean)}, {"sd", number(m.sd)}, {"se", number(m.se)}};
}

std::string with_error(const Moments& m) {
  return fmt::format("{:.2f} ({:.2f})", m.mean, m.se);
}

}  // namespace

std::vector<std::string> citations_of(std::span<const TimedBattleFit> fits) {
  std::vector<std::string> all;
  for (const TimedBattleFit& timed : fits) {
    for (const std::string& citation : timed.fit.citations) {
      if (std::find(all.begin(), all.end(), citation) == all.end()) {
        all.push_back(citation);
      }
    }
  }
  return all;
}

std::string battle_fit_table(std::span<const TimedBattleFit> fits, int columns_wide) {
  TextTable sheet(columns_wide);
  for (const TimedBattleFit& timed : fits) {
    const BattleFit& fit = timed.fit;
    const auto best = std::max_element(fit.law_shares.begin(), fit.law_shares.end()) - fit.law_shares.begin();
    sheet.text(fmt::format("{}: of {} simulations of {} battles the {} kept follow the {} law in {:.1f} % ({:.1f} s).",
                           fit.file, fit.simulations, fit.battles, fit.sample.size(),
                           kAttritionLaws[static_cast<std::size_t>(best)],
                           100 * fit.law_shares[static_cast<std::size_t>(best)], timed.seconds));
  }
  sheet.blank();
  std::vector<TextTable::Of<TimedBattleFit>> columns = {{"table", [](auto& timed) { return timed.fit.file; }}};
  for (std::size_t law = 0; law < kAttritionLaws.size(); ++law) {
    columns.push_back({fmt::format("{} %", kAttritionLaws[law]),
                       [law](auto& timed) { return fmt::format("{:.1f}", 100 * timed.fit.law_shares[law]); }});
  }
  columns.push_back({"mean ratio", [](auto& timed) { return with_error(mean_ratio(timed.fit)); }});
  columns.push_back({"its sd", [](auto& timed) { return with_error(sd_ratio(timed.fit)); }});
  columns.push_back({"distance", [](auto& timed) { return fmt::format("{:.1f}", distance(timed.fit).mean); }, 1});
  sheet.table({fits.begin(), fits.end()}, columns);
  sheet.blank();
  sheet.text("In brackets: standard errors of the posterior means, from the number of draws kept.");
  for (const std::string& citation : citations_of(fits)) {
    sheet.blank();
    sheet.item(citation);
  }
  return std::move(sheet).take();
}

std::string battle_fit_json(const War& war, std::span<const TimedBattleFit> fits,
                            const record::fit::BattleOptions& options, const Provenance& provenance) {
  Json json = heading(war, provenance);
  json["seed"] = options.seed;
  json["method"] = choice_name(record::fit::kAbcMethods, options.method);
  json["citations"] = citations_of(fits);
  Json& tables = json["tables"] = Json::array();
  for (const TimedBattleFit& timed : fits) {
    const BattleFit& fit = timed.fit;
    Json laws = Json::object();
    for (std::size_t law = 0; law < kAttritionLaws.size(); ++law) {
      laws[std::string(kAttritionLaws[law])] = number(fit.law_shares[law]);
    }
    Json& one = tables.emplace_back(Json{{"file", fit.file},
                                         {"battles", fit.battles},
                                         {"simulations", fit.simulations},
                                         {"kept", fit.sample.size()},
                                         {"laws", laws},
                                         {"mean_ratio", json_of(mean_ratio(fit))},
                                         {"sd_ratio", json_of(sd_ratio(fit))},
                                         {"distance", json_of(distance(fit))}});
    for (const record::fit::AbcSmcStep& step : fit.steps) {
      one["steps"].push_back({{"tolerance", number(step.tolerance)}, {"acceptance", number(step.acceptance)}});
    }
  }
  return text_of(json, 1);
}

std::string battle_fit_csv(std::span<const TimedBattleFit> fits) {
  std::string out = "table,law,number,distance,mean_ratio,sd_ratio\n";
  for (const TimedBattleFit& timed : fits) {
    for (const AbcParticle& p : timed.fit.sample) {
      out += csv_row({timed.fit.file, kAttritionLaws[static_cast<std::size_t>(p.model)], p.number, p.distance,
                      record::fit::ratio_of_score(p.z[0]), record::fit::ratio_of_score(p.z[1])});
    }
  }
  return out;
}

}  // namespace truel::output
