// Days of a package held against each other.
#pragma once

#include "truel/scenario/reading/context.hpp"

namespace truel::scenario {

/// Sets the first and the last day of the war.
void check_dates(Context& in);

}  // namespace truel::scenario
