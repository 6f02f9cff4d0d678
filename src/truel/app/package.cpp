#include "truel/app/package.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "truel/base/choice.hpp"
#include "truel/base/formats/did_you_mean.hpp"
#include "truel/model/solver_names.hpp"
#include "truel/record/observations/rules.hpp"
#include "truel/scenario/formats/package_files.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::app {

std::optional<Day> date_of(const std::string& text, const char* name, Diagnostics& faults) {
  if (text.empty()) {
    return std::nullopt;
  }
  const auto date = parse_date(text);
  if (!date) {
    faults.push_back(
        {{}, fmt::format("{} {} is not a date", name, text), "write YYYY-MM-DD, with a year from 0001 to 9999"});
  }
  return date;
}

Result<scenario::Overlay> overlay_of(std::vector<std::string> accounts, std::vector<std::string> settings,
                                     const std::string& from, const std::string& until, const DayNames& names) {
  Diagnostics faults;
  scenario::Overlay overlay{.accounts = std::move(accounts),
                            .settings = std::move(settings),
                            .from = date_of(from, names.from, faults),
                            .until = date_of(until, names.until, faults)};
  if (!faults.empty()) {
    return faults;
  }
  return overlay;
}

namespace {

Result<War> with_rules(const std::filesystem::path& package, Result<War> war) {
  const auto rules = record::read_rules(package);
  if (rules) {
    return war;
  }
  Diagnostics mistakes = war ? Diagnostics() : war.error();
  rules.add_error_to(mistakes);
  return mistakes;
}

Result<CompiledModel> compiled(Result<War> war) {
  if (!war) {
    return war.error();
  }
  return compile(std::make_shared<const War>(std::move(*war)));
}

}  // namespace

Result<War> read(const std::filesystem::path& package, const scenario::Overlay& overlay, Diagnostics& warnings) {
  return with_rules(package, scenario::read(package, overlay, warnings));
}

Result<War> read(const std::filesystem::path& package, const scenario::Overlay& overlay) {
  return with_rules(package, scenario::read(package, overlay));
}

Result<CompiledModel> load(const std::filesystem::path& package, const scenario::Overlay& overlay,
                           Diagnostics& warnings) {
  return compiled(app::read(package, overlay, warnings));
}

Result<CompiledModel> load(const std::filesystem::path& package, const scenario::Overlay& overlay) {
  return compiled(app::read(package, overlay));
}

Result<CompiledModel> load_with(const War& war, const scenario::Overlay& overlay) {
  return compiled(scenario::with_overlay(war, overlay));
}

std::vector<std::pair<std::string, std::string>> files_of(const War& war) {
  Mistakes mistakes;
  scenario::PackageFiles package = scenario::load_package(war.folder, mistakes);
  std::vector<std::pair<std::string, std::string>> files;
  if (mistakes.empty() && scenario::package_sha256(package) == war.sha256 && war.start == war.package_start &&
      war.end == war.package_end) {
    for (scenario::PackageFile& file : package.files) {
      files.emplace_back(std::move(file.name), std::move(file.bytes));
    }
  }
  return files;
}

Result<ActorIndex> actor_of(const War& war, const std::string& id, const char* option) {
  const std::vector<std::string> known = ids_of(war.actors);
  const auto found = std::find(known.begin(), known.end(), id);
  if (found == known.end()) {
    return Diagnostic{{},
                      fmt::format("{} {}: no such actor", option, id),
                      did_you_mean(id, known, fmt::format("known are {}", fmt::join(known, ", ")))};
  }
  return static_cast<ActorIndex>(found - known.begin());
}

Result<solver::SolverKind> solver_of(const std::string& name) {
  if (const auto kind = choice_of<solver::SolverKind>(kSolverNames, name)) {
    return *kind;
  }
  const std::vector<std::string> known(kSolverNames.begin(), kSolverNames.end());
  return Diagnostic{
      {}, "solver " + name, did_you_mean(name, known, fmt::format("it is one of {}", fmt::join(known, ", ")))};
}

}  // namespace truel::app
