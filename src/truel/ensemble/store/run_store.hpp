// Realizations on disk, as they come: an append-only file, so that memory does not grow with the number of runs and a
// kill at any moment loses the runs in flight at most.
#pragma once

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "truel/ensemble/store/store_file.hpp"
#include "truel/solver/run.hpp"

namespace truel::ensemble {

/// A realization on disk is no longer what was written: the disk or another program changed it, or it cannot be read.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Realizations in the form of the file, so that threads can make them side by side before one writes.
class RunRecords {
 public:
  void add(const solver::Run& run);

 private:
  friend class RunStore;
  std::string bytes_, plain_;
  std::vector<std::pair<std::uint32_t, std::size_t>> starts_;  ///< number, offset in bytes_
};

class RunStore {
 public:
  /// Opens the file, or starts it. An existing file must carry the same `key` (a text that names everything the results
  /// depend on); its whole records are kept, what is not one is passed over, a torn end is cut off. An empty path: a
  /// temporary file without name. Errors: those of StoreFile::open; another key (the diagnostic says which). Throws
  /// StoreError if it cannot be written.
  static Result<RunStore> open(const std::filesystem::path& path, const std::string& key);
  static Result<RunStore> open(StoreFile file, const std::string& key);

  /// Appends realizations. Not thread-safe. False if the disk is full.
  [[nodiscard]] bool append(const RunRecords& records);
  [[nodiscard]] bool append(const solver::Run& run);

  bool has(std::uint32_t number) const { return offsets_.contains(number); }
  std::size_t size() const { return offsets_.size(); }
  /// Numbers of the realizations kept, ascending.
  std::vector<std::uint32_t> numbers() const;

  /// Reads one realization back into `run`; fastest in the order in which they were appended. Not thread-safe. Throws
  /// StoreError unless every byte is as it was written.
  void read(std::uint32_t number, solver::Run& run) const;

  /// From here on only those for which `keep` says so count, among those that can be read; the file stays as it is.
  void retain(const std::function<bool(const solver::Run&)>& keep);
  /// The same for those below `end`, without a look at any.
  void retain_below(std::uint32_t end);

 private:
  explicit RunStore(StoreFile file) : file_(std::move(file)) {}
  Result<RunStore> go_on(const std::string& head, const std::string& key);
  /// `count` bytes of the file from `offset`, or as many as there are.
  std::string_view bytes_at(std::uint64_t offset, std::size_t count) const;
  std::string name() const;
  bool try_read(std::uint32_t number, solver::Run& run) const;

  StoreFile file_;
  std::map<std::uint32_t, std::uint64_t> offsets_;
  std::uint64_t end_ = 0;
  // A stretch of the file, so that realizations of small wars are not read one by one.
  mutable std::string window_;
  mutable std::uint64_t window_at_ = 0;
};

}  // namespace truel::ensemble
