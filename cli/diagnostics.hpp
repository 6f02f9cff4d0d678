// What goes to standard error.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/result.hpp"

namespace truel::cli {

/// Texts as a message shows them, all else as it is.
template <class T>
decltype(auto) shown(const T& value) {
  if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return escaped(value);
  } else {
    return (value);
  }
}

/// Sends what was printed to standard output on its way; gives 0, or of the first failure of all the error.
int flush_output();

/// A remark, after all that was printed before it, in which texts of the user can neither move the cursor nor turn the
/// line round. Where standard error cannot be written it is lost, which is no reason for anything else to fail.
template <class... T>
void say(fmt::format_string<T...> format, T&&... values) {
  const std::string text = fmt::vformat(format, fmt::make_format_args(shown(values)...));
  flush_output();
  std::fwrite(text.data(), 1, text.size(), stderr);
}

/// A message, and how many of the diagnostics it tells.
struct CountedDiagnostic {
  Diagnostic one;
  std::size_t count = 0;
};

/// One message for a mistake that many rows of a file have in the same column, whatever the wrong values: with the
/// number of rows, the first of them, and the first values. All else as it is. In the order in which each first occurs.
std::vector<CountedDiagnostic> gathered(const Diagnostics& diagnostics);

/// Prints one line a mistake, the same mistake of many rows once, and gives back the exit status.
int report(const Diagnostics& diagnostics, int status);

}  // namespace truel::cli
