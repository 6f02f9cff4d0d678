// What laws declare that they keep in State::of_laws (laws/law.hpp).
#pragma once

#include <span>
#include <string_view>

namespace truel {

/// What a law keeps of every place, of every actor or of every actor at every place until it changes it.
struct LawStateInfo {
  enum class Of { place, actor, place_and_actor };
  std::string_view name;
  Of of;
  double first;  ///< value when a realization begins
  std::string_view meaning;
};

/// Of all laws. Defined by the list of laws (laws/laws.cpp).
std::span<const LawStateInfo> law_states();

}  // namespace truel
