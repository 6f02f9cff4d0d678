// What a user lays over a package.
#pragma once

#include <string>
#include <vector>

#include "truel/scenario/reading/context.hpp"

namespace truel::scenario {

/// The accounts that the package has files for, whether or not they could be read.
std::vector<std::string> account_ids(const Context& in);

void apply_overlay(Context& in);

}  // namespace truel::scenario
