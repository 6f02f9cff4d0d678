// Where a result comes from.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "truel/model/war.hpp"
#include "truel/record/analysis/analysis_findings.hpp"

namespace truel::output {

/// What runs start from, where it is an analysis.
struct StartingAnalysis {
  Day origin = 0;  ///< the first day that was asked for; runs begin before it
  record::AnalysisFindings learned;
};

/// Where an ensemble comes from, as far as model, options and summary do not say it.
struct Provenance {
  std::string version;                ///< of truel
  std::string command;                ///< the command line as typed
  std::string package;                ///< the folder as given
  std::vector<std::string> accounts;  ///< ids
  std::vector<std::string> settings;  ///< "path=value"
  std::string started, finished;      ///< UTC, YYYY-MM-DDThh:mm:ssZ
  double seconds = 0;                 ///< of solving
  int threads = 0;
  std::optional<StartingAnalysis> analysis;
  std::string question;  ///< all that results depend on, as one line, where processes of mpirun made them; else ""
};

/// The provenance of work that begins now. version: of the program. threads: 0 for all cores.
Provenance begin_provenance(std::string version, std::string command, std::string package,
                            std::vector<std::string> settings, int threads);

/// Sets when the work ended, and how long it took.
void finish(Provenance& provenance, std::chrono::steady_clock::time_point begin);

/// The question that the results in a folder say they answer; "": they name none, or there are no results.
std::string question_of(const std::filesystem::path& results);

/// The "analysis" of summary.json, as one line; "" where runs start from none.
std::string analysis_json(const Provenance& provenance, const War& war);

/// This second, as `started` and `finished` are written.
std::string utc_now();

}  // namespace truel::output
