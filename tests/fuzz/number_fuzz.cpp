// Any bytes as a number: one that is accepted is sound, and is written as it is read.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "truel/model/distributions/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = truel::parse_number(text);
  if (!read) {
    TRUEL_CHECK(read.error().size() == 1 && !read.error()[0].hint.empty());
    return 0;
  }
  TRUEL_CHECK(fault(*read).empty());
  const auto again = truel::parse_number(to_string(*read));
  TRUEL_CHECK(again.has_value());
  TRUEL_CHECK(again->kind == read->kind && again->a == read->a && again->b == read->b && again->c == read->c);
  return 0;
}
