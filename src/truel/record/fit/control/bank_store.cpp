#include "truel/record/fit/control/bank_store.hpp"

#include "truel/ensemble/store/run_record.hpp"

namespace truel::record::fit {
namespace {

constexpr std::string_view kMagic = "truelba1";
constexpr std::size_t kMostRecordBytes = std::size_t{1} << 28;

std::string head_of(const std::string& key) {
  const auto length = static_cast<std::uint32_t>(key.size());
  return std::string(kMagic) + std::string(reinterpret_cast<const char*>(&length), sizeof length) + key;
}

}  // namespace

Result<BankStore> BankStore::open(const std::filesystem::path& path, const std::string& key) {
  TRUEL_TRY(auto file, ensemble::StoreFile::open(path));
  BankStore store(std::move(file));
  const std::string head = head_of(key);
  std::string first(head.size(), '\0');
  first.resize(store.file_.read(0, first.data(), first.size()));
  const Diagnostic cannot_write{{path.string()}, "cannot be written", "check the folder's rights and space"};
  // A program killed while it began the file left a part of this head: nothing is lost.
  if (first.size() < head.size() && head.starts_with(first)) {
    if (!store.file_.write(0, head) || !store.file_.truncate(head.size())) {
      return cannot_write;
    }
    store.end_ = head.size();
    return store;
  }
  if (first != head) {
    return Diagnostic{{path.string()},
                      "the runs kept here are of another question",
                      "resume with the same package, options and version of truel, or give another --out"};
  }
  store.end_ = head.size();
  ensemble::RecordHead record;
  while (store.file_.read(store.end_, reinterpret_cast<char*>(&record), sizeof record) == sizeof record &&
         record.is_whole() && record.bytes <= kMostRecordBytes) {
    std::string bytes(record.bytes, '\0');
    if (store.file_.read(store.end_ + sizeof record, bytes.data(), bytes.size()) != bytes.size() ||
        !record.is_of(bytes)) {
      break;
    }
    store.end_ += sizeof record + bytes.size();
    store.records_[record.number] = std::move(bytes);
  }
  if (!store.file_.truncate(store.end_)) {
    return cannot_write;
  }
  return store;
}

bool BankStore::append(std::uint32_t number, std::string record) {
  const ensemble::RecordHead head(number, record);
  std::string bytes(reinterpret_cast<const char*>(&head), sizeof head);
  bytes += record;
  if (!file_.write(end_, bytes)) {
    return false;
  }
  end_ += bytes.size();
  records_[number] = std::move(record);
  return true;
}

}  // namespace truel::record::fit
