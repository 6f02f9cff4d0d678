// Warnings of a package, on standard error.
#pragma once

#include <cstddef>

#include "truel/base/result.hpp"

namespace truel::cli {

/// Prints one line a warning, at most so many, and how many more there are.
void warn(const Diagnostics& warnings, std::size_t most);

}  // namespace truel::cli
