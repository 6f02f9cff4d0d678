// What a user lays over a package.
#pragma once

#include "truel/scenario/reading/context.hpp"

namespace truel::scenario {

void apply_overlay(Context& in);

}  // namespace truel::scenario
