#include "truel/base/bytes/files.hpp"

#include <array>
#include <fstream>
#include <system_error>

namespace truel {

std::optional<std::string> bytes_of_file(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return std::nullopt;
  }
  std::ifstream in(path, std::ios::binary);
  std::string bytes;
  std::array<char, std::size_t{1} << 16U> block{};
  while (in) {  // a disk that fails makes `read` bad, where an iterator of the buffer would throw
    in.read(block.data(), block.size());
    bytes.append(block.data(), static_cast<std::size_t>(in.gcount()));
  }
  return in.eof() && !in.bad() ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace truel
