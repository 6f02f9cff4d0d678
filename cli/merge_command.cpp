#include "merge_command.hpp"

#include <algorithm>
#include <filesystem>

#include "arguments.hpp"
#include "diagnostics.hpp"
#include "run_command.hpp"
#include "session.hpp"
#include "truel/app/resumable.hpp"
#include "truel/ensemble/shard.hpp"

namespace truel::cli {
namespace {

/// The arguments of a verb that made shards, as it parsed them, with what merge says of results.
template <class Arguments>
Arguments arguments_of(const MergeArguments& a, const ensemble::ShardHead& head,
                       void (*add_options)(CLI::App&, Arguments&)) {
  CLI::App app;
  Arguments arguments;
  arguments.command_line = a.command_line;
  add_options(*app.add_subcommand(head.verb), arguments);
  tighten(app);
  std::vector<std::string> words = head.words;
  words.insert(words.begin(), head.verb);
  words.insert(words.end(), {"--", a.package.empty() ? head.package : a.package});
  std::reverse(words.begin(), words.end());  // as the parser wants them
  app.parse(words);
  arguments.out = a.out;
  arguments.threads = a.threads;
  arguments.json = a.json;
  arguments.quiet = a.quiet;
  return arguments;
}

}  // namespace

void add_merge_options(CLI::App& app, MergeArguments& a) {
  app.add_option("shards", a.shards, "Files that truel run --shard has made, all parts of one question")->required();
  app.add_option("--out", a.out, "New folder for the result files");
  app.add_option("--package", a.package,
                 "Folder of the scenario package, if it is not where the shards were made from");
  app.add_option("--threads", a.threads, "Threads; 0: all cores. Changes no result")
      ->capture_default_str()
      ->check(CLI::Range(0, 4096));
  app.add_flag("--json", a.json, "Print the summary as JSON instead of a table");
  app.add_flag("--quiet", a.quiet, "No progress and no remarks");
  app.footer(
      "Gives what one process would have given, to the byte. docs/clusters.md has the scripts for clusters.\n"
      "Examples:\n"
      "  truel run scenarios/syria-2016 --until 2016-06-30 --runs 20 --shard 1/2 --out shards/1\n"
      "  truel run scenarios/syria-2016 --until 2016-06-30 --runs 20 --shard 2/2 --out shards/2\n"
      "  truel merge shards/1 shards/2 --out results");
}

int merge_command(const MergeArguments& a) {
  if (!a.out.empty() && std::filesystem::exists(a.out)) {
    return report({app::folder_exists(a.out, {})}, kWrongInput);
  }
  const std::vector<std::filesystem::path> files(a.shards.begin(), a.shards.end());
  auto shards = ensemble::open_shards(files, TRUEL_VERSION);
  if (!shards) {
    return report(shards.error(), kWrongInput);
  }
  return merge_runs(arguments_of<RunArguments>(a, shards->head, add_run_options), *shards);
}

}  // namespace truel::cli
