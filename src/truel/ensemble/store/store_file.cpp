#include "truel/ensemble/store/store_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace truel::ensemble {
namespace {

constexpr int kFirstOwnDescriptor = 3;

std::string reason_of(int error) {
  return std::generic_category().message(error);
}

int open_named(const std::filesystem::path& path) {
  return ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
}

int open_temporary() {
  std::error_code error;
  std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  std::string name = ((error ? std::filesystem::path("/tmp") : folder) / "truel-XXXXXX").string();
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) {
    ::unlink(name.c_str());
  }
  return descriptor;
}

/// Whether the name still leads to the file: who ends an ensemble removes its store.
bool is_there(const std::filesystem::path& path, int descriptor) {
  struct stat named {};
  struct stat open {};
  return ::stat(path.c_str(), &named) == 0 && ::fstat(descriptor, &open) == 0 && named.st_ino == open.st_ino &&
         named.st_dev == open.st_dev;
}

}  // namespace

Result<StoreFile> StoreFile::of(const std::filesystem::path& path, int descriptor) {
  int error = errno;
  if (descriptor >= 0 && descriptor < kFirstOwnDescriptor) {
    const int higher = ::fcntl(descriptor, F_DUPFD_CLOEXEC, kFirstOwnDescriptor);
    error = errno;
    ::close(descriptor);
    descriptor = higher;
  }
  if (descriptor < 0) {
    return Diagnostic{{path.empty() ? "temporary file" : path.string()},
                      "cannot be opened: " + reason_of(error),
                      "check the folder's rights and space"};
  }
  return StoreFile(path, descriptor);
}

Result<StoreFile> StoreFile::open_to_read(const std::filesystem::path& path) {
  return of(path, ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

Result<StoreFile> StoreFile::open(const std::filesystem::path& path) {
  auto file = of(path, path.empty() ? open_temporary() : open_named(path));
  if (!file) {
    return file;
  }
  const int descriptor = file->descriptor_;
  if (path.empty()) {
    return file;
  }
  while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return Diagnostic{{path.string()}, "another process is at work on it", "wait for it, or give another --out"};
    }
    if (errno != EINTR) {
      return Diagnostic{
          {path.string()}, "cannot be locked: " + reason_of(errno), "give an --out on a file system with locks"};
    }
  }
  if (!is_there(path, descriptor)) {
    return Diagnostic{{path.string()}, "another process has just ended its work on it", "look at its results"};
  }
  return file;
}

StoreFile::StoreFile(StoreFile&& other) noexcept : path_(std::move(other.path_)), descriptor_(other.descriptor_) {
  other.descriptor_ = -1;
}

StoreFile::~StoreFile() {
  close();
}

void StoreFile::close() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
    descriptor_ = -1;
  }
}

bool StoreFile::open_again() {
  if (descriptor_ < 0) {
    auto file = open_to_read(path_);
    if (file) {
      std::swap(descriptor_, file->descriptor_);
    }
  }
  return descriptor_ >= 0;
}

std::size_t StoreFile::read(std::uint64_t offset, char* to, std::size_t count) const {
  std::size_t done = 0;
  while (done < count) {
    const ssize_t got = ::pread(descriptor_, to + done, count - done, static_cast<off_t>(offset + done));
    if (got == 0 || (got < 0 && errno != EINTR)) {
      break;
    }
    done += got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  return done;
}

bool StoreFile::write(std::uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (put == 0 || (put < 0 && errno != EINTR)) {
      return false;
    }
    if (put > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(put));
      offset += static_cast<std::uint64_t>(put);
    }
  }
  return true;
}

bool StoreFile::truncate(std::uint64_t size) {
  return ::ftruncate(descriptor_, static_cast<off_t>(size)) == 0;
}

bool StoreFile::sync() {
  return ::fsync(descriptor_) == 0;
}

}  // namespace truel::ensemble
