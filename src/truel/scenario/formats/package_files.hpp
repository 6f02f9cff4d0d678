// The files of a package in memory.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/formats/mistakes.hpp"

namespace truel::scenario {

struct PackageFile {
  std::string name;   ///< inside the package, with `/`: "accounts/a.toml"
  std::string bytes;  ///< as on disk
};

/// Whether the file is an account, and not a table of draws beside one.
inline bool is_account(const PackageFile& file) {
  return file.name.starts_with("accounts/") && file.name.ends_with(".toml");
}

/// Between "accounts/" and ".toml".
inline std::string account_id(const PackageFile& file) {
  return file.name.substr(9, file.name.size() - 14);
}

struct PackageFiles {
  std::string folder;              ///< as the user typed it; the first part of every location
  std::vector<PackageFile> files;  ///< those that the format knows, sorted by name

  const PackageFile* find(std::string_view name) const;
  /// How messages name a file of this package.
  std::string label(std::string_view name) const;
};

/// Loads one file of the package, by its name there. What is no file, too large or cannot be read becomes a mistake.
void load_file(const std::filesystem::path& folder, const std::string& name, PackageFiles& package, Mistakes& mistakes);

/// Of a folder that is not there: the package that was meant, or `otherwise`.
std::string hint_of_folder(const std::filesystem::path& folder, std::string otherwise);

/// Loads every file of the package that the format knows. What cannot be read, and what looks like a misspelt file
/// name, becomes a mistake.
PackageFiles load_package(const std::filesystem::path& folder, Mistakes& mistakes);

/// The files that `create` writes and the format knows.
PackageFiles example_package();

/// The names of the files that a package may have, apart from accounts, in the order of the documentation.
std::span<const std::string> known_files();

/// Hash of the files: SHA-256 over one line "HASH  NAME" a file, HASH its own SHA-256 and NAME its name in the
/// package, sorted by name. `sha256sum NAMES | sha256sum` gives the same.
std::string package_sha256(const PackageFiles& package);

}  // namespace truel::scenario
