// Where in a list of the model something with an id stands.
#pragma once

#include <algorithm>
#include <string_view>

#include "truel/base/index.hpp"

namespace truel {

/// The index of what has this id, or kNone.
template <class Things>
int index_of(const Things& things, std::string_view id) {
  const auto found = std::find_if(things.begin(), things.end(), [&](const auto& thing) { return thing.id == id; });
  return found == things.end() ? kNone : static_cast<int>(found - things.begin());
}

}  // namespace truel
