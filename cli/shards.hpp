// What verbs that can be run in shards share.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "truel/ensemble/shard.hpp"

namespace truel::cli {

/// What --shard and --out say.
struct ShardArguments {
  std::string part;                ///< "": not in shards
  const CLI::App* verb = nullptr;  ///< what was parsed
};

/// --shard, which excludes the options that are named: a shard has no results of its own.
void add_shard_option(CLI::App& app, ShardArguments& arguments, const std::vector<std::string>& excluded);

/// The head of the shard that the arguments ask for.
ensemble::ShardHead head_of(const ShardArguments& arguments, const std::string& package, const std::string& sha256,
                            const ensemble::Work& work);

/// Makes the shard, or goes on with it; gives the exit status.
int make_shard(const ensemble::ShardHead& head, const std::string& out, const ensemble::Work& work, bool quiet);

}  // namespace truel::cli
