// A package as a user asks for it: what is laid over it, read, checked and compiled.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/result.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/scenario/scenario.hpp"
#include "truel/solver/run.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::app {

/// What the user's own words for the two days are, for the mistakes in them: "--from" or "from_".
struct DayNames {
  const char* from;
  const char* until;
};

/// The date that a text gives; none if the text is empty or wrong, and then a fault is added that calls it `name`.
std::optional<Day> date_of(const std::string& text, const char* name, Diagnostics& faults);

/// What is laid over a package. from, until: dates or empty.
Result<scenario::Overlay> overlay_of(std::vector<std::string> accounts, std::vector<std::string> settings,
                                     const std::string& from, const std::string& until, const DayNames& names);

/// The package with this laid over it, and the rules by which it reads records, checked though nothing may ask for
/// them: a file that is cut short is told before anybody relies on it. `warnings` as of `load`.
Result<War> read(const std::filesystem::path& package, const scenario::Overlay& overlay, Diagnostics& warnings);
Result<War> read(const std::filesystem::path& package, const scenario::Overlay& overlay = {});

/// The package with this laid over it, compiled. `warnings`: what is no mistake and can hardly be meant.
Result<CompiledModel> load(const std::filesystem::path& package, const scenario::Overlay& overlay,
                           Diagnostics& warnings);
Result<CompiledModel> load(const std::filesystem::path& package, const scenario::Overlay& overlay);
/// The same of a package that was loaded with the same days, without reading it again.
Result<CompiledModel> load_with(const War& war, const scenario::Overlay& overlay);

/// The files of the package that this war was read from, as name and bytes, for a page that can be asked about it. None
/// where they are no longer those, or where the war has other days than they say.
std::vector<std::pair<std::string, std::string>> files_of(const War& war);

/// The actor with this id; else the mistake of `option`, which names it.
Result<ActorIndex> actor_of(const War& war, const std::string& id, const char* option);

/// The solver with this name; else the mistake.
Result<solver::SolverKind> solver_of(const std::string& name);

}  // namespace truel::app
