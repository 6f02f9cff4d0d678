#include "truel/record/observations/text_file.hpp"

#include "truel/base/bytes/gzip.hpp"

namespace truel::record {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30U;

/// Replaces what is no UTF-8, and drops the byte-order mark and carriage returns of other systems' line ends.
std::string cleaned(const std::string& bytes) {
  std::string text;
  text.reserve(bytes.size());
  const auto is_tail = [&](std::size_t i) {
    return i < bytes.size() && (static_cast<unsigned char>(bytes[i]) & 0xC0U) == 0x80U;
  };
  for (std::size_t i = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0; i < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    bool is_whole = length > 0;
    for (std::size_t k = 1; k < length; ++k) {
      is_whole = is_whole && is_tail(i + k);
    }
    if (!is_whole) {
      text += '?';
      ++i;
      continue;
    }
    text.append(bytes, i, length);
    i += length;
  }
  return text;
}

}  // namespace

Result<std::string> read_text(const std::filesystem::path& path) {
  const auto bytes = read_gzip(path, kMostBytes);
  return bytes ? Result<std::string>(cleaned(*bytes)) : bytes.error();
}

}  // namespace truel::record
