#include "truel/ensemble/store/run_store.hpp"

#include <algorithm>
#include <cstring>

#include "truel/base/bytes/hash.hpp"
#include "truel/ensemble/store/run_record.hpp"

namespace truel::ensemble {
namespace {

constexpr std::string_view kMagic = "truelru7";
constexpr std::size_t kMostKeyBytes = std::size_t{1} << 20;
constexpr std::size_t kMostRecordBytes = std::size_t{1} << 30;

/// Bytes read from the file at once.
constexpr std::size_t kWindow = std::size_t{1} << 20;

/// What stands between the magic and the key: a key that was changed is none.
struct KeyHead {
  std::uint64_t hash = 0, length = 0;
};

std::string head_of(const std::string& key) {
  const KeyHead head{hash_of(key), key.size()};
  return std::string(kMagic) + std::string(reinterpret_cast<const char*>(&head), sizeof head) + key;
}

}  // namespace

Result<RunStore> RunStore::open(const std::filesystem::path& path, const std::string& key) {
  TRUEL_TRY(auto file, StoreFile::open(path));
  return open(std::move(file), key);
}

Result<RunStore> RunStore::open(StoreFile file, const std::string& key) {
  RunStore store(std::move(file));
  StoreFile& own = store.files_.front();
  store.key_ = key;
  const std::string head = head_of(key);
  // A program killed while it began the file left a part of this head: nothing is lost.
  const std::string_view first = store.bytes_at(0, 0, head.size());
  if (first.size() < head.size() && head.starts_with(first)) {
    if (!own.write(0, head) || !own.truncate(head.size())) {
      throw StoreError(name(own) + ": cannot be written; check the space on the disk");
    }
    store.window_.clear();
    store.end_ = head.size();
    return store;
  }
  const std::optional<std::string> old = store.read_key();
  if (!old) {
    return Diagnostic{{own.path().string()},
                      "was begun by another version of truel, or its beginning was changed on the disk",
                      "remove it, and what it held is run again, or give another --out"};
  }
  if (*old != key) {
    return Diagnostic{{own.path().string()},
                      "the runs kept here are of another question. Kept: " + *old + ". Asked: " + key,
                      "resume with the same package and options, or give another --out"};
  }
  store.find_records();
  if (!own.truncate(store.end_)) {
    throw StoreError(name(own) + ": its torn last record cannot be cut off; check the folder's rights");
  }
  return store;
}

Result<RunStore> RunStore::open_to_read(const std::filesystem::path& path) {
  TRUEL_TRY(auto file, StoreFile::open_to_read(path));
  RunStore store(std::move(file));
  store.is_read_only_ = true;
  auto key = store.read_key();
  if (!key) {
    return Diagnostic{{path.string()}, "holds no realizations of truel", "name a file that truel wrote"};
  }
  store.key_ = std::move(*key);
  store.find_records();
  return store;
}

std::optional<std::string> RunStore::key_of(const std::filesystem::path& path) {
  auto file = StoreFile::open_to_read(path);
  return file ? RunStore(std::move(*file)).read_key() : std::nullopt;
}

std::optional<std::string> RunStore::read_key() const {
  KeyHead head;
  const std::size_t fixed = kMagic.size() + sizeof head;
  const std::string_view start = bytes_at(0, 0, fixed);
  if (start.size() < fixed || !start.starts_with(kMagic)) {
    return std::nullopt;
  }
  std::memcpy(static_cast<void*>(&head), start.data() + kMagic.size(), sizeof head);
  const std::string_view key = bytes_at(0, fixed, std::min<std::size_t>(head.length, kMostKeyBytes));
  return key.size() == head.length && hash_of(key) == head.hash ? std::optional<std::string>(key) : std::nullopt;
}

void RunStore::find_records() {
  end_ = head_of(key_).size();
  RecordHead record;
  for (std::uint64_t offset = end_;;) {
    const std::string_view first = bytes_at(0, offset, sizeof record);
    if (first.size() < sizeof record) {
      break;
    }
    std::memcpy(static_cast<void*>(&record), first.data(), sizeof record);
    if (record.is_whole() && record.bytes <= kMostRecordBytes &&
        record.is_of(bytes_at(0, offset + sizeof record, record.bytes))) {
      spots_[record.number] = {0, offset};
      offset += sizeof record + record.bytes;
      end_ = offset;
    } else {
      ++offset;  // what is no record is passed over, until one comes
    }
  }
}

void RunStore::join(RunStore other) {
  TRUEL_CHECK(is_read_only_ && other.is_read_only_);
  const auto first = static_cast<std::uint32_t>(files_.size());
  for (StoreFile& file : other.files_) {
    file.close();
    files_.push_back(std::move(file));
  }
  for (const auto& [number, spot] : other.spots_) {
    spots_[number] = {first + spot.file, spot.offset};
  }
}

void RunRecords::add(const solver::Run& run, std::uint32_t number) {
  starts_.emplace_back(number, bytes_.size());
  append_record(run, number, plain_, bytes_);
}

bool RunStore::append(const RunRecords& records) {
  if (!files_.front().write(end_, records.bytes_)) {
    return false;
  }
  for (const auto& [number, start] : records.starts_) {
    spots_.insert_or_assign(spots_.end(), number, Spot{0, end_ + start});  // most come in order
  }
  end_ += records.bytes_.size();
  return true;
}

bool RunStore::append(const solver::Run& run) {
  RunRecords records;
  records.add(run);
  return append(records);
}

std::vector<std::uint32_t> RunStore::numbers() const {
  std::vector<std::uint32_t> numbers;
  numbers.reserve(spots_.size());
  for (const auto& [number, spot] : spots_) {
    numbers.push_back(number);
  }
  return numbers;
}

std::string_view RunStore::bytes_at(std::uint32_t file, std::uint64_t offset, std::size_t count) const {
  if (file != window_file_) {
    files_[window_file_].close();
    window_.clear();
    window_file_ = file;
  }
  if (offset < window_at_ || offset + count > window_at_ + window_.size()) {
    window_at_ = offset;
    window_.resize(std::max(count, kWindow));
    window_.resize(files_[file].open_again() ? files_[file].read(offset, window_.data(), window_.size()) : 0);
  }
  return std::string_view(window_).substr(offset - window_at_, count);
}

bool RunStore::try_read(const Spot& spot, std::uint32_t number, solver::Run& run) const {
  RecordHead head;
  const std::string_view first = bytes_at(spot.file, spot.offset, sizeof head);
  if (first.size() < sizeof head) {
    return false;
  }
  std::memcpy(static_cast<void*>(&head), first.data(), sizeof head);
  if (!head.is_whole() || head.number != number) {
    return false;
  }
  const std::string_view record = bytes_at(spot.file, spot.offset + sizeof head, head.bytes);
  return head.is_of(record) && parse_record(record, number, run);
}

void RunStore::read(std::uint32_t number, solver::Run& run) const {
  const Spot spot = spots_.at(number);
  if (!try_read(spot, number, run)) {
    const StoreFile& file = files_[spot.file];
    throw StoreError(name(file) + ": realization " + std::to_string(number) +
                     " was changed on the disk after it was written; " +
                     (is_read_only_         ? "make the file again with the command that made it"
                      : file.path().empty() ? "run again"
                                            : "add --resume to run it again"));
  }
}

std::string RunStore::name(const StoreFile& file) {
  return file.path().empty() ? "temporary file" : file.path().string();
}

void RunStore::retain(const std::function<bool(const solver::Run&)>& keep) {
  solver::Run run;
  std::erase_if(spots_, [&](const auto& entry) { return !try_read(entry.second, entry.first, run) || !keep(run); });
}

void RunStore::retain_below(std::uint32_t end) {
  spots_.erase(spots_.lower_bound(end), spots_.end());
}

void RunStore::retain_from(std::uint32_t first) {
  spots_.erase(spots_.begin(), spots_.lower_bound(first));
}

}  // namespace truel::ensemble
