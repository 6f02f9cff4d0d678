// Mistakes of the user's input, on standard error.
#pragma once

#include <fmt/format.h>

#include "truel/base/result.hpp"

namespace truel::cli {

/// Prints one line a mistake and gives back the exit status.
inline int report(const Diagnostics& diagnostics, int status) {
  for (const Diagnostic& diagnostic : diagnostics) {
    fmt::print(stderr, "{}\n", to_string(diagnostic));
  }
  if (diagnostics.size() > 1) {
    fmt::print(stderr, "{} mistakes\n", diagnostics.size());
  }
  return status;
}

}  // namespace truel::cli
