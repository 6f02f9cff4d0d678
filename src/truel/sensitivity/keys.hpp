// Keys of the random numbers of a sensitivity study: steps of the purpose `design`, of which step 0 is that of plain
// ensembles.
#pragma once

#include <cstdint>

namespace truel::sensitivity {

/// The two points of a block keep the steps 1 and 2.
inline constexpr std::uint32_t kPointStep = 1, kDummyStep = 3, kAccountStep = 5, kBootstrapStep = 7;

}  // namespace truel::sensitivity
