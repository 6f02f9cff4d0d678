// Reads a package that is in memory.
#pragma once

#include "truel/base/formats/mistakes.hpp"
#include "truel/scenario/formats/package_files.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::scenario {

/// `read` for a package in memory. mistakes: those of loading it.
Result<War> read_package(const PackageFiles& package, const Overlay& overlay, Mistakes mistakes = {},
                         Diagnostics* warnings = nullptr);

}  // namespace truel::scenario
