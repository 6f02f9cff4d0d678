// What is no mistake in a package and can hardly be meant.
#pragma once

#include "truel/scenario/reading/context.hpp"

namespace truel::scenario {

/// Of a package that was read without mistakes.
void warn(Context& in);

}  // namespace truel::scenario
