// What goes to standard error.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <utility>

#include "truel/base/result.hpp"

namespace truel::cli {

/// A remark. Where standard error cannot be written it is lost, which is no reason for anything else to fail.
template <class... T>
void say(fmt::format_string<T...> format, T&&... values) {
  const std::string text = fmt::format(format, std::forward<T>(values)...);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

/// Prints one line a mistake and gives back the exit status.
inline int report(const Diagnostics& diagnostics, int status) {
  for (const Diagnostic& diagnostic : diagnostics) {
    say("{}\n", to_string(diagnostic));
  }
  if (diagnostics.size() > 1) {
    say("{} mistakes\n", diagnostics.size());
  }
  return status;
}

}  // namespace truel::cli
