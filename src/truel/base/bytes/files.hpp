// Files that are read whole.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace truel {

/// The bytes of a regular file, or of what a link to one names; nothing where there is none, or it cannot be read: a
/// folder and a pipe have no end that a reader may wait for.
std::optional<std::string> bytes_of_file(const std::filesystem::path& path);

}  // namespace truel
