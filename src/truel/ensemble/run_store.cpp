#include "truel/ensemble/run_store.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace truel::ensemble {
namespace {

constexpr char kMagic[8] = {'t', 'r', 'u', 'e', 'l', 'r', 'u', '4'};

struct RecordHead {
  std::uint32_t bytes;
  std::uint32_t number;
  std::uint64_t check;
};

/// FNV-1a of a record and its number.
std::uint64_t checksum(std::uint32_t number, std::string_view bytes) {
  std::uint64_t hash = (0xcbf29ce484222325 ^ number) * 0x100000001b3;
  for (const char c : bytes) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return hash;
}

template <class T>
void put(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(T));
}

template <class T>
void put(std::string& out, const std::vector<T>& values) {
  put(out, static_cast<std::uint32_t>(values.size()));
  out.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

class Reader {
 public:
  explicit Reader(const std::string& bytes) : bytes_(bytes) {}

  template <class T>
  void get(T& value) {
    TRUEL_CHECK(at_ + sizeof(T) <= bytes_.size());
    std::memcpy(&value, bytes_.data() + at_, sizeof(T));
    at_ += sizeof(T);
  }

  template <class T>
  void get(std::vector<T>& values) {
    std::uint32_t n = 0;
    get(n);
    TRUEL_CHECK(at_ + n * sizeof(T) <= bytes_.size());
    values.resize(n);
    std::copy_n(bytes_.data() + at_, n * sizeof(T), reinterpret_cast<char*>(values.data()));
    at_ += n * sizeof(T);
  }

 private:
  const std::string& bytes_;
  std::size_t at_ = 0;
};

// Most pairs of actors never meet: their losses over time are left out.
void put_sparse(std::string& out, const std::vector<float>& dyad_losses, std::size_t n_dyads) {
  const std::size_t n_times = n_dyads > 0 ? dyad_losses.size() / n_dyads : 0;
  std::vector<std::uint32_t> present;
  for (std::size_t d = 0; d < n_dyads; ++d) {
    if (n_times > 0 && dyad_losses[(d + 1) * n_times - 1] > 0) {
      present.push_back(static_cast<std::uint32_t>(d));
    }
  }
  put(out, static_cast<std::uint32_t>(n_times));
  put(out, present);
  for (const std::uint32_t d : present) {
    out.append(reinterpret_cast<const char*>(&dyad_losses[d * n_times]), n_times * sizeof(float));
  }
}

void serialise(const solver::Run& run, std::string& out) {
  put(out, run.status);
  put(out, run.fingerprint);
  put(out, run.civilian_harm);
  put(out, run.games);
  put(out, run.fighters);
  put(out, run.value_share);
  put(out, run.control);
  put(out, run.losses);
  put(out, run.effort);
  put(out, run.attacks);
  put(out, run.plans);
  put(out, run.outcome);
  put(out, run.support);
  put(out, run.draws);
  put(out, run.alignment);
  put(out, run.alignment_outcome);
  put(out, run.settlement_series);
  put(out, run.settlement);
  put_sparse(out, run.dyad_losses, run.losses.size());
}

// Most numbers of a realization are 0. A record holds the number of its words of 8 bytes, a bit for each that says
// whether it differs from 0, and those that do.
using Word = std::uint64_t;

void pack(const std::string& plain, std::string& out) {
  const auto words = static_cast<std::uint32_t>((plain.size() + sizeof(Word) - 1) / sizeof(Word));
  put(out, words);
  const std::size_t bits = out.size();
  out.append((words + 7) / 8, '\0');
  for (std::uint32_t k = 0; k < words; ++k) {
    Word word = 0;
    const std::size_t from = k * sizeof(Word);
    std::memcpy(&word, plain.data() + from, std::min(sizeof(Word), plain.size() - from));
    if (word != 0) {
      out[bits + k / 8] = static_cast<char>(static_cast<unsigned char>(out[bits + k / 8]) | 1U << k % 8);
      put(out, word);
    }
  }
}

std::string unpack(const char* bytes, std::size_t size) {
  std::uint32_t words = 0;
  TRUEL_CHECK(size >= sizeof words);
  std::memcpy(&words, bytes, sizeof words);
  const char* bits = bytes + sizeof words;
  const char* next = bits + (words + 7) / 8;
  const char* end = bytes + size;
  std::string plain(words * sizeof(Word), '\0');
  for (std::uint32_t k = 0; k < words; ++k) {
    if ((static_cast<unsigned char>(bits[k / 8]) >> k % 8 & 1U) != 0) {
      TRUEL_CHECK(next + sizeof(Word) <= end);
      std::memcpy(plain.data() + k * sizeof(Word), next, sizeof(Word));
      next += sizeof(Word);
    }
  }
  return plain;
}

/// Bytes read from the file at once.
constexpr std::size_t kWindow = std::size_t{1} << 20;

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
  bool exists = !path.empty() && std::filesystem::exists(path);
  store.file_ = path.empty() ? std::tmpfile() : std::fopen(path.c_str(), exists ? "r+b" : "w+b");
  if (store.file_ == nullptr) {
    return Diagnostic{{path.string()},
                      std::string("cannot be opened: ") + std::strerror(errno),
                      "check the folder's rights and space"};
  }
  if (exists) {
    // A program killed while it began the file left a part of this head: nothing is lost.
    std::string first(head.size(), '\0');
    first.resize(std::fread(first.data(), 1, first.size(), store.file_));
    std::rewind(store.file_);
    exists = first.size() == head.size() || !head.starts_with(first);
  }
  if (!exists) {
    if (std::fwrite(head.data(), 1, head.size(), store.file_) != head.size() || std::fflush(store.file_) != 0) {
      return Diagnostic{{path.string()}, "cannot be written", "check the space on the disk"};
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
  std::string bytes;
  while (std::fread(&record, sizeof record, 1, store.file_) == 1 && record.bytes < (1U << 30)) {
    bytes.resize(record.bytes);
    if (std::fread(bytes.data(), 1, record.bytes, store.file_) != record.bytes ||
        checksum(record.number, bytes) != record.check) {
      break;
    }
    store.offsets_[record.number] = store.end_;
    store.end_ += static_cast<long>(sizeof record + record.bytes);
  }
  if (ftruncate(fileno(store.file_), store.end_) != 0) {
    return Diagnostic{{path.string()}, "its torn last record cannot be cut off", "check the folder's rights"};
  }
  return store;
}

void RunRecords::add(const solver::Run& run) {
  plain_.clear();
  serialise(run, plain_);
  const std::size_t start = bytes_.size();
  bytes_.append(sizeof(RecordHead), '\0');
  pack(plain_, bytes_);
  const std::string_view record = std::string_view(bytes_).substr(start + sizeof(RecordHead));
  const RecordHead head{static_cast<std::uint32_t>(record.size()), run.number, checksum(run.number, record)};
  std::memcpy(bytes_.data() + start, &head, sizeof head);
  starts_.emplace_back(run.number, static_cast<long>(start));
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
    TRUEL_CHECK(std::fseek(file_, offset, SEEK_SET) == 0);
    window_.resize(std::fread(window_.data(), 1, window_.size(), file_));
    TRUEL_CHECK(count <= window_.size());
    return window_.data();
  }
  return window_.data() + from;
}

void RunStore::read(std::uint32_t number, solver::Run& run) const {
  const long offset = offsets_.at(number);
  RecordHead head;
  std::memcpy(&head, bytes_at(offset, sizeof head), sizeof head);
  const std::string bytes = unpack(bytes_at(offset + static_cast<long>(sizeof head), head.bytes), head.bytes);
  Reader reader(bytes);
  run.number = number;
  reader.get(run.status);
  reader.get(run.fingerprint);
  reader.get(run.civilian_harm);
  reader.get(run.games);
  reader.get(run.fighters);
  reader.get(run.value_share);
  reader.get(run.control);
  reader.get(run.losses);
  reader.get(run.effort);
  reader.get(run.attacks);
  reader.get(run.plans);
  reader.get(run.outcome);
  reader.get(run.support);
  reader.get(run.draws);
  reader.get(run.alignment);
  reader.get(run.alignment_outcome);
  reader.get(run.settlement_series);
  reader.get(run.settlement);
  std::uint32_t n_times = 0;
  std::vector<std::uint32_t> present;
  reader.get(n_times);
  reader.get(present);
  run.dyad_losses.assign(run.losses.size() * n_times, 0);
  for (const std::uint32_t d : present) {
    for (std::uint32_t t = 0; t < n_times; ++t) {
      reader.get(run.dyad_losses[std::size_t{d} * n_times + t]);
    }
  }
}

}  // namespace truel::ensemble
