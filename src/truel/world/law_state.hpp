// What laws keep of a realization (laws/law.hpp).
#pragma once

#include <any>
#include <span>
#include <string_view>
#include <vector>

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

struct LawStates {
  std::vector<std::vector<double>> lists;  ///< [law_states()][place], [actor] or [place][actor]
  std::vector<std::any> own;               ///< [law] of the type that it declares as Own; empty where it declares none
};

}  // namespace truel
