// Warnings of a package, on standard error.
#pragma once

#include <cstddef>

#include "truel/base/result.hpp"

namespace truel::cli {

/// Prints one line a warning, the same warning of many rows once, at most so many lines, and how many more warnings
/// there are.
void warn(const Diagnostics& warnings, std::size_t most);

}  // namespace truel::cli
