// Any bytes as a whole package.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "packages.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  truel::scenario::read_and_check(
      truel::scenario::split_package(std::string_view(reinterpret_cast<const char*>(data), size)));
  return 0;
}
