// Values or diagnostics. Names follow std::expected (C++23).
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace truel {

/// A place in a text file. line, column and cell count from 1; 0 means "not applicable".
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
  int cell = 0;  ///< of a table's row
};

/// One mistake of the user's input: where it is, what it is, how to correct it.
struct Diagnostic {
  Location where;
  std::string what;
  std::string hint;
  bool hides_more = false;  ///< whether it keeps the rest of the file from being read
  std::string account{};    ///< id of the one that a warning is about; "": it is about the package
};

/// "file:line:column: what; how to correct it". Parts that are not known are left out.
std::string to_string(const Diagnostic& diagnostic);

using Diagnostics = std::vector<Diagnostic>;

/// A value, or the reasons why there is none.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}                        // NOLINT(google-explicit-constructor)
  Result(Diagnostics diagnostics) : content_(std::move(diagnostics)) {}  // NOLINT(google-explicit-constructor)
  Result(Diagnostic diagnostic)
      : content_(Diagnostics{std::move(diagnostic)}) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const { return std::holds_alternative<T>(content_); }
  explicit operator bool() const { return has_value(); }
  T& value() { return std::get<T>(content_); }
  const T& value() const { return std::get<T>(content_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Diagnostics& error() const { return std::get<Diagnostics>(content_); }
  /// Adds the reasons, if there is no value, to others.
  void add_error_to(Diagnostics& faults) const {
    if (!has_value()) {
      faults.insert(faults.end(), error().begin(), error().end());
    }
  }

 private:
  std::variant<T, Diagnostics> content_;
};

}  // namespace truel

#define TRUEL_JOINED(a, b) a##b
#define TRUEL_TRY_NAMED(result, declaration, ...) \
  auto result = __VA_ARGS__;                      \
  if (!(result)) {                                \
    return (result).error();                      \
  }                                               \
  declaration = std::move(*(result))  // NOLINT(bugprone-macro-parentheses): it declares
#define TRUEL_TRY_ON_LINE(line, ...) TRUEL_TRY_NAMED(TRUEL_JOINED(result_of_line_, line), __VA_ARGS__)

/// TRUEL_TRY(const auto war, read(folder)); declares the value of a Result, or returns the reasons why there is none.
#define TRUEL_TRY(...) TRUEL_TRY_ON_LINE(__LINE__, __VA_ARGS__)

/// Ends the program on a broken invariant of our own (never on user input).
#define TRUEL_CHECK(condition)                                                               \
  do {                                                                                       \
    if (!(condition)) {                                                                      \
      std::fprintf(stderr, "%s:%d: broken invariant: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                          \
    }                                                                                        \
  } while (false)
