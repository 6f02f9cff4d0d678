// What is no mistake in a package and can hardly be meant.
#pragma once

#include "truel/scenario/scenario.hpp"

namespace truel::scenario {

/// `read`, which also fills `warnings`, in the order of files and lines; they stay empty where there are mistakes.
Result<War> read(const std::filesystem::path& package, const Overlay& overlay, Diagnostics& warnings);

/// Whether the number at this path is a switch, which has no value between 0 and 1.
bool is_switch(std::string_view path);

}  // namespace truel::scenario
