// What goes to standard error.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>

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

/// The same mistake in many rows of a file as one, with their number and the first of them.
Diagnostics gathered(const Diagnostics& diagnostics);

/// Prints one line a mistake, the same mistake of many rows once, and gives back the exit status.
int report(const Diagnostics& diagnostics, int status);

}  // namespace truel::cli
