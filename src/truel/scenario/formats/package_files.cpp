#include "truel/scenario/formats/package_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <system_error>

#include "truel/base/bytes/files.hpp"
#include "truel/base/bytes/sha256.hpp"
#include "truel/base/formats/did_you_mean.hpp"
#include "truel/base/statistics/nearest.hpp"

namespace truel::scenario {
namespace {

namespace fs = std::filesystem;

// Sizes beyond any war that fits into memory once it is read: a cell takes far more room than its bytes.
constexpr std::uintmax_t kMostCsvBytes = std::uintmax_t{64} << 20U;
constexpr std::uintmax_t kMostJsonBytes = std::uintmax_t{16} << 20U;
constexpr std::uintmax_t kMostTomlBytes = std::uintmax_t{4} << 20U;
constexpr std::uintmax_t kMostMapBytes = std::uintmax_t{1} << 20U;
constexpr std::size_t kMostAccounts = 1000;

const std::array kKnownFiles = std::to_array<std::string>(
    {"scenario.toml", "actors.csv", "commands.csv", "places.csv", "links.csv", "control.csv", "forces.csv",
     "support.csv", "ties.csv", "sponsors.csv", "positions.csv", "interventions.csv", "claims.csv", "topics.csv",
     "aliases.csv", "death_scores.csv", "sources.json", "map.geojson"});

void add_unreadable(const std::string& label, Mistakes& mistakes) {
  mistakes.add({label}, "cannot be read", "look at its permissions");
}

/// The names of what lies in a folder, sorted.
std::vector<std::string> names_in(const fs::path& folder, const std::string& label, Mistakes& mistakes) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    names.push_back(it->path().filename().generic_string());
  }
  if (error) {
    add_unreadable(label, mistakes);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::span<const std::string> known_files() {
  return kKnownFiles;
}

const PackageFile* PackageFiles::find(std::string_view name) const {
  const auto found = std::find_if(files.begin(), files.end(), [&](const PackageFile& f) { return f.name == name; });
  return found == files.end() ? nullptr : &*found;
}

std::string PackageFiles::label(std::string_view name) const {
  return name.empty() ? folder : (fs::path(folder) / name).lexically_normal().generic_string();
}

void load_file(const fs::path& folder, const std::string& name, PackageFiles& package, Mistakes& mistakes) {
  const fs::path path = folder / name;
  const std::string label = package.label(name);
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    mistakes.add({label}, "not a file", "put a text file here");
    return;
  }
  const fs::path extension = path.extension();
  const std::uintmax_t most = extension == ".csv"       ? kMostCsvBytes
                              : extension == ".json"    ? kMostJsonBytes
                              : extension == ".geojson" ? kMostMapBytes
                                                        : kMostTomlBytes;
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > most) {
    mistakes.add({label}, fmt::format("a file of {} bytes", size), fmt::format("keep it below {} MiB", most >> 20U));
    return;
  }
  auto bytes = error ? std::nullopt : bytes_of_file(path);
  if (!bytes) {
    add_unreadable(label, mistakes);
    return;
  }
  package.files.push_back({.name = name, .bytes = std::move(*bytes)});
}

std::string hint_of_folder(const fs::path& folder, std::string otherwise) {
  const fs::path asked = folder.has_filename() ? folder : folder.parent_path();  // without a last slash
  // Beside it, and among the packages that come along.
  for (const fs::path& parent : {asked.parent_path(), fs::path("scenarios") / asked.parent_path()}) {
    Mistakes passed_over;
    std::vector<std::string> names = names_in(parent.empty() ? "." : parent, "", passed_over);
    std::erase_if(names, [&](const std::string& name) {
      std::error_code error;
      return !fs::exists(parent / name / "scenario.toml", error);
    });
    if (const std::string* near = nearest(asked.filename().generic_string(), names)) {
      return did_you_mean((parent / *near).generic_string());
    }
  }
  return otherwise;
}

PackageFiles load_package(const fs::path& folder, Mistakes& mistakes) {
  PackageFiles package{.folder = folder.lexically_normal().generic_string(), .files = {}};
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    const bool exists = fs::exists(folder, error);
    mistakes.add({package.folder}, exists ? "not a folder" : "no such folder",
                 exists ? "name the folder that holds scenario.toml"
                        : hint_of_folder(package.folder, "`truel new DIR` makes a package to start from"));
    return package;
  }
  std::vector<std::string> absent;
  for (const std::string& name : kKnownFiles) {
    if (fs::exists(fs::symlink_status(folder / name, error))) {
      load_file(folder, name, package, mistakes);
    } else {
      absent.push_back(name);
    }
  }
  // An optional table under a misspelt name would be passed over in silence.
  for (const std::string& name : names_in(folder, package.folder, mistakes)) {
    const std::string extension = fs::path(name).extension().generic_string();
    const bool is_known = std::find(kKnownFiles.begin(), kKnownFiles.end(), name) != kKnownFiles.end();
    if (!is_known && (extension == ".csv" || extension == ".toml" || extension == ".json" || extension == ".geojson")) {
      if (std::string hint = did_you_mean(name, absent, ""); !hint.empty()) {
        mistakes.add({package.label(name)}, "a file that the format does not know", std::move(hint));
      }
    }
  }
  static const std::array<std::string, 2> kAccountExtensions{".toml", ".csv"};
  std::vector<std::string> accounts;
  if (fs::is_directory(folder / "accounts", error)) {
    for (const std::string& name : names_in(folder / "accounts", package.label("accounts"), mistakes)) {
      const std::string extension = fs::path(name).extension().generic_string();
      if (std::find(kAccountExtensions.begin(), kAccountExtensions.end(), extension) != kAccountExtensions.end()) {
        accounts.push_back(name);
      } else if (std::string hint = did_you_mean(extension, kAccountExtensions, ""); !hint.empty()) {
        mistakes.add({package.label("accounts/" + name)}, "a file that the format does not know", std::move(hint));
      }
    }
  } else if (fs::exists(fs::symlink_status(folder / "accounts", error))) {
    mistakes.add({package.label("accounts")}, "not a folder", "make it a folder with a file for each account");
  }
  if (accounts.size() > kMostAccounts) {
    mistakes.add({package.label("accounts")}, fmt::format("{} accounts", accounts.size()),
                 fmt::format("keep at most {}", kMostAccounts));
    accounts.clear();
  }
  for (const std::string& name : accounts) {
    load_file(folder, "accounts/" + name, package, mistakes);
  }
  std::sort(package.files.begin(), package.files.end(),
            [](const PackageFile& a, const PackageFile& b) { return a.name < b.name; });
  return package;
}

std::string package_sha256(const PackageFiles& package) {
  std::string lines;
  for (const PackageFile& file : package.files) {
    lines += sha256_hex(file.bytes) + "  " + file.name + "\n";
  }
  return sha256_hex(lines);
}

}  // namespace truel::scenario
