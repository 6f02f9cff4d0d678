// Packages in one text: "=== NAME" on a line of its own begins a file.
#pragma once

#include <string>
#include <string_view>

#include "truel/scenario/formats/package_files.hpp"

namespace truel::scenario {

/// The files of a text, sorted by name; of two with the same name the first counts.
PackageFiles split_package(std::string_view text);

/// Reads the package with every account laid over it, and ends the program if the war that comes out is not sound.
void read_and_check(const PackageFiles& package);

}  // namespace truel::scenario
