// Realizations on disk, as they come: an append-only file, so that memory does not grow with the number of runs and a
// kill at any moment loses the runs in flight at most.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
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
  /// Under its own number, or under another one.
  void add(const solver::Run& run) { add(run, run.number); }
  void add(const solver::Run& run, std::uint32_t number);

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
  /// Opens an existing file of any key to read it alone; the file stays as it is. Errors: it cannot be opened; it is no
  /// store.
  static Result<RunStore> open_to_read(const std::filesystem::path& path);

  /// The key of a file; none if it is no store, or cannot be read.
  static std::optional<std::string> key_of(const std::filesystem::path& path);
  const std::string& key() const { return key_; }

  /// Takes in the realizations of another store that was opened to read: they are read from where they are, and take
  /// the place of those with the same numbers. For stores that were opened to read; one file is open at a time.
  void join(RunStore other);

  /// Appends realizations. Not thread-safe. False if the disk is full.
  [[nodiscard]] bool append(const RunRecords& records);
  [[nodiscard]] bool append(const solver::Run& run);
  /// Waits until all is on the disk. False if it cannot be.
  [[nodiscard]] bool sync() { return files_.front().sync(); }

  bool has(std::uint32_t number) const { return spots_.contains(number); }
  std::size_t size() const { return spots_.size(); }
  /// Numbers of the realizations kept, ascending.
  std::vector<std::uint32_t> numbers() const;

  /// Reads one realization back into `run`; fastest in the order in which they were appended. Not thread-safe. Throws
  /// StoreError unless every byte is as it was written.
  void read(std::uint32_t number, solver::Run& run) const;

  /// From here on only those for which `keep` says so count, among those that can be read; the file stays as it is.
  void retain(const std::function<bool(const solver::Run&)>& keep);
  /// The same for those below `end`, or from `first` on, without a look at any.
  void retain_below(std::uint32_t end);
  void retain_from(std::uint32_t first);

 private:
  /// Where a realization is.
  struct Spot {
    std::uint32_t file;  ///< of files_
    std::uint64_t offset;
  };

  explicit RunStore(StoreFile file) { files_.push_back(std::move(file)); }
  /// The key of the file; none if it has none that is whole.
  std::optional<std::string> read_key() const;
  /// Finds the realizations behind the head; end_ is then the end of the last.
  void find_records();
  /// `count` bytes of the file from `offset`, or as many as there are.
  std::string_view bytes_at(std::uint32_t file, std::uint64_t offset, std::size_t count) const;
  static std::string name(const StoreFile& file);
  bool try_read(const Spot& spot, std::uint32_t number, solver::Run& run) const;

  std::string key_;
  bool is_read_only_ = false;
  mutable std::deque<StoreFile> files_;  ///< more than one: all but that of the window are closed
  std::map<std::uint32_t, Spot> spots_;
  std::uint64_t end_ = 0;
  // A stretch of one file, so that realizations of small wars are not read one by one.
  mutable std::string window_;
  mutable std::uint64_t window_at_ = 0;
  mutable std::uint32_t window_file_ = 0;
};

}  // namespace truel::ensemble
