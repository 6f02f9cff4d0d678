#include "truel/base/bytes/gzip.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <new>
#include <utility>

namespace truel {

std::string gzip(const std::string& text) {
  constexpr int kGzip = 16 + MAX_WBITS, kMemory = 8;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);  // the bound leaves room for all of it
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

Result<std::string> read_gzip(const std::filesystem::path& path, std::size_t most_bytes) {
  constexpr std::size_t kBlock = std::size_t{1} << 17U;
  const auto fault = [&](std::string what) { return Diagnostic{{path.string()}, std::move(what), "look at the file"}; };
  errno = 0;
  gzFile file = gzopen(path.c_str(), "rb");  // reads what is not compressed as it is
  if (file == nullptr) {
    if (errno == ENOMEM) {
      throw std::bad_alloc();
    }
    return fault("cannot be opened");
  }
  std::string bytes;
  std::array<char, kBlock> block{};
  int n = 0;
  while ((n = gzread(file, block.data(), block.size())) > 0 && bytes.size() <= most_bytes) {
    bytes.append(block.data(), static_cast<std::size_t>(n));
  }
  // A file cut short ends without an error of gzread; gzclose says so.
  const bool is_whole = gzclose(file) == Z_OK && n == 0;
  if (bytes.size() > most_bytes) {
    return fault(fmt::format("larger than {} MiB", most_bytes >> 20U));
  }
  if (!is_whole) {
    return fault("cannot be read to its end");
  }
  return bytes;
}

}  // namespace truel
