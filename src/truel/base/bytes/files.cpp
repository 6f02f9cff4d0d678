#include "truel/base/bytes/files.hpp"

#include <fstream>
#include <iterator>
#include <system_error>

namespace truel {

std::optional<std::string> bytes_of_file(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return std::nullopt;
  }
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return in ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace truel
