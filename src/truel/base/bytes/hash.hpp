// Hashes of bytes: to find what a disk or another process changed, and to tell results apart. Not against forgers.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace truel {

/// XXH3 of 64 bits (Collet); the same on every machine. `seed`: the hash of what came before, to go on from there.
std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed = 0);

/// Of the bytes of an array.
template <class T>
std::uint64_t hash_of(std::span<const T> values, std::uint64_t seed = 0) {
  return hash_of(std::string_view(reinterpret_cast<const char*>(values.data()), values.size_bytes()), seed);
}

}  // namespace truel
