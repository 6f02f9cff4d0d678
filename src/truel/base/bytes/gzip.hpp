// Texts as gzip keeps them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "truel/base/result.hpp"

namespace truel {

/// The text, compressed at the least effort.
std::string gzip(const std::string& text);

/// The bytes of a file; of one that is no gzip, as they are. Errors: it cannot be opened or read to its end, or has
/// more than most_bytes.
Result<std::string> read_gzip(const std::filesystem::path& path, std::size_t most_bytes);

}  // namespace truel
