// A large map whose places are all joined, for measuring how cost and memory grow with it.
#pragma once

#include "truel/model/war.hpp"

namespace truel::bench {

/// Two sides with a command each share a square of `side` times `side` towns; every town is joined by 5 km of road to
/// those beside it, so that all of them lie within a few hundred kilometres. Orders are given every week for four
/// weeks.
War grid(int side);

}  // namespace truel::bench
