// The basic model, which is no account, by the name that stands where one is asked for or told.
#pragma once

#include <string>

namespace truel {

inline constexpr const char* kBase = "base";

/// An account's id; of the basic model, whose id is empty, kBase.
inline std::string account_name(const std::string& id) {
  return id.empty() ? kBase : id;
}

}  // namespace truel
