// The file under a store of realizations: locked, so that one process alone writes to it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "truel/base/result.hpp"

namespace truel::ensemble {

class StoreFile {
 public:
  /// Opens the file, or starts it, and locks it until this object, or the process, is gone. An empty path: a temporary
  /// file without name. Never takes the descriptors 0 to 2, which belong to the standard streams even where they are
  /// closed. Errors: it cannot be opened or locked; another process has it.
  static Result<StoreFile> open(const std::filesystem::path& path);
  /// Opens a file that is there to read it alone, without a lock. Errors: it cannot be opened.
  static Result<StoreFile> open_to_read(const std::filesystem::path& path);

  StoreFile(StoreFile&& other) noexcept;
  StoreFile& operator=(StoreFile&&) = delete;
  ~StoreFile();

  const std::filesystem::path& path() const { return path_; }

  /// A file that is only read can be closed meanwhile. open_again: false if it cannot be opened any more.
  void close();
  [[nodiscard]] bool open_again();

  /// Bytes from `offset` on, at most `count`; fewer at the end of the file or where it cannot be read.
  std::size_t read(std::uint64_t offset, char* to, std::size_t count) const;
  /// False if they cannot all be written.
  [[nodiscard]] bool write(std::uint64_t offset, std::string_view bytes);
  [[nodiscard]] bool truncate(std::uint64_t size);
  /// Waits until all that was written is on the disk. False if it cannot be.
  [[nodiscard]] bool sync();

 private:
  static Result<StoreFile> of(const std::filesystem::path& path, int descriptor);
  StoreFile(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

  std::filesystem::path path_;
  int descriptor_;
};

}  // namespace truel::ensemble
