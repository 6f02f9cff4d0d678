// Realizations on disk, as they come: an append-only file, so that memory does not grow with the number of runs and a
// kill at any moment loses the runs in flight at most.
#pragma once

#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/solver/run.hpp"

namespace truel::ensemble {

/// Realizations in the form of the file, so that threads can make them side by side before one writes.
class RunRecords {
 public:
  void add(const solver::Run& run);

 private:
  friend class RunStore;
  std::string bytes_, plain_;
  std::vector<std::pair<std::uint32_t, long>> starts_;  ///< number, offset in bytes_
};

class RunStore {
 public:
  /// Opens the file, or starts it. An existing file must carry the same `key` (a text that names everything the results
  /// depend on); its whole records are kept, a torn last one is cut off. An empty path: a temporary file without name.
  /// Errors: the file cannot be opened; another key (the diagnostic says which part differs).
  static Result<RunStore> open(const std::filesystem::path& path, const std::string& key);

  RunStore(RunStore&&) noexcept;
  RunStore& operator=(RunStore&&) = delete;
  ~RunStore();

  /// Appends realizations. Not thread-safe. False if the disk is full.
  [[nodiscard]] bool append(const RunRecords& records);
  [[nodiscard]] bool append(const solver::Run& run);

  bool has(std::uint32_t number) const { return offsets_.contains(number); }
  std::size_t size() const { return offsets_.size(); }
  /// Numbers of the realizations kept, ascending.
  std::vector<std::uint32_t> numbers() const;

  /// Reads one realization back into `run`; fastest in the order in which they were appended. Not thread-safe.
  void read(std::uint32_t number, solver::Run& run) const;

 private:
  RunStore() = default;
  /// `count` bytes of the file from `offset`.
  const char* bytes_at(long offset, std::size_t count) const;
  std::FILE* file_ = nullptr;
  std::map<std::uint32_t, long> offsets_;
  long end_ = 0;
  // A stretch of the file, so that realizations of small wars are not read one by one.
  mutable std::string window_;
  mutable long window_at_ = 0;
};

}  // namespace truel::ensemble
