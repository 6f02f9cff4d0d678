// A package with what a user lays over it, as the modules in Python hold it.
#pragma once

#include <nanobind/nanobind.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "truel/app/package.hpp"
#include "truel/output/output.hpp"
#include "truel/scenario/scenario.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::python {

/// Arguments that give days.
inline constexpr app::DayNames kDayArguments{"from_", "until"};

/// Immutable. Its model is compiled at the first use.
class LoadedWar {
 public:
  /// analysis: that the war starts from, if it does; more_files: what it then depends on beside the package.
  LoadedWar(std::string folder, scenario::Overlay overlay, War war,
            std::optional<output::StartingAnalysis> analysis = {}, std::string more_files = {})
      : folder_(std::move(folder)),
        overlay_(std::move(overlay)),
        war_(std::make_shared<const War>(std::move(war))),
        analysis_(std::move(analysis)),
        more_files_(std::move(more_files)) {}

  const std::string& folder() const { return folder_; }
  const scenario::Overlay& overlay() const { return overlay_; }
  const War& war() const { return *war_; }
  const std::optional<output::StartingAnalysis>& analysis() const { return analysis_; }
  std::string files() const { return war_->sha256 + more_files_; }
  /// Raises truel.InputError where the war cannot be compiled. Holds the interpreter's lock.
  const CompiledModel& model() const;

 private:
  std::string folder_;
  scenario::Overlay overlay_;
  std::shared_ptr<const War> war_;
  std::optional<output::StartingAnalysis> analysis_;
  std::string more_files_;
  mutable std::unique_ptr<CompiledModel> model_;
};

/// The provenance of work on this war that begins now.
output::Provenance provenance_of(const LoadedWar& war, const std::string& call, int threads);

void bind_war(nanobind::module_& m);

}  // namespace truel::python
