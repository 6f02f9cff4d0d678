// What verbs share that can be made in parts: as shards, or divided among the processes of mpirun.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics.hpp"
#include "session.hpp"
#include "truel/ensemble/shard.hpp"

namespace truel::cli {

/// What --shard and --mpi say.
struct PartArguments {
  std::string shard;  ///< "": not in shards
  bool mpi = false;
  const CLI::App* verb = nullptr;  ///< what was parsed

  bool are_asked() const { return mpi || !shard.empty(); }
};

/// --shard and --mpi, which need --out and exclude the options that are named. --shard excludes --json too: a shard has
/// no results of its own.
void add_part_options(CLI::App& app, PartArguments& parts, const std::vector<std::string>& excluded);

/// Where the results of a study go.
struct Destination {
  std::filesystem::path folder;  ///< "": none are written
  std::string question{};        ///< what they say they answer (output::Provenance); "": nothing
};

/// A study that can be made in parts. Its functions hold what they need.
struct ShardedStudy {
  ensemble::Work work;
  std::string files;  ///< what the realizations depend on besides the options: the hash of the package first
  /// Writes results into the folder of `to` and, when all are there, gives it the name that was asked for (`publish`);
  /// prints them; gives the exit status. all: every realization of the work.
  std::function<int(const ensemble::RunStore& all, const Destination& to)> conclude;
  const char* unit = "runs";  ///< what a realization is to the user, in the plural
  std::string record{};       ///< hash of the record on which results depend besides; "": of none
};

/// Puts results together, from all realizations of the study; gives the exit status. question: what they say they
/// answer, if anything.
int put_together(const ShardedStudy& study, ensemble::RunStore& all, const std::string& out, std::string question = {});

/// A hidden folder beside `out` for results that are not whole yet, without what was left there by one that was ended.
std::filesystem::path begun_folder(const std::string& out);

/// Gives the folder of results its name, if it has another.
void publish(const std::filesystem::path& folder, const std::string& out);

/// Makes the shard that is asked for, or goes on with it; gives the exit status.
int make_shard(const PartArguments& parts, const std::string& package, const std::string& out, bool quiet,
               const ShardedStudy& study);

/// Makes the part of this process of mpirun, on so many threads; the first puts the whole together. Does nothing where
/// `out` holds the results of the same question. divide: gives the study on so many threads, and says nothing if
/// `is_quiet`. Gives the exit status.
int run_on_ranks(const PartArguments& parts, const std::string& out, bool quiet, int threads,
                 const std::function<Result<ShardedStudy>(int threads, bool is_quiet)>& divide);

/// Does what --shard or --mpi asks for; gives the exit status. None: the options ask for neither.
template <class Arguments>
std::optional<int> in_parts(const Arguments& a, Result<ShardedStudy> (*divide)(const Arguments&)) {
  if (a.parts.mpi) {
    return run_on_ranks(a.parts, a.out, a.quiet, a.threads, [&](int threads, bool is_quiet) {
      Arguments own = a;
      own.threads = threads;
      own.quiet = is_quiet;
      return divide(own);
    });
  }
  if (a.parts.shard.empty()) {
    return std::nullopt;
  }
  const auto study = divide(a);
  return study ? make_shard(a.parts, a.package, a.out, a.quiet, *study) : report(study.error(), kWrongInput);
}

}  // namespace truel::cli
