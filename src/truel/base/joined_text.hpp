// Texts put together when the program is compiled.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace truel {

/// A name made of others: what is declared once need not be written again behind each of its prefixes.
template <std::size_t kMost = 64>
class JoinedText {
 public:
  constexpr JoinedText() = default;
  constexpr JoinedText(std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) {
      add(part);
    }
  }

  constexpr void add(std::string_view part) {
    for (const char c : part) {
      text_.at(size_++) = c;
    }
  }
  constexpr operator std::string_view() const { return {text_.data(), size_}; }  // NOLINT(google-explicit-constructor)

 private:
  std::array<char, kMost> text_{};
  std::size_t size_ = 0;
};

}  // namespace truel
