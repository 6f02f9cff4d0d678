// A study in parts that machines make apart from each other: each part is one file, and together they are what one
// process would have made.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truel/base/build.hpp"
#include "truel/base/result.hpp"
#include "truel/ensemble/work.hpp"

namespace truel::ensemble {

/// Part `index` of `count`, from 1 on.
struct ShardPart {
  std::uint32_t index = 1, count = 1;

  /// Numbers first to last - 1 of 0 to size - 1: parts follow each other and differ by one in size at most, so that
  /// some are empty where there are more parts than numbers.
  std::pair<std::uint64_t, std::uint64_t> range(std::uint64_t size) const {
    return {size * (index - 1) / count, size * index / count};
  }
};

/// "3/8". None: it is no such text, or no such part.
std::optional<ShardPart> parse_shard_part(std::string_view text);
std::string to_string(ShardPart part);

/// What a shard says of itself, at its beginning.
struct ShardHead {
  std::string version;             ///< of truel
  std::string verb;                ///< "run"
  std::string package;             ///< folder as given
  std::string files;               ///< what is in the files that count: the hash of the package first
  std::vector<std::string> words;  ///< options of the verb that its results depend on, in one order: "--seed=7"
  std::uint64_t size = 0;          ///< of the work
  ShardPart part;
  std::string build = std::string(build_identity());

  /// The command that makes the shard, into this file.
  std::string command(const std::filesystem::path& out) const;
};

/// A shard under way. Until it is whole it is a hidden file beside its place, ".NAME.part".
struct ShardUnderWay {
  std::optional<RunStore> store;         ///< none: the shard is whole already
  std::vector<std::uint32_t> missing{};  ///< what it lacks, ascending
  std::size_t wanted = 0;                ///< realizations of the part
  std::size_t damaged = 0;               ///< of a shard that was whole: what is missing was changed on the disk
};

/// Why the file cannot become this shard, if so: it is a folder, another shard, or none.
Diagnostics check_shard(const std::filesystem::path& out, const ShardHead& head);

/// Begins the shard `out`, goes on with what an earlier process has done of it, or finds it whole: then every byte was
/// looked at. Makes the folder. Errors: those of check_shard; it cannot be written; another process is at work on it.
Result<ShardUnderWay> open_shard(const std::filesystem::path& out, const ShardHead& head, const Work& work);

/// Gives a shard that has all its realizations its name, when it is on the disk. Errors: it cannot be written.
std::optional<Diagnostic> finish_shard(const std::filesystem::path& out, RunStore& store);

/// Shards that are all parts of one question.
struct Shards {
  ShardHead head;  ///< of the first
  RunStore store;  ///< all realizations 0 to size - 1, read from where they are
};

/// Errors, all of them: a file that is no shard, is given twice, was made by another version or build, is of another
/// question than the first, lacks realizations of its part; parts that overlap; parts that no file holds. version: of
/// the program.
Result<Shards> open_shards(std::span<const std::filesystem::path> files, std::string_view version);

}  // namespace truel::ensemble
