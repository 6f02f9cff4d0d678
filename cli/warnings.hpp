// Warnings of a package, on standard error.
#pragma once

#include <cstddef>

#include "session.hpp"

namespace truel::cli {

/// `load`, which also fills `warnings`: what is no mistake and can hardly be meant.
Result<CompiledModel> load(const std::filesystem::path& package, const std::vector<std::string>& accounts,
                           const std::vector<std::string>& settings, const std::string& from, const std::string& until,
                           Diagnostics& warnings);

/// Prints one line a warning, at most so many, and how many more there are.
void warn(const Diagnostics& warnings, std::size_t most);

}  // namespace truel::cli
