#include "truel/output/files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <new>
#include <system_error>

namespace truel::output {
namespace {

/// What the system says went wrong with a file; its folder has no part in a want of memory.
Diagnostic failure_of(const std::filesystem::path& path, int error) {
  if (error == ENOMEM) {
    throw std::bad_alloc();
  }
  return cannot_write(path, std::generic_category().message(error));
}

}  // namespace

NewFile::NewFile(std::filesystem::path path) : path_(std::move(path)) {
  part_ = path_.parent_path() / fmt::format(".{}.part", path_.filename().string());
}

NewFile::~NewFile() {
  if (!is_committed_) {
    std::error_code ignored;  // nothing can be done about a left-over that the next run writes over
    std::filesystem::remove(part_, ignored);
  }
}

std::optional<Diagnostic> NewFile::commit() {
  std::error_code error;
  std::filesystem::rename(part_, path_, error);
  if (error) {
    return cannot_write(path_, error.message());
  }
  is_committed_ = true;
  return std::nullopt;
}

Diagnostic cannot_write(const std::filesystem::path& path, const std::string& reason) {
  return {{path.string()}, "cannot be written: " + reason, "check the folder's rights and the space on the disk"};
}

std::optional<Diagnostic> write_file(const std::filesystem::path& path, std::string_view bytes) {
  NewFile file(path);
  std::FILE* stream = std::fopen(file.part().c_str(), "wb");
  if (stream == nullptr) {
    return failure_of(path, errno);
  }
  errno = 0;
  bool is_whole = std::fwrite(bytes.data(), 1, bytes.size(), stream) == bytes.size() && std::fflush(stream) == 0;
  int reason = errno;
  if (std::fclose(stream) != 0) {  // some file systems tell of a full disk only now
    reason = is_whole ? errno : reason;
    is_whole = false;
  }
  return is_whole ? file.commit() : failure_of(path, reason);
}

}  // namespace truel::output
