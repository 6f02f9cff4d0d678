#include "truel/app/analysis.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "truel/app/package.hpp"
#include "truel/record/forecast_war.hpp"
#include "truel/scenario/read.hpp"

namespace truel::app {

Result<std::shared_ptr<const ObservedPackage>> ObservedPackage::read(const std::filesystem::path& package,
                                                                     const std::filesystem::path& observed) {
  TRUEL_TRY(const auto war, app::read(package));
  TRUEL_TRY(auto record, record::read_record(war, package, observed));
  Mistakes mistakes;
  scenario::PackageFiles files = scenario::load_package(package, mistakes);
  if (!mistakes.empty()) {  // it has changed since it was read
    return mistakes.take();
  }
  return std::make_shared<const ObservedPackage>(ObservedPackage{std::move(files), std::move(record)});
}

Result<std::shared_ptr<Analysis>> Analysis::of(std::shared_ptr<const ObservedPackage> package,
                                               const scenario::Overlay& overlay,
                                               const ensemble::EnsembleOptions& ensemble,
                                               record::TellAnalysis progress) {
  Diagnostics warnings;
  TRUEL_TRY(auto war, scenario::read_package(
                          package->files, {.accounts = overlay.accounts, .settings = overlay.settings}, {}, &warnings));
  const Day origin = overlay.from.value_or(war.start);
  const Day until = overlay.until.value_or(war.end);
  if (Diagnostics wrong = record::wrong_days(war, package->record.observations, origin, until); !wrong.empty()) {
    return wrong;
  }
  record::AnalysisOptions options{package->files, overlay.settings, ensemble, std::move(progress)};
  return std::shared_ptr<Analysis>(
      new Analysis(std::move(war), std::move(package), origin, until, std::move(options), std::move(warnings)));
}

Analysis::Analysis(War war, std::shared_ptr<const ObservedPackage> package, Day origin, Day until,
                   record::AnalysisOptions options, Diagnostics warnings)
    : war_(std::move(war)),
      package_(std::move(package)),
      origin_(origin),
      until_(until),
      runs_(options.ensemble.runs),
      analyst_(std::move(options), package_->record.rules, war_, package_->record.observations),
      warnings_(std::move(warnings)) {}

Result<CompiledModel> Analysis::model(const std::vector<std::string>& accounts) {
  TRUEL_TRY(auto war, analyst_.war_of(fmt::format("{}", fmt::join(accounts, "+")), origin_, until_, std::nullopt));
  return compile(std::make_shared<const War>(std::move(war)));
}

std::string Analysis::key() const {
  return fmt::format(" analysis {} {} of {}", format_date(origin_), package_->record.observations.sha256(), runs_);
}

}  // namespace truel::app
