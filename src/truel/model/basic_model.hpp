// Names of models: of the basic one, which is no account, where an account is asked for or told, and of ours.
#pragma once

#include <string>
#include <string_view>

namespace truel {

inline constexpr const char* kBase = "base";

/// Our own model, where scores name models.
inline constexpr std::string_view kTruel = "truel";

/// An account's id; of the basic model, whose id is empty, kBase.
inline std::string account_name(const std::string& id) {
  return id.empty() ? kBase : id;
}

}  // namespace truel
