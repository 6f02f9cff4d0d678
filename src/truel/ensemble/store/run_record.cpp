#include "truel/ensemble/store/run_record.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>

#include "truel/base/bytes/hash.hpp"
#include "truel/solver/results/run_parts.hpp"

namespace truel::ensemble {
namespace {

/// Bytes of what Writer::put writes.
template <class T>
std::size_t size_of(const T&) {
  return sizeof(T);
}
template <class T>
std::size_t size_of(const std::vector<T>& values) {
  return sizeof(std::uint32_t) + values.size() * sizeof(T);
}

/// Writes values one after the other where there is room.
class Writer {
 public:
  explicit Writer(char* to) : to_(to) {}

  char* end() const { return to_; }

  template <class T>
  void put(const T& value) {
    std::memcpy(to_, &value, sizeof(T));
    to_ += sizeof(T);
  }

  template <class T>
  void put(const std::vector<T>& values) {
    put(static_cast<std::uint32_t>(values.size()));
    put(std::span<const T>(values));
  }

  template <class T>
  void put(std::span<const T> values) {
    if (!values.empty()) {
      std::memcpy(to_, values.data(), values.size_bytes());
      to_ += values.size_bytes();
    }
  }

 private:
  char* to_;
};

/// Takes values from bytes; after the first that is not there, all are as they were.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool is_good() const { return is_good_; }
  void fail() { is_good_ = false; }

  template <class T>
  void get(T& value) {
    if (has(sizeof(T))) {
      std::memcpy(&value, bytes_.data(), sizeof(T));
      bytes_.remove_prefix(sizeof(T));
    }
  }

  template <class T>
  void get(std::vector<T>& values) {
    std::uint32_t n = 0;
    get(n);
    if (has(n * sizeof(T))) {
      values.resize(n);
      get(std::span(values));
    }
  }

  template <class T>
  void get(std::span<T> values) {
    if (has(values.size_bytes())) {
      std::copy_n(bytes_.data(), values.size_bytes(), reinterpret_cast<char*>(values.data()));
      bytes_.remove_prefix(values.size_bytes());
    }
  }

 private:
  bool has(std::size_t count) {
    is_good_ = is_good_ && count <= bytes_.size();
    return is_good_;
  }

  std::string_view bytes_;
  bool is_good_ = true;
};

/// More times than a war has days, and more losses than a machine has memory for with all the rest, so that nonsense
/// does not ask for all there is.
constexpr std::uint32_t kMostTimes = 1U << 22;
constexpr std::size_t kMostLosses = std::size_t{1} << 28;

void get_sparse(Reader& reader, std::vector<float>& dyad_losses, std::size_t n_dyads) {
  std::uint32_t n_times = 0;
  thread_local std::vector<std::uint32_t> present;
  present.clear();
  reader.get(n_times);
  reader.get(present);
  const bool is_beyond = std::any_of(present.begin(), present.end(), [&](std::uint32_t d) { return d >= n_dyads; });
  if (!reader.is_good() || is_beyond || n_times > kMostTimes || n_dyads * n_times > kMostLosses) {
    reader.fail();
    return;
  }
  dyad_losses.assign(n_dyads * n_times, 0);
  for (const std::uint32_t d : present) {
    reader.get(std::span(dyad_losses).subspan(std::size_t{d} * n_times, n_times));
  }
}

// Most numbers of a realization are 0. A record holds the number of its words of 8 bytes, a bit for each that says
// whether it differs from 0, and those that do.
using Word = std::uint64_t;

std::size_t words_of(std::size_t bytes) {
  return (bytes + sizeof(Word) - 1) / sizeof(Word);
}

/// plain: whole words.
void pack(std::string_view plain, std::string& out) {
  const auto words = static_cast<std::uint32_t>(words_of(plain.size()));
  out.append(reinterpret_cast<const char*>(&words), sizeof words);
  const std::size_t bits = out.size();
  const std::size_t n_bits = (words + 7) / 8;
  out.resize(bits + n_bits + plain.size());  // as many as can follow
  char* mask = out.data() + bits;
  char* next = mask + n_bits;
  const char* from = plain.data();
  for (std::uint32_t k = 0; k < words; k += 8) {
    std::array<Word, 8> eight{};
    const std::size_t count = std::min<std::size_t>(eight.size(), words - k);
    if (count == eight.size()) {  // of a length that the compiler knows
      std::memcpy(eight.data(), from, sizeof eight);
    } else {
      std::memcpy(eight.data(), from, count * sizeof(Word));
    }
    from += count * sizeof(Word);
    Word any = 0;
    for (const Word word : eight) {
      any |= word;
    }
    unsigned differ = 0;
    for (unsigned bit = 0; any != 0 && bit < count; ++bit) {
      std::memcpy(next, &eight[bit], sizeof(Word));  // the next one takes its place if it is 0
      differ |= (eight[bit] != 0 ? 1U : 0U) << bit;
      next += eight[bit] != 0 ? sizeof(Word) : 0;
    }
    *mask++ = static_cast<char>(differ);
  }
  out.resize(static_cast<std::size_t>(next - out.data()));
}

/// False if the bytes are not those of `pack`.
bool unpack(std::string_view record, std::string& plain) {
  std::uint32_t words = 0;
  if (record.size() < sizeof words) {
    return false;
  }
  std::memcpy(&words, record.data(), sizeof words);
  record.remove_prefix(sizeof words);
  const std::size_t n_bits = (std::size_t{words} + 7) / 8;
  if (record.size() < n_bits) {
    return false;
  }
  const std::string_view bits = record.substr(0, n_bits);
  record.remove_prefix(n_bits);
  plain.assign(words * sizeof(Word), '\0');
  for (std::size_t byte = 0; byte < n_bits; ++byte) {
    for (unsigned rest = static_cast<unsigned char>(bits[byte]); rest != 0; rest &= rest - 1) {
      const std::size_t k = byte * 8 + static_cast<std::size_t>(std::countr_zero(rest));
      if (k >= words || record.size() < sizeof(Word)) {
        return false;
      }
      std::memcpy(plain.data() + k * sizeof(Word), record.data(), sizeof(Word));
      record.remove_prefix(sizeof(Word));
    }
  }
  return record.empty();
}

std::uint64_t check_of(const RecordHead& head) {
  std::array<char, sizeof head.bytes + sizeof head.number + sizeof head.check> bytes;
  std::memcpy(bytes.data(), &head.bytes, sizeof head.bytes);
  std::memcpy(bytes.data() + sizeof head.bytes, &head.number, sizeof head.number);
  std::memcpy(bytes.data() + sizeof head.bytes + sizeof head.number, &head.check, sizeof head.check);
  return hash_of(std::string_view(bytes.data(), bytes.size()));
}

}  // namespace

RecordHead::RecordHead(std::uint32_t of, std::string_view record)
    : bytes(static_cast<std::uint32_t>(record.size())), number(of), check(hash_of(record)) {
  head_check = check_of(*this);
}

bool RecordHead::is_whole() const {
  return head_check == check_of(*this);
}

bool RecordHead::is_of(std::string_view record) const {
  return record.size() == bytes && check == hash_of(record);
}

void append_record(const solver::Run& run, std::uint32_t number, std::string& plain, std::string& out) {
  // Most pairs of actors never meet: their losses over time are left out.
  thread_local std::vector<std::uint32_t> present;
  present.clear();
  const std::size_t n_dyads = run.losses.size();
  const std::size_t n_times = n_dyads > 0 ? run.dyad_losses.size() / n_dyads : 0;
  for (std::size_t d = 0; d < n_dyads; ++d) {
    if (n_times > 0 && run.dyad_losses[(d + 1) * n_times - 1] > 0) {
      present.push_back(static_cast<std::uint32_t>(d));
    }
  }
  std::size_t bytes = sizeof(std::uint32_t) + size_of(present) + present.size() * n_times * sizeof(float);
  solver::for_each_part(run, [&](const auto& part) { bytes += size_of(part); });
  plain.resize(words_of(bytes) * sizeof(Word));
  Writer writer(plain.data());
  solver::for_each_part(run, [&](const auto& part) { writer.put(part); });
  writer.put(static_cast<std::uint32_t>(n_times));
  writer.put(present);
  for (const std::uint32_t d : present) {
    writer.put(std::span(run.dyad_losses).subspan(d * n_times, n_times));
  }
  std::fill(writer.end(), plain.data() + plain.size(), '\0');
  const std::size_t start = out.size();
  out.append(sizeof(RecordHead), '\0');
  pack(plain, out);
  const RecordHead head(number, std::string_view(out).substr(start + sizeof(RecordHead)));
  std::memcpy(out.data() + start, &head, sizeof head);
}

bool parse_record(std::string_view record, std::uint32_t number, solver::Run& run) {
  thread_local std::string plain;
  if (!unpack(record, plain)) {
    return false;
  }
  Reader reader(plain);
  run.number = number;
  solver::for_each_part(run, [&](auto& part) { reader.get(part); });
  get_sparse(reader, run.dyad_losses, run.losses.size());
  return reader.is_good();
}

bool has_shape_of(const solver::Run& run, const solver::Run& shape) {
  const auto n_actors = static_cast<int>(shape.outcome.size()) / n_actor_outcomes();
  const auto is_holder = [&](std::int8_t holder) { return holder >= kNone && holder < n_actors; };
  std::vector<std::size_t> sizes;
  solver::for_each_list(shape, [&](const auto& list) { sizes.push_back(list.size()); });
  bool is_same = run.dyad_losses.size() == shape.dyad_losses.size();
  auto size = sizes.begin();
  solver::for_each_list(run, [&](const auto& list) {
    const bool is_left_out = static_cast<const void*>(&list) == &run.draws && list.empty();
    is_same = is_same && (is_left_out || list.size() == *size);
    ++size;
  });
  return is_same && run.status >= solver::RunStatus::complete && run.status <= solver::RunStatus::diverged &&
         std::all_of(run.control.begin(), run.control.end(), is_holder);
}

}  // namespace truel::ensemble
