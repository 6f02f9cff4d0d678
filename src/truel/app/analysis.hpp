// Wars that start from an analysis, as --analysis asks for them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/record/analysis/analysis.hpp"
#include "truel/scenario/scenario.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::app {

/// A package and what was observed of it, in memory.
struct ObservedPackage {
  scenario::PackageFiles files;
  record::PackageRecord record;

  /// observed: a folder of observed data; empty: control.csv of the package alone. Errors: mistakes of both.
  static Result<std::shared_ptr<const ObservedPackage>> read(const std::filesystem::path& package,
                                                             const std::filesystem::path& observed);
};

/// What was observed of a package up to the first day asked for, and the wars that start from both.
class Analysis {
 public:
  /// overlay: its settings and days; accounts, of its warnings alone, are named with each model. progress: told from
  /// any thread. Errors: mistakes of the package; a first day of which nothing says who holds what.
  static Result<std::shared_ptr<Analysis>> of(std::shared_ptr<const ObservedPackage> package,
                                              const scenario::Overlay& overlay,
                                              const ensemble::EnsembleOptions& ensemble,
                                              record::TellAnalysis progress = {});

  /// The war under accounts, none of which is the basic model, with the changes that the package dates. It
  /// begins a quarter before the first day (record::Analyst). Errors: mistakes in accounts and settings.
  Result<CompiledModel> model(const std::vector<std::string>& accounts);

  const std::shared_ptr<const ObservedPackage>& package() const { return package_; }
  Day origin() const { return origin_; }
  /// Of all models so far.
  const record::AnalysisFindings& learned() const { return analyst_.learned(); }
  /// What is no mistake of the package on its own days and can hardly be meant.
  const Diagnostics& warnings() const { return warnings_; }
  /// What the models depend on beside the package and what is laid over it.
  std::string key() const;

 private:
  Analysis(War war, std::shared_ptr<const ObservedPackage> package, Day origin, Day until,
           record::AnalysisOptions options, Diagnostics warnings);

  War war_;
  std::shared_ptr<const ObservedPackage> package_;
  Day origin_, until_;
  std::uint32_t runs_;
  record::Analyst analyst_;
  Diagnostics warnings_;
};

}  // namespace truel::app
