#include "truel/ensemble/store/run_store.hpp"

#include <algorithm>
#include <cstring>

#include "truel/ensemble/store/run_record.hpp"

namespace truel::ensemble {
namespace {

constexpr std::string_view kMagic = "truelru6";
constexpr std::size_t kMostKeyBytes = std::size_t{1} << 20;
constexpr std::size_t kMostRecordBytes = std::size_t{1} << 30;

/// Bytes read from the file at once.
constexpr std::size_t kWindow = std::size_t{1} << 20;

std::string head_of(const std::string& key) {
  const auto length = static_cast<std::uint32_t>(key.size());
  return std::string(kMagic) + std::string(reinterpret_cast<const char*>(&length), sizeof length) + key;
}

}  // namespace

Result<RunStore> RunStore::open(const std::filesystem::path& path, const std::string& key) {
  auto file = StoreFile::open(path);
  if (!file) {
    return file.error();
  }
  return open(std::move(*file), key);
}

Result<RunStore> RunStore::open(StoreFile file, const std::string& key) {
  RunStore store(std::move(file));
  const std::string head = head_of(key);
  // A program killed while it began the file left a part of this head: nothing is lost.
  const std::string_view first = store.bytes_at(0, head.size());
  if (first.size() == head.size() || !head.starts_with(first)) {
    return store.go_on(head, key);
  }
  if (!store.file_.write(0, head) || !store.file_.truncate(head.size())) {
    throw StoreError(store.name() + ": cannot be written; check the space on the disk");
  }
  store.window_.clear();
  store.end_ = head.size();
  return store;
}

Result<RunStore> RunStore::go_on(const std::string& head, const std::string& key) {
  std::string old;
  std::uint32_t length = 0;
  const std::size_t fixed = kMagic.size() + sizeof length;
  if (const std::string_view start = bytes_at(0, fixed); start.size() == fixed && start.starts_with(kMagic)) {
    std::memcpy(&length, start.data() + kMagic.size(), sizeof length);
    old = bytes_at(fixed, std::min<std::size_t>(length, kMostKeyBytes));
  }
  if (old != key || length != key.size()) {
    return Diagnostic{{file_.path().string()},
                      "the runs kept here are of another question. Kept: " + old + ". Asked: " + key,
                      "resume with the same package and options, or give another --out"};
  }
  end_ = head.size();
  RecordHead record;
  for (std::uint64_t offset = end_;;) {
    const std::string_view first = bytes_at(offset, sizeof record);
    if (first.size() < sizeof record) {
      break;
    }
    std::memcpy(static_cast<void*>(&record), first.data(), sizeof record);
    if (record.is_whole() && record.bytes <= kMostRecordBytes &&
        record.is_of(bytes_at(offset + sizeof record, record.bytes))) {
      offsets_[record.number] = offset;
      offset += sizeof record + record.bytes;
      end_ = offset;
    } else {
      ++offset;  // what is no record is passed over, until one comes
    }
  }
  if (!file_.truncate(end_)) {
    throw StoreError(name() + ": its torn last record cannot be cut off; check the folder's rights");
  }
  return std::move(*this);
}

void RunRecords::add(const solver::Run& run) {
  starts_.emplace_back(run.number, bytes_.size());
  append_record(run, plain_, bytes_);
}

bool RunStore::append(const RunRecords& records) {
  if (!file_.write(end_, records.bytes_)) {
    return false;
  }
  for (const auto& [number, start] : records.starts_) {
    offsets_[number] = end_ + start;
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
  numbers.reserve(offsets_.size());
  for (const auto& [number, offset] : offsets_) {
    numbers.push_back(number);
  }
  return numbers;
}

std::string_view RunStore::bytes_at(std::uint64_t offset, std::size_t count) const {
  if (offset < window_at_ || offset + count > window_at_ + window_.size()) {
    window_at_ = offset;
    window_.resize(std::max(count, kWindow));
    window_.resize(file_.read(offset, window_.data(), window_.size()));
  }
  return std::string_view(window_).substr(offset - window_at_, count);
}

bool RunStore::try_read(std::uint32_t number, solver::Run& run) const {
  const std::uint64_t offset = offsets_.at(number);
  RecordHead head;
  const std::string_view first = bytes_at(offset, sizeof head);
  if (first.size() < sizeof head) {
    return false;
  }
  std::memcpy(static_cast<void*>(&head), first.data(), sizeof head);
  if (!head.is_whole() || head.number != number) {
    return false;
  }
  const std::string_view record = bytes_at(offset + sizeof head, head.bytes);
  return head.is_of(record) && parse_record(record, number, run);
}

void RunStore::read(std::uint32_t number, solver::Run& run) const {
  if (!try_read(number, run)) {
    throw StoreError(name() + ": realization " + std::to_string(number) +
                     " was changed on the disk after it was written; " +
                     (file_.path().empty() ? "run again" : "add --resume to run it again"));
  }
}

std::string RunStore::name() const {
  return file_.path().empty() ? "temporary file" : file_.path().string();
}

void RunStore::retain(const std::function<bool(const solver::Run&)>& keep) {
  solver::Run run;
  std::erase_if(offsets_, [&](const auto& entry) { return !try_read(entry.first, run) || !keep(run); });
}

void RunStore::retain_below(std::uint32_t end) {
  offsets_.erase(offsets_.lower_bound(end), offsets_.end());
}

}  // namespace truel::ensemble
