#include <netcdf_meta.h>

#include "truel/output/describe.hpp"
#include "truel/output/files.hpp"
#include "truel/output/json.hpp"
#include "truel/output/netcdf.hpp"
#include "truel/output/output.hpp"
#include "truel/output/tables.hpp"

namespace truel::output {
namespace {

std::string provenance_json(const dynamics::CompiledModel& model, const ensemble::EnsembleOptions& options,
                            const ensemble::Summary& summary, const std::vector<ensemble::KeptRun>& kept,
                            const Provenance& provenance) {
  const War& war = model.war();
  Json kept_runs = Json::array();
  for (const ensemble::KeptRun& k : kept) {
    kept_runs.push_back(k.run.number);
  }
  const Json json = {{"format", 1},
                     {"version", provenance.version},
                     {"command", provenance.command},
                     {"package", provenance.package},
                     {"package_sha256", war.sha256},
                     {"accounts", provenance.accounts},
                     {"settings", provenance.settings},
                     {"seed", options.solve.seed},
                     {"runs", summary.runs},
                     {"failed_runs", summary.failed_runs},
                     {"kept_runs", std::move(kept_runs)},
                     {"start", format_date(war.start)},
                     {"end", format_date(war.end)},
                     {"solver",
                      {{"name", solver::to_string(options.solve.solver)},
                       {"every_days", options.solve.every_days},
                       {"steps_per_day", options.solve.steps_per_day},
                       {"tolerance", number(options.solve.tolerance)},
                       {"event_limit", options.solve.event_limit},
                       {"precision", number(options.precision)}}},
                     {"started", provenance.started},
                     {"finished", provenance.finished},
                     {"seconds", number(provenance.seconds)},
                     {"threads", provenance.threads},
                     {"batch_width", options.batch_width},
                     {"compiler", __VERSION__},
                     {"netcdf", NC_VERSION}};
  return text_of(json, 1);
}

}  // namespace

Result<std::vector<std::filesystem::path>> write(const dynamics::CompiledModel& model,
                                                 const ensemble::EnsembleOptions& options,
                                                 const ensemble::Summary& summary, const ensemble::RunStore& store,
                                                 const std::vector<ensemble::KeptRun>& kept,
                                                 const Provenance& provenance, const std::filesystem::path& folder) {
  if (summary.numbers.empty()) {
    return cannot_write(folder, "there is no realization yet");
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return cannot_write(folder, error.message());
  }
  std::vector<std::filesystem::path> written;
  Diagnostics failures;
  const auto done = [&](const char* name, std::optional<Diagnostic> failure) {
    if (failure) {
      failures.push_back(std::move(*failure));
    } else {
      written.push_back(folder / name);
    }
  };
  const auto text = [&](const char* name, const std::string& bytes) {
    if (failures.empty()) {
      done(name, write_file(folder / name, bytes));
    }
  };
  text("summary.json", summary_json(model, options, summary, provenance) + '\n');
  if (failures.empty()) {
    done("ensemble.nc", write_netcdf(model, options, summary, store, provenance, folder / "ensemble.nc"));
  }
  text("control.geojson", control_geojson(model, summary));
  text("dyads.csv", dyads_csv(model, summary));
  text("events.csv", events_csv(model, kept));
  text("priorities.csv", priorities_csv(model, kept));
  if (const std::string page = report_html(report_json(model, options, summary, kept, provenance)); !page.empty()) {
    text("report.html", page);
  }
  text("provenance.json", provenance_json(model, options, summary, kept, provenance) + '\n');
  if (!failures.empty()) {
    return failures;
  }
  return written;
}

}  // namespace truel::output
