#include "truel/base/bytes/sha256.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "truel/base/result.hpp"

namespace truel {

// From OpenSSL's libcrypto: kept with care, on every Debian machine, and quick through the processor's own
// instructions.
std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  TRUEL_CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += fmt::format("{:02x}", digest.at(i));
  }
  return hex;
}

}  // namespace truel
