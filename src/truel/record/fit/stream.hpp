// The random streams of fits, apart from those of the engine's laws.
#pragma once

#include "truel/base/random.hpp"

namespace truel::record::fit {

/// Beyond every purpose that a realization has: a fit never moves the chance of the runs that it asks for.
inline constexpr auto kFitting = static_cast<Purpose>(64);

}  // namespace truel::record::fit
