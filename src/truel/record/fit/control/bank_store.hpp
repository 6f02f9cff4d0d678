// The file under a bank of runs: numbered records of bytes, appended as they are done.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "truel/base/result.hpp"
#include "truel/ensemble/store/store_file.hpp"

namespace truel::record::fit {

/// All records are in memory as well. One process at a time has the file.
class BankStore {
 public:
  /// Opens the file, or starts it (an empty path: a temporary one). key: a text that says what the records depend on.
  /// A torn last record, and whatever follows a damaged one, is cut off: it is computed again. Errors: it cannot be
  /// opened, locked or written; its records are of another key.
  static Result<BankStore> open(const std::filesystem::path& path, const std::string& key);

  bool has(std::uint32_t number) const { return records_.contains(number); }
  std::size_t size() const { return records_.size(); }
  /// The record must be there.
  std::string_view get(std::uint32_t number) const { return records_.at(number); }
  /// False: the disk is full. The record is then not kept.
  [[nodiscard]] bool append(std::uint32_t number, std::string record);

 private:
  explicit BankStore(ensemble::StoreFile file) : file_(std::move(file)) {}

  ensemble::StoreFile file_;
  std::uint64_t end_ = 0;
  std::map<std::uint32_t, std::string> records_;
};

}  // namespace truel::record::fit
