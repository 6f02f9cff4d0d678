// Files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "truel/base/result.hpp"

namespace truel::output {

/// A file under way: written to `part()`, a hidden name in the same folder, and given its own name by `commit`. Removed
/// again if it is not committed.
class NewFile {
 public:
  explicit NewFile(std::filesystem::path path);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();

  const std::filesystem::path& part() const { return part_; }
  std::optional<Diagnostic> commit();

 private:
  std::filesystem::path path_, part_;
  bool is_committed_ = false;
};

/// Writes all of `bytes`, or says why not.
std::optional<Diagnostic> write_file(const std::filesystem::path& path, std::string_view bytes);

/// "cannot be written: REASON" for the last error of the system.
Diagnostic cannot_write(const std::filesystem::path& path, const std::string& reason);

}  // namespace truel::output
