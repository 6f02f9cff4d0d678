#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "truel/output/describe.hpp"
#include "truel/output/files.hpp"
#include "truel/output/json.hpp"
#include "truel/output/score.hpp"
#include "truel/output/score_svg.hpp"
#include "truel/output/tables.hpp"

namespace truel::output {
namespace {

using record::ScoreRow;

Json interval(double low, double high) {
  return std::isfinite(low) && std::isfinite(high) ? Json({low, high}) : Json(nullptr);
}

Json row_json(const ScoreRow& row) {
  return {{"origin", format_date(row.window.origin)},
          {"from", format_date(row.window.from)},
          {"until", format_date(row.window.until)},
          {"horizon_months", row.window.months},
          {"target", record::to_string(row.target)},
          {"unit", row.unit},
          {"subset", record::to_string(row.subset)},
          {"merged", row.merged},
          {"score", row.score},
          {"model", row.model},
          {"account", row.account.empty() ? Json(nullptr) : Json(row.account)},
          {"value", number(row.value)},
          {"interval", interval(row.low, row.high)},
          {"difference", number(row.difference)},
          {"difference_interval", interval(row.difference_low, row.difference_high)},
          {"against", row.against.empty() ? Json(nullptr) : Json(row.against)},
          {"n", row.n}};
}

Json record_json(const record::Scores& scores) {
  const record::Observations& o = scores.observations;
  Json files = Json::array();
  for (const auto& file : o.files) {
    files.push_back({{"name", file.name}, {"kind", file.kind}, {"rows", file.rows}, {"is_read", file.is_read}});
  }
  Json counts = Json::object();
  for (const auto& count : o.counts) {
    counts[count.reason] = count.rows;
  }
  Json compared = Json::array();
  for (const auto& c : scores.compared) {
    compared.push_back({{"origin", format_date(c.window.origin)},
                        {"until", format_date(c.window.until)},
                        {"merged", c.merged},
                        {"compared", c.compared},
                        {"changed", c.changed},
                        {"contested", c.contested},
                        {"unknown", c.unknown},
                        {"low_confidence", c.low}});
  }
  return {{"files", files},
          {"counts", counts},
          {"unmatched_places", o.unmatched_places},
          {"unmatched_sides", o.unmatched_sides},
          {"places", compared},
          {"citations", o.citations}};
}

std::string cell(double x) {
  return std::isfinite(x) ? fmt::format("{:.6g}", x + 0.0) : "";  // + 0.0: no "-0"
}

}  // namespace

std::string scores_json(const record::Scores& scores, const record::ScoreOptions& options,
                        const Provenance& provenance) {
  Json json = {{"format", 1},
               {"package", package_name(scores.war)},
               {"package_sha256", scores.war.sha256},
               {"version", provenance.version},
               {"title", scores.war.title},
               {"settings", options.settings},
               {"seed", options.seed},
               {"runs", options.runs},
               {"failed_runs", scores.failed_runs},
               {"solver", solver::to_string(options.solver)},
               {"remarks", scores.remarks},
               {"record", record_json(scores)}};
  Json& windows = json["windows"] = Json::array();
  Json& pooled = json["pooled"] = Json::array();
  Json& sure = json["without_low_confidence"] = Json::array();
  for (const ScoreRow& row : scores.rows) {
    Json one = row_json(row);
    if (row.is_pooled) {
      one["windows"] = row.windows;
    }
    (!row.with_low ? sure : row.is_pooled ? pooled : windows).push_back(std::move(one));
  }
  Json& blends = json["blends"] = Json::array();
  for (const record::BlendWeight& blend : scores.blends) {
    blends.push_back({{"origin", format_date(blend.window.origin)},
                      {"until", format_date(blend.window.until)},
                      {"horizon_months", blend.window.months},
                      {"merged", blend.merged},
                      {"account", blend.account},
                      {"weight_of_truel", blend.weight},
                      {"fitted_on_windows", blend.windows}});
  }
  return text_of(json, 1);
}

std::string scores_csv(const record::Scores& scores) {
  std::string out =
      "pooled_windows,origin,from,until,horizon_months,target,unit,subset,merged,with_low_confidence,score,model,"
      "account,value,low,high,difference,difference_low,difference_high,against,n\n";
  for (const ScoreRow& r : scores.rows) {
    out += fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
        r.is_pooled ? std::to_string(r.windows) : "", format_date(r.window.origin), format_date(r.window.from),
        format_date(r.window.until), r.window.months, record::to_string(r.target), r.unit, record::to_string(r.subset),
        r.merged ? "yes" : "no", r.with_low ? "yes" : "no", r.score, r.model, csv_cell(r.account), cell(r.value),
        cell(r.low), cell(r.high), cell(r.difference), cell(r.difference_low), cell(r.difference_high), r.against, r.n);
  }
  return out;
}

std::string losses_csv(const record::Scores& scores) {
  std::string out = "origin,until,horizon_months,target,unit,name,merged,changed,score,model,account,value\n";
  for (const record::Losses& l : scores.losses) {
    const record::Case& c = scores.cases[l.in_case];
    for (std::size_t k = 0; k < l.loss.size() && c.with_low && !l.is_skill; ++k) {
      if (c.counts[k] && std::isfinite(l.loss[k])) {
        out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", format_date(c.window.origin),
                           format_date(c.window.until), c.window.months, record::to_string(c.target), c.unit,
                           csv_cell(c.names[k]), c.merged ? "yes" : "no", c.has_changed[k] ? "yes" : "no", l.score,
                           l.model, csv_cell(l.account), cell(l.loss[k]));
      }
    }
  }
  return out;
}

Result<std::vector<std::filesystem::path>> write_scores(const record::Scores& scores,
                                                        const record::ScoreOptions& options,
                                                        const Provenance& provenance,
                                                        const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return cannot_write(folder, error.message());
  }
  const Json origin = {{"version", provenance.version},   {"command", provenance.command},
                       {"package", provenance.package},   {"package_sha256", scores.war.sha256},
                       {"settings", provenance.settings}, {"started", provenance.started},
                       {"finished", provenance.finished}, {"seconds", provenance.seconds},
                       {"threads", provenance.threads},   {"citations", scores.observations.citations}};
  std::vector<std::filesystem::path> written;
  const auto add = [&](const char* name, const std::string& bytes) -> std::optional<Diagnostic> {
    written.push_back(folder / name);
    return write_file(written.back(), bytes);
  };
  for (const auto& [name, bytes] :
       {std::pair{"scores.json", scores_json(scores, options, provenance) + '\n'},
        std::pair{"scores.csv", scores_csv(scores)}, std::pair{"losses.csv", losses_csv(scores)},
        std::pair{"scores.svg", scores_svg(scores)}, std::pair{"provenance.json", text_of(origin, 1) + '\n'}}) {
    if (auto failure = add(name, bytes)) {
      return std::move(*failure);
    }
  }
  return written;
}

}  // namespace truel::output
