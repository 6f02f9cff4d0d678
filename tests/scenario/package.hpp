// A small good package for the tests to spoil.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/temporary_folder.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::scenario {

/// Files by name. Writes itself into a fresh temporary folder to be read, and removes it again.
class TestPackage {
 public:
  /// A complete package without mistakes: three ground actors, one air actor, four places in a row.
  TestPackage();

  /// The bytes of a file, "" if there is none yet.
  std::string& operator[](const std::string& name) { return files_[name]; }
  void remove(const std::string& name) { files_.erase(name); }
  const std::map<std::string, std::string>& files() const { return files_; }
  /// Replaces the only occurrence of `from` in the file.
  TestPackage& edit(const std::string& name, std::string_view from, std::string_view to);
  /// Adds a line at the end of the file.
  TestPackage& add(const std::string& name, std::string_view line);

  Result<War> read(const Overlay& overlay = {}) const;
  Result<War> read(const Overlay& overlay, Diagnostics& warnings) const;

 private:
  std::map<std::string, std::string> files_;
};

/// An edit of the good package, and the mistakes that it makes.
struct FileEdit {
  std::string file;
  std::string_view from;  ///< its only occurrence is replaced
  std::string to;
};
/// Instead of a text to replace: the end of the file, which gets a line, and the whole of it.
inline constexpr std::string_view kEnd = "the end of the file", kWhole = "the whole file";

struct EditCase {
  std::string name;
  std::vector<FileEdit> edits;
  std::vector<std::string> mistakes;

  TestPackage package() const;
};

class SpoiltPackage : public testing::TestWithParam<EditCase> {};

inline std::string name_of(const testing::TestParamInfo<EditCase>& info) {
  return info.param.name;
}

using test::TemporaryFolder;

using Lines = std::vector<std::string>;

/// The mistakes of a package as the user sees them, without the name of the temporary folder; none for a good one.
Lines mistakes(const TestPackage& package, const Overlay& overlay = {});

/// The warnings of a package without mistakes, written in the same way; a failure of the test if it has some.
Lines warnings(const TestPackage& package);

/// The war of a package without mistakes; with one the test fails and ends.
War read_good(const TestPackage& package, const Overlay& overlay = {});

/// A number of the war, by path. The path must exist.
const Parameter& number(const War& war, std::string_view path);

}  // namespace truel::scenario
