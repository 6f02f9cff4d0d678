// What the pictures of the program have in common.
#pragma once

namespace truel::output {

inline constexpr const char* kBlue = "#0072b2";
inline constexpr const char* kInk = "#222222";

}  // namespace truel::output
