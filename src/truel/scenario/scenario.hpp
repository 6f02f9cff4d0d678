// Scenario packages: reading and checking them (docs/scenario-format.md), and making a new one.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/result.hpp"
#include "truel/model/war.hpp"

namespace truel::scenario {

/// What a user lays over a package for one run.
struct Overlay {
  std::vector<std::string> accounts{};  ///< ids; a later one writes over an earlier one
  /// "path=value"; written over the accounts. The value `package` is the package's own number instead of the accounts'.
  /// Of those that name the same number the more special counts, of equals the later.
  std::vector<std::string> settings{};
  std::optional<Day> from{}, until{};  ///< instead of the scenario's first and last day
};

/// The accounts that "one+other" names, in this order; of "" none.
std::vector<std::string> accounts_in(std::string_view joined);

/// Reads and checks a package: the war that it describes, or every mistake in it, in the order of the files in
/// docs/scenario-format.md and then of lines. Never throws; writes nothing. Cost: linear in the package, and in the
/// number of pairs of actors (at most 256 actors).
Result<War> read(const std::filesystem::path& package, const Overlay& overlay = {});

/// `read`, which also fills `warnings`, in the order of files and lines; they stay empty where there are mistakes.
Result<War> read(const std::filesystem::path& package, const Overlay& overlay, Diagnostics& warnings);

/// What `read` gives with these accounts and settings laid over, without reading the package again. war: what it gave
/// with the same days, whatever was laid over. Cost: linear in the numbers.
Result<War> with_overlay(War war, const Overlay& overlay);

/// Writes a small complete package with three sides to start from, with comments in scenario.toml and README.md.
/// Gives the paths written. Refuses a folder that exists and is not empty, and then writes nothing. Throws
/// std::filesystem::filesystem_error where a file cannot be written, and then leaves none.
Result<std::vector<std::string>> create(const std::filesystem::path& dir);

}  // namespace truel::scenario
