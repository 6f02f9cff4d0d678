// SHA-256 (FIPS 180-4).
#pragma once

#include <string>
#include <string_view>

namespace truel {

/// The digest of the bytes, 64 digits of small letters and numbers, as sha256sum writes it.
std::string sha256_hex(std::string_view bytes);

}  // namespace truel
