// Our indices are signed (kNone is -1), those of the standard library are not.
#pragma once

#include <cstddef>

namespace truel {

inline std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

}  // namespace truel
