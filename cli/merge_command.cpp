#include "merge_command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "diagnostics.hpp"
#include "session.hpp"
#include "shards.hpp"
#include "truel/app/resumable.hpp"
#include "truel/ensemble/shard.hpp"
#include "verbs.hpp"

namespace truel::cli {
namespace {

constexpr std::string_view kObserved = "--observed=";

}  // namespace

void add_merge_options(CLI::App& app, MergeArguments& a) {
  app.add_option("shards", a.shards,
                 "Files that run, score, fit, compare or sensitivity made with --shard, all parts of one question")
      ->required();
  app.add_option("--out", a.out, "New folder for the result files");
  app.add_option("--package", a.package,
                 "Folder of the scenario package, if it is not where the shards were made from");
  app.add_option("--observed", a.observed, "Folder of observed data, if it is not where the shards were made from");
  app.add_option("--threads", a.threads, "Threads; 0: all cores. Results are the same with any number")
      ->capture_default_str()
      ->check(CLI::Range(0, 4096));
  app.add_flag("--json", a.json, "Print the summary as JSON instead of a table");
  app.add_flag("--quiet", a.quiet, "No progress and no remarks");
  app.footer(
      "Gives what one process would have given, to the byte. docs/clusters.md has the scripts for clusters.\n"
      "Examples:\n"
      "  # The first half of the runs, on one machine\n"
      "  truel run scenarios/syria-2016 --until 2016-06-30 --runs 20 --shard 1/2 --out shards/1\n"
      "  # The second half, there or on another\n"
      "  truel run scenarios/syria-2016 --until 2016-06-30 --runs 20 --shard 2/2 --out shards/2\n"
      "  # What do all of them together say?\n"
      "  truel merge shards/1 shards/2 --out results");
}

Result<int> merge_command(const MergeArguments& a) {
  if (!a.out.empty() && std::filesystem::exists(a.out)) {
    return app::folder_exists(a.out, {});
  }
  const std::vector<std::filesystem::path> files(a.shards.begin(), a.shards.end());
  TRUEL_TRY(auto shards, ensemble::open_shards(files, TRUEL_VERSION));
  std::vector<std::string>& words = shards.head.words;
  if (!a.observed.empty()) {
    const auto word = std::find_if(words.begin(), words.end(), [](const auto& w) { return w.starts_with(kObserved); });
    if (word == words.end()) {
      return Diagnostic{{}, "--observed: truel " + shards.head.verb + " needs no observed data", "leave it out"};
    }
    *word = std::string(kObserved) + a.observed;
  }
  const auto all = verbs();
  const auto verb = std::find_if(all.begin(), all.end(), [&](const Verb& v) { return v.name == shards.head.verb; });
  if (verb == all.end() || verb->divide == nullptr) {
    std::vector<std::string_view> known;
    for (const Verb& v : all) {
      if (v.divide != nullptr) {
        known.emplace_back(v.name);
      }
    }
    return Diagnostic{{},
                      fmt::format("truel {} makes no shards", shards.head.verb),
                      fmt::format("those that do are {}", fmt::join(known, ", "))};
  }
  TRUEL_TRY(const auto study, verb->divide(a, shards.head));
  return put_together(study, shards.store, a.out);
}

}  // namespace truel::cli
