// Files of observations: plain or compressed.
#pragma once

#include <filesystem>
#include <string>

#include "truel/base/result.hpp"

namespace truel::record {

/// The whole text of a file; one that gzip made is unpacked, whatever its name. Bytes that are no UTF-8 become '?':
/// data sets of many years mix encodings, and no name may stop the reading. Errors: it cannot be read, is damaged, or
/// is larger than 1 GiB unpacked.
Result<std::string> read_text(const std::filesystem::path& path);

}  // namespace truel::record
