#include "truel/ensemble/parallel.hpp"
#include "truel/output/arrays/arrays.hpp"
#include "truel/output/arrays/targets/netcdf.hpp"
#include "truel/output/comparison/comparison.hpp"
#include "truel/output/comparison/united.hpp"
#include "truel/output/comparison/why.hpp"
#include "truel/output/files.hpp"
#include "truel/output/json.hpp"
#include "truel/output/output.hpp"
#include "truel/output/report/regions.hpp"
#include "truel/output/score/fights.hpp"
#include "truel/output/score/patterns.hpp"
#include "truel/output/score/power_text.hpp"
#include "truel/output/score/score.hpp"
#include "truel/output/score/score_svg.hpp"
#include "truel/output/sensitivity/sensitivity.hpp"
#include "truel/output/tables/tables.hpp"
#include "truel/output/texts.hpp"
#include "truel/record/score/forecast.hpp"

namespace truel::output {
namespace {

#ifdef __clang__
constexpr const char* kCompiler = "Clang " __clang_version__;
#else
constexpr const char* kCompiler = "GCC " __VERSION__;
#endif

/// What all results say about where they come from; the callers add what is theirs.
Json provenance_json(const War& war, const solver::SolveOptions& options, const Provenance& provenance) {
  Json json = {{"format", 1},
               {"version", provenance.version},
               {"command", provenance.command},
               {"package", provenance.package},
               {"package_sha256", war.sha256},
               {"accounts", provenance.accounts},
               {"settings", provenance.settings},
               {"start", format_date(war.start)},
               {"end", format_date(war.end)},
               {"seed", options.seed},
               {"solver",
                {{"name", solver::to_string(options.solver)},
                 {"every_days", options.every_days},
                 {"steps_per_day", options.steps_per_day},
                 {"tolerance", options.tolerance},
                 {"event_limit", options.event_limit}}},
               {"started", provenance.started},
               {"finished", provenance.finished},
               {"seconds", provenance.seconds},
               {"threads", provenance.threads},
               {"compiler", kCompiler},
               {"netcdf", netcdf_version()}};
  if (!provenance.question.empty()) {
    json["question"] = provenance.question;
  }
  return json;
}

/// Files of one folder, one after another; after the first failure no more are begun.
class Folder {
 public:
  explicit Folder(const std::filesystem::path& folder) : folder_(folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
      failures_.push_back(cannot_write(folder, error.message()));
    }
  }

  /// `write` gives what went wrong with the path that it is given, if anything.
  template <class F>
  void add(const char* name, F&& write) {
    if (!failures_.empty()) {
      return;
    }
    if (auto failure = write(folder_ / name)) {
      failures_.push_back(std::move(*failure));
    } else {
      written_.push_back(folder_ / name);
    }
  }

  void add_text(const char* name, const std::string& bytes) {
    add(name, [&](const std::filesystem::path& path) { return write_file(path, bytes); });
  }

  /// Counts what another wrote into the same folder as its own. What fails for both is said once.
  void take(const Folder& other) {
    written_.insert(written_.end(), other.written_.begin(), other.written_.end());
    if (failures_.empty()) {
      failures_ = other.failures_;
    }
  }

  /// The paths, provenance.json last.
  WrittenFiles finish(const Json& origin) && {
    add_text("provenance.json", text_of(origin, 1) + '\n');
    if (!failures_.empty()) {
      return std::move(failures_);
    }
    return std::move(written_);
  }

 private:
  std::filesystem::path folder_;
  std::vector<std::filesystem::path> written_;
  Diagnostics failures_;
};

/// All files but the arrays and the provenance.
void add_tables_and_page(const CompiledModel& model, const ensemble::EnsembleOptions& options,
                         const ensemble::Summary& summary, const std::vector<ensemble::KeptRun>& kept,
                         const Provenance& provenance, const Texts& package, Folder& files) {
  files.add_text("summary.json", summary_json(model, options, summary, provenance) + '\n');
  files.add_text("control.geojson", control_geojson(model, summary));
  files.add_text("dyads.csv", dyads_csv(model, summary));
  files.add_text("months_dyads.csv", months_dyads_csv(model, summary));
  files.add_text("months_places.csv", months_places_csv(model, summary));
  if (!summary.stopped_before || !kept.empty()) {  // without paths they would say that nothing happened
    files.add_text("events.csv", events_csv(model, kept));
    files.add_text("priorities.csv", priorities_csv(model, kept));
  }
  if (summary.regions) {
    files.add_text("regions.csv", regions_csv(model, *summary.regions));
    files.add_text("regions.svg", regions_svg(model, *summary.regions));
  }
  if (summary.united) {
    files.add_text("united.json", united_json(model, *summary.united, options.solve, provenance) + '\n');
    files.add_text("united.csv", united_csv(model, *summary.united));
  }
  if (const std::string page = report_html(report_json(model, options, summary, kept, provenance), package);
      !page.empty()) {
    files.add_text("report.html", page);
  }
}

}  // namespace

WrittenFiles write(const CompiledModel& model, const ensemble::EnsembleOptions& options,
                   const ensemble::Summary& summary, const ensemble::RunStore& store,
                   const std::vector<ensemble::KeptRun>& kept, const Provenance& provenance,
                   const std::filesystem::path& folder, const Texts& package) {
  if (summary.numbers.empty()) {
    return cannot_write(folder, "there is no realization yet");
  }
  // The arrays take about as long as all the rest.
  Folder arrays(folder);
  Folder files(folder);
  ensemble::for_each_index(2, options.threads, [&](std::size_t part) {
    if (part == 0) {
      arrays.add("ensemble.nc", [&](const std::filesystem::path& path) {
        return write_ensemble_nc(model, options.solve, summary, store, provenance, path);
      });
    } else {
      add_tables_and_page(model, options, summary, kept, provenance, package, files);
    }
  });
  files.take(arrays);
  Json origin = provenance_json(model.war(), options.solve, provenance);
  origin["solver"]["precision"] = options.precision;
  origin["runs"] = summary.runs;
  origin["failed_runs"] = summary.failed_runs;
  origin["partial"] = summary.stopped_before.has_value();
  if (summary.stopped_before) {
    origin["runs_wanted"] = *summary.stopped_before;
  }
  Json& numbers = origin["kept_runs"] = Json::array();
  for (const ensemble::KeptRun& k : kept) {
    numbers.push_back(k.run.number);
  }
  return std::move(files).finish(origin);
}

WrittenFiles write_replay(const CompiledModel& model, const solver::SolveOptions& options,
                          const ensemble::KeptRun& kept, const Provenance& provenance,
                          const std::filesystem::path& folder) {
  Folder files(folder);
  files.add_text("replay.json", replay_json(model, options, kept) + '\n');
  files.add("path.nc",
            [&](const std::filesystem::path& path) { return write_path_nc(model, options, kept, provenance, path); });
  files.add_text("events.csv", events_csv(model, std::span(&kept, 1)));
  files.add_text("priorities.csv", priorities_csv(model, std::span(&kept, 1)));
  Json origin = provenance_json(model.war(), options, provenance);
  origin["realization"] = kept.run.number;
  return std::move(files).finish(origin);
}

WrittenFiles write_sensitivity(const sensitivity::Study& study, const solver::SolveOptions& options,
                               std::span<const sensitivity::Analysis> analyses, const Provenance& provenance,
                               const std::filesystem::path& folder) {
  Folder files(folder);
  files.add_text("sensitivity.json", sensitivity_json(study, options, analyses, provenance) + '\n');
  files.add_text("sensitivity.csv", sensitivity_csv(study, analyses));
  files.add_text("sensitivity.svg", sensitivity_svg(study, analyses));
  Json origin = provenance_json(study.rivals.front().model.war(), options, provenance);
  Json& runs = origin["runs"] = Json::array();
  for (const sensitivity::Analysis& analysis : analyses) {
    runs.push_back({{"outcome", analysis.outcome.name},
                    {"runs", analysis.runs},
                    {"failed_runs", analysis.failed_runs},
                    {"undefined_runs", analysis.undefined_runs},
                    {"partial", analysis.stopped_before.has_value()}});
  }
  return std::move(files).finish(origin);
}

WrittenFiles write_texts(const CompiledModel& model, const solver::SolveOptions& options,
                         std::span<const std::pair<std::string, std::string>> texts,
                         std::span<const std::string> citations, const Provenance& provenance,
                         const std::filesystem::path& folder) {
  Folder files(folder);
  for (const auto& [name, text] : texts) {
    files.add_text(name.c_str(), text);
  }
  Json origin = provenance_json(model.war(), options, provenance);
  origin["citations"] = citations;
  return std::move(files).finish(origin);
}

WrittenFiles write_comparison(const ComparedWar& war, const solver::SolveOptions& options, const Provenance& provenance,
                              const std::filesystem::path& folder) {
  Folder files(folder);
  files.add_text("comparison.json", comparison_json(war, options, provenance) + '\n');
  files.add_text("comparison.csv", comparison_csv(war));
  files.add_text("pairs.csv", pairs_csv(war));
  files.add_text("places.csv", compared_places_csv(war));
  if (const std::string page = comparison_html(war, options, provenance); !page.empty()) {
    files.add_text("report.html", page);
  }
  Json origin = provenance_json(war.model.war(), options, provenance);
  origin["runs"] = war.comparison.runs;
  return std::move(files).finish(origin);
}

WrittenFiles write_why(const CompiledModel& model, const solver::SolveOptions& options,
                       const ensemble::Explanation& why, const Provenance& provenance,
                       const std::filesystem::path& folder) {
  Folder files(folder);
  files.add_text("why.json", why_json(model, options, why, provenance) + '\n');
  files.add_text("enemies.csv", why_enemies_csv(model, why));
  files.add_text("changes.csv", why_changes_csv(why));
  Json origin = provenance_json(model.war(), options, provenance);
  origin["runs"] = why.runs;
  return std::move(files).finish(origin);
}

WrittenFiles write_scores(const record::Scores& scores, const record::ScoreOptions& options,
                          const Provenance& provenance, const std::filesystem::path& folder) {
  Folder files(folder);
  if (const std::string page = score_html(scores, options, provenance); !page.empty()) {
    files.add_text("report.html", page);
  }
  files.add_text("scores.json", scores_json(scores, options, provenance) + '\n');
  files.add_text("score.json", score_page_json(scores, options, provenance) + '\n');
  files.add_text("scores.csv", scores_csv(scores));
  files.add_text("losses.csv", losses_csv(scores));
  if (options.power) {
    files.add_text("power.csv", power_csv(scores));
    files.add_text("power.md", power_markdown(scores));
  }
  files.add_text("scores.svg", scores_svg(scores));
  files.add_text("reliability.svg", reliability_svg(scores));
  if (!scores.fights.empty()) {
    files.add_text("fights.csv", fights_csv(scores));
    if (!scores.dyads.empty()) {
      files.add_text("fights_by_run.csv", fights_by_run_csv(scores));
    }
  }
  if (!scores.patterns.empty()) {
    files.add_text("patterns.csv", patterns_csv(scores, options.look_days));
    files.add_text("patterns.svg", patterns_svg(scores));
  }
  Json origin = provenance_json(scores.war, record::ensemble_options(options).solve, provenance);
  origin["runs"] = options.runs;
  origin["citations"] = scores.observations.citations;
  return std::move(files).finish(origin);
}

}  // namespace truel::output
