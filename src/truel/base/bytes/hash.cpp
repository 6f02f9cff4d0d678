#include "truel/base/bytes/hash.hpp"

#define XXH_INLINE_ALL  // no library to link
#include <xxhash.h>

namespace truel {

std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

}  // namespace truel
