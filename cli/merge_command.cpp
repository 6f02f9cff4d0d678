#include "merge_command.hpp"

#include <algorithm>
#include <filesystem>

#include "arguments.hpp"
#include "compare_command.hpp"
#include "diagnostics.hpp"
#include "fit_command.hpp"
#include "run_command.hpp"
#include "score_command.hpp"
#include "sensitivity_command.hpp"
#include "session.hpp"
#include "shards.hpp"
#include "truel/app/resumable.hpp"
#include "truel/ensemble/shard.hpp"

namespace truel::cli {
namespace {

constexpr std::string_view kObserved = "--observed=";

/// The arguments of a verb that made shards, as it parsed them, with what merge says of results.
template <class Arguments>
Arguments arguments_of(const MergeArguments& a, const ensemble::ShardHead& head,
                       void (*add_options)(CLI::App&, Arguments&)) {
  CLI::App app;
  Arguments arguments;
  arguments.command_line = a.command_line;
  add_options(*app.add_subcommand(head.verb), arguments);
  tighten(app);
  const Contradictions found_before(app);  // when the shards were made; --out, which some need, is the merge's own
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

template <class Arguments>
int merge(const MergeArguments& a, ensemble::Shards& shards, void (*add_options)(CLI::App&, Arguments&),
          Result<ShardedStudy> (*divide)(const Arguments&)) {
  const auto arguments = arguments_of(a, shards.head, add_options);
  if (std::error_code error; a.package.empty() && !std::filesystem::exists(arguments.package, error)) {
    return report({{{arguments.package},
                    "no such folder; it is the package of the shards, named as when they were made",
                    "merge where they were made, or name the package with --package"}},
                  kWrongInput);
  }
  const auto study = divide(arguments);
  if (!study) {
    return report(study.error(), kWrongInput);
  }
  if (study->files != shards.head.files) {
    return report({{{arguments.package},
                    "is not the package of the shards, or not with their record: its files have changed, or are others",
                    "give both as they were, with --package and --observed, or make the shards again"}},
                  kWrongInput);
  }
  return put_together(*study, shards.store, a.out);
}

}  // namespace

void add_merge_options(CLI::App& app, MergeArguments& a) {
  app.add_option("shards", a.shards,
                 "Files that run, score, fit, compare or sensitivity made with --shard, all parts of one question")
      ->required();
  app.add_option("--out", a.out, "New folder for the result files");
  app.add_option("--package", a.package,
                 "Folder of the scenario package, if it is not where the shards were made from");
  app.add_option("--observed", a.observed, "Folder of the record, if it is not where the shards were made from");
  app.add_option("--threads", a.threads, "Threads; 0: all cores. Changes no result")
      ->capture_default_str()
      ->check(CLI::Range(0, 4096));
  app.add_flag("--json", a.json, "Print the summary as JSON instead of a table");
  app.add_flag("--quiet", a.quiet, "No progress and no remarks");
  app.footer(
      "Gives what one process would have given, to the byte. docs/clusters.md has the scripts for clusters.\n"
      "Examples:\n"
      "  # Make an ensemble in two parts, on one machine or two, and put them together\n"
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
  std::vector<std::string>& words = shards->head.words;
  if (!a.observed.empty()) {
    const auto word = std::find_if(words.begin(), words.end(), [](const auto& w) { return w.starts_with(kObserved); });
    if (word == words.end()) {
      return report({{{}, "--observed: truel " + shards->head.verb + " looks at no record", "leave it out"}},
                    kWrongInput);
    }
    *word = std::string(kObserved) + a.observed;
  }
  const std::string& verb = shards->head.verb;
  if (verb == "score") {
    return merge<ScoreArguments>(a, *shards, add_score_options, divide_score);
  }
  if (verb == "fit") {
    return merge<FitArguments>(a, *shards, add_fit_options, divide_fit);
  }
  if (verb == "compare") {
    return merge<CompareArguments>(a, *shards, add_compare_options, divide_compare);
  }
  if (verb == "sensitivity") {
    return merge<SensitivityArguments>(a, *shards, add_sensitivity_options, divide_sensitivity);
  }
  return merge<RunArguments>(a, *shards, add_run_options, divide_run);
}

}  // namespace truel::cli
