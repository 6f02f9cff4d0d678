#include "truel/base/bytes/utf8.hpp"

#include <fmt/format.h>

namespace truel {

char32_t next_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned lead = byte(0);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  // The second byte also keeps out overlong forms, surrogates and what lies beyond Unicode.
  const unsigned least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned greatest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  bool is_good = length == 1 || (length > 1 && byte(1) >= least && byte(1) <= greatest);
  char32_t c = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; is_good && i < length; ++i) {
    is_good = (byte(i) & 0xC0U) == 0x80U;
    c = (c << 6U) | (byte(i) & 0x3FU);
  }
  text.remove_prefix(is_good ? length : 1);
  return is_good ? c : kNoCharacter;
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

bool is_direction(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

namespace {

bool is_invisible(char32_t c) {
  // Unicode 15: white space, and what has the property Default_Ignorable_Code_Point and is used in texts.
  return is_control(c) || is_direction(c) || c == 0x20 || c == 0xA0 || c == 0xAD || c == 0x34F || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200D) || c == 0x202F || (c >= 0x205F && c <= 0x2064) || c == 0x2800 || c == 0x3000 ||
         c == 0x3164 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

}  // namespace

std::string escaped(std::string_view text) {
  constexpr char32_t kByteOrderMark = 0xFEFF;
  std::string out;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = next_character(text);
    if (c == kNoCharacter) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(before[0]));
    } else if (is_control(c) || is_direction(c) || c == kByteOrderMark) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += before.substr(0, before.size() - text.size());
    }
  }
  return out;
}

bool shows_nothing(std::string_view text) {
  while (!text.empty()) {
    if (!is_invisible(next_character(text))) {
      return false;
    }
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower;
}

}  // namespace truel
