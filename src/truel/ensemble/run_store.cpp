#include "truel/ensemble/run_store.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include "truel/ensemble/run_record.hpp"

namespace truel::ensemble {
namespace {

constexpr char kMagic[8] = {'t', 'r', 'u', 'e', 'l', 'r', 'u', '5'};

/// Bytes read from the file at once.
constexpr std::size_t kWindow = std::size_t{1} << 20;

constexpr std::uint32_t kMostRecordBytes = 1U << 30;

template <class T>
void put(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(T));
}

/// The descriptors 0 to 2 belong to the standard streams, also where they are closed.
int away_from_standard_streams(int descriptor) {
  if (descriptor < 0 || descriptor > STDERR_FILENO) {
    return descriptor;
  }
  const int higher = ::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  const int error = errno;
  ::close(descriptor);
  errno = error;
  return higher;
}

int open_temporary() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  std::string name = ((error ? std::filesystem::path("/tmp") : folder) / "truel-XXXXXX").string();
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) {
    ::unlink(name.c_str());
  }
  return descriptor;
}

/// Locks the file until it is closed or the process is gone.
void lock(const std::filesystem::path& path, int descriptor) {
  while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      throw std::runtime_error(path.string() +
                               ": another process is at work on it; wait for it, or give another --out");
    }
    if (errno != EINTR) {
      throw std::runtime_error(path.string() + ": cannot be locked: " + std::strerror(errno));
    }
  }
  struct stat named {};
  struct stat open {};
  if (::stat(path.c_str(), &named) != 0 || ::fstat(descriptor, &open) != 0 || named.st_ino != open.st_ino) {
    throw std::runtime_error(path.string() + ": another process has just ended its work on it; look at its results");
  }
}

}  // namespace

RunStore::RunStore(RunStore&& other) noexcept
    : file_(other.file_), offsets_(std::move(other.offsets_)), end_(other.end_) {
  other.file_ = nullptr;
}

RunStore::~RunStore() {
  if (file_ != nullptr) {
    std::fclose(file_);
  }
}

Result<RunStore> RunStore::open(const std::filesystem::path& path, const std::string& key) {
  RunStore store;
  std::string head(kMagic, sizeof kMagic);
  put(head, static_cast<std::uint32_t>(key.size()));
  head += key;
  const int descriptor = away_from_standard_streams(
      path.empty() ? open_temporary() : ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  store.file_ = descriptor < 0 ? nullptr : ::fdopen(descriptor, "r+b");
  if (store.file_ == nullptr) {
    return Diagnostic{{path.string()},
                      std::string("cannot be opened: ") + std::strerror(errno),
                      "check the folder's rights and space"};
  }
  if (!path.empty()) {
    lock(path, descriptor);
  }
  bool exists = !path.empty();
  if (exists) {
    // A program killed while it began the file left a part of this head: nothing is lost.
    std::string first(head.size(), '\0');
    first.resize(std::fread(first.data(), 1, first.size(), store.file_));
    std::rewind(store.file_);
    exists = first.size() == head.size() || !head.starts_with(first);
  }
  if (!exists) {
    if (std::fwrite(head.data(), 1, head.size(), store.file_) != head.size() || std::fflush(store.file_) != 0) {
      throw std::runtime_error(path.string() + ": cannot be written; check the space on the disk");
    }
    store.end_ = static_cast<long>(head.size());
    return store;
  }
  char magic[sizeof kMagic];
  std::uint32_t length = 0;
  std::string old;
  if (std::fread(magic, 1, sizeof magic, store.file_) == sizeof magic &&
      std::memcmp(magic, kMagic, sizeof magic) == 0 && std::fread(&length, sizeof length, 1, store.file_) == 1 &&
      length < (1U << 20)) {
    old.resize(length);
    old.resize(std::fread(old.data(), 1, length, store.file_));
  }
  if (old != key) {
    return Diagnostic{{path.string()},
                      "the runs kept here are of another question:\n  kept:  " + old + "\n  asked: " + key,
                      "resume with the same package and options, or give another --out"};
  }
  store.end_ = std::ftell(store.file_);
  RecordHead record;
  for (long offset = store.end_;;) {
    const char* first = store.bytes_at(offset, sizeof record);
    if (first == nullptr) {
      break;
    }
    std::memcpy(static_cast<void*>(&record), first, sizeof record);
    const char* bytes = record.is_whole() && record.bytes <= kMostRecordBytes
                            ? store.bytes_at(offset + static_cast<long>(sizeof record), record.bytes)
                            : nullptr;
    if (bytes != nullptr && record.is_of({bytes, record.bytes})) {
      store.offsets_[record.number] = offset;
      offset += static_cast<long>(sizeof record + record.bytes);
      store.end_ = offset;
    } else {
      ++offset;  // what is no record is passed over, until one comes
    }
  }
  if (ftruncate(fileno(store.file_), store.end_) != 0) {
    throw std::runtime_error(path.string() + ": its torn last record cannot be cut off; check the folder's rights");
  }
  return store;
}

void RunRecords::add(const solver::Run& run) {
  starts_.emplace_back(run.number, static_cast<long>(bytes_.size()));
  append_record(run, plain_, bytes_);
}

bool RunStore::append(const RunRecords& records) {
  if (std::fseek(file_, end_, SEEK_SET) != 0 ||
      std::fwrite(records.bytes_.data(), 1, records.bytes_.size(), file_) != records.bytes_.size() ||
      std::fflush(file_) != 0) {
    return false;
  }
  for (const auto& [number, start] : records.starts_) {
    offsets_[number] = end_ + start;
  }
  end_ += static_cast<long>(records.bytes_.size());
  return true;
}

bool RunStore::append(const solver::Run& run) {
  RunRecords records;
  records.add(run);
  return append(records);
}

std::vector<std::uint32_t> RunStore::numbers() const {
  std::vector<std::uint32_t> numbers;
  numbers.reserve(offsets_.size());
  for (const auto& [number, offset] : offsets_) {
    numbers.push_back(number);
  }
  return numbers;
}

const char* RunStore::bytes_at(long offset, std::size_t count) const {
  const auto from = static_cast<std::size_t>(offset - window_at_);
  if (offset < window_at_ || from + count > window_.size()) {
    window_at_ = offset;
    window_.resize(std::max(count, kWindow));
    const bool is_there = std::fseek(file_, offset, SEEK_SET) == 0;
    window_.resize(is_there ? std::fread(window_.data(), 1, window_.size(), file_) : 0);
    return count <= window_.size() ? window_.data() : nullptr;
  }
  return window_.data() + from;
}

void RunStore::read(std::uint32_t number, solver::Run& run) const {
  const long offset = offsets_.at(number);
  RecordHead head;
  const char* first = bytes_at(offset, sizeof head);
  const char* bytes = nullptr;
  if (first != nullptr) {
    std::memcpy(static_cast<void*>(&head), first, sizeof head);
    if (head.is_whole() && head.number == number) {
      bytes = bytes_at(offset + static_cast<long>(sizeof head), head.bytes);
    }
  }
  const std::string_view record = bytes == nullptr ? std::string_view() : std::string_view(bytes, head.bytes);
  if (!head.is_of(record) || !parse_record(record, number, run)) {
    throw std::runtime_error("the store of realizations: number " + std::to_string(number) +
                             " was changed on the disk after it was written; add --resume to run it again");
  }
}

}  // namespace truel::ensemble
