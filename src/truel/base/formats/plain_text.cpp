#include "truel/base/formats/plain_text.hpp"

#include <fmt/format.h>

#include "truel/base/bytes/utf8.hpp"

namespace truel {

std::optional<std::string_view> text_of(std::string_view text, const std::string& label, Mistakes& mistakes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  if (text.starts_with(kByteOrderMark)) {
    mistakes.add({label, 1, 1}, "a second byte order mark", "save the file as UTF-8 text, with one mark or none");
    return std::nullopt;
  }
  if (text.empty()) {
    mistakes.add({label, 1, 1}, "an empty file",
                 label.ends_with(".csv") ? "write a header line, or remove the file" : "fill it, or remove it");
    return std::nullopt;
  }
  int line = 1;
  int column = 1;
  for (std::string_view rest = text; !rest.empty();) {
    const auto byte = static_cast<unsigned char>(rest.front());
    const char32_t c = next_character(rest);
    if (c == kNoCharacter) {
      mistakes.add({label, line, column}, fmt::format("bytes that are not UTF-8 (0x{:02X})", byte),
                   "save the file as UTF-8");
      return std::nullopt;
    }
    // Text has none of these but tab and line ends, and libraries that read it may stumble over them.
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
      mistakes.add({label, line, column}, fmt::format("a control character (0x{:02X})", byte),
                   "remove it, or save the file as UTF-8 text");
      return std::nullopt;
    }
    if (c == '\n') {
      ++line;
      column = 0;
    }
    ++column;
  }
  return text;
}

}  // namespace truel
