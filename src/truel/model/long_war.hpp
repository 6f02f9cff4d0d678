// Wars that are long enough to judge how fast men die in them.
#pragma once

#include "truel/model/war.hpp"

namespace truel {

/// A war on a map that lasts so long is none of a single battle.
inline bool is_long(const War& war) {
  constexpr int kLong = 270;
  return !war.links.empty() && war.end - war.start >= kLong;
}

}  // namespace truel
