// Sealed forecasts as files, and what became of them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "truel/output/output.hpp"
#include "truel/record/sealed/foretell.hpp"
#include "truel/record/sealed/resolve.hpp"

namespace truel::output {

/// What of a forecast its numbers do not say.
struct SealOptions {
  std::string sealed_at;                     ///< UTC, YYYY-MM-DDThh:mm:ssZ
  std::string commit{};                      ///< of the sources or the package; "": not said
  std::string team = "truel";                ///< team_abbr of hubverse
  std::vector<int> countries_without_war{};  ///< country_id of VIEWS that get 0 in every draw
};

/// A file of a folder: its name there and its bytes.
struct FolderFile {
  std::string name, bytes;
};

/// A hub after hubverse's schemas 6.0.0: its configuration, and for each account the metadata and the model output.
std::vector<FolderFile> hub_files(const record::PendingForecast& told, const SealOptions& seal);

/// Writes the package, hub and VIEWS files into `folder`, a new one, and forecast.json with the SHA-256 of each last.
/// Gives the SHA-256 of forecast.json: the seal.
Result<std::string> write_forecast(const record::PendingForecast& told, const record::ForetellOptions& options,
                                   const Provenance& provenance, const SealOptions& seal,
                                   const std::vector<FolderFile>& package, const std::filesystem::path& folder);

/// account,place,date,before,probability_of_change,state,after,came
std::string questions_csv(const record::Resolution& resolved);

/// When it was sealed, how many questions the record answers, and how often what was foretold at which probability
/// came.
std::string resolved_text(const record::Resolution& resolved);

}  // namespace truel::output
