// The verbs of the program, each told once.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string>

#include "merge_command.hpp"
#include "shards.hpp"
#include "truel/ensemble/shard.hpp"

namespace truel::cli {

struct Verb {
  const char* name;
  const char* words;  ///< what it does, for --help
  /// Adds its options; gives what runs it, once they are parsed, and returns the exit status.
  std::function<int()> (*add)(CLI::App& app, const std::string& command_line);
  /// The study whose shards have this head, to be put together. Errors: what a merge says of them. Null: it makes none.
  Result<ShardedStudy> (*divide)(const MergeArguments& merge, const ensemble::ShardHead& head) = nullptr;
};

/// In the order of --help.
std::span<const Verb> verbs();

}  // namespace truel::cli
