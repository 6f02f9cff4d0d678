// The file under a store of realizations, where there are no files: bytes in memory, under a number as a descriptor is.
#include "truel/ensemble/store/store_file.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace truel::ensemble {
namespace {

std::map<int, std::string>& files() {
  static std::map<int, std::string> all;
  return all;
}

}  // namespace

Result<StoreFile> StoreFile::of(const std::filesystem::path& path, int descriptor) {
  return StoreFile(path, descriptor);
}

Result<StoreFile> StoreFile::open_to_read(const std::filesystem::path& path) {
  return Diagnostic{{path.string()}, "cannot be opened: there are no files here", ""};
}

Result<StoreFile> StoreFile::open(const std::filesystem::path& path) {
  if (!path.empty()) {
    return open_to_read(path);
  }
  const int descriptor = files().empty() ? 0 : files().rbegin()->first + 1;
  files()[descriptor];
  return of(path, descriptor);
}

StoreFile::StoreFile(StoreFile&& other) noexcept : path_(std::move(other.path_)), descriptor_(other.descriptor_) {
  other.descriptor_ = -1;
}

StoreFile::~StoreFile() {
  close();
}

void StoreFile::close() {
  files().erase(descriptor_);
  descriptor_ = -1;
}

bool StoreFile::open_again() {
  return descriptor_ >= 0;
}

std::size_t StoreFile::read(std::uint64_t offset, char* to, std::size_t count) const {
  const std::string& bytes = files().at(descriptor_);
  return offset < bytes.size() ? bytes.copy(to, count, offset) : 0;
}

bool StoreFile::write(std::uint64_t offset, std::string_view bytes) {
  std::string& all = files().at(descriptor_);
  all.resize(std::max<std::size_t>(all.size(), offset + bytes.size()));
  bytes.copy(all.data() + offset, bytes.size());
  return true;
}

bool StoreFile::truncate(std::uint64_t size) {
  files().at(descriptor_).resize(size);
  return true;
}

bool StoreFile::sync() {
  return true;
}

}  // namespace truel::ensemble
