#include "verbs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

#include "arguments.hpp"
#include "check_command.hpp"
#include "claims_command.hpp"
#include "compare_command.hpp"
#include "diagnostics.hpp"
#include "fit_command.hpp"
#include "forecast_command.hpp"
#include "run_command.hpp"
#include "score_command.hpp"
#include "sensitivity_command.hpp"
#include "serve_command.hpp"
#include "session.hpp"
#include "truel/scenario/scenario.hpp"
#include "verify_command.hpp"

namespace truel::cli {
namespace {

struct NewArguments {
  std::string folder;
};

void add_new_options(CLI::App& app, NewArguments& a) {
  app.add_option("dir", a.folder, "Folder to make")->required();
  app.footer("Example:\n  # What does a small war of three sides look like as tables?\n  truel new my-war");
}

Result<int> new_command(const NewArguments& a) {
  TRUEL_TRY(const auto files, scenario::create(a.folder));
  for (const std::string& file : files) {
    fmt::print("{}\n", escaped(file));
  }
  say("a three-sided war to start from; next: truel run {}\n", a.folder);
  return kDone;
}

/// Adds the options of a verb; gives what runs it, which tells what is wrong with the input if it returns that.
template <class Arguments, void (*kAddOptions)(CLI::App&, Arguments&), Result<int> (*kRun)(const Arguments&)>
std::function<int()> added(CLI::App& app, const std::string& command_line) {
  const auto arguments = std::make_shared<Arguments>();
  if constexpr (requires { arguments->command_line; }) {
    arguments->command_line = command_line;
  }
  kAddOptions(app, *arguments);
  return [arguments] {
    const Result<int> status = kRun(*arguments);
    return status ? *status : report(status.error(), kWrongInput);
  };
}

/// The arguments of a verb that made shards, as it parsed them, with what merge says of results.
template <class Arguments, void (*kAddOptions)(CLI::App&, Arguments&)>
Arguments arguments_of(const MergeArguments& a, const ensemble::ShardHead& head) {
  CLI::App app;
  Arguments arguments;
  arguments.command_line = a.command_line;
  kAddOptions(*app.add_subcommand(head.verb), arguments);
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

template <class Arguments, void (*kAddOptions)(CLI::App&, Arguments&),
          Result<ShardedStudy> (*kDivide)(const Arguments&)>
Result<ShardedStudy> divided(const MergeArguments& a, const ensemble::ShardHead& head) {
  const auto arguments = arguments_of<Arguments, kAddOptions>(a, head);
  if (std::error_code error; a.package.empty() && !std::filesystem::exists(arguments.package, error)) {
    return Diagnostic{{arguments.package},
                      "no such folder; it is the package of the shards, named as when they were made",
                      "merge where they were made, or name the package with --package"};
  }
  auto study = kDivide(arguments);
  if (study && study->files != head.files) {
    return Diagnostic{
        {arguments.package},
        "is not the package of the shards, or not with their observed data: files have changed, or are others",
        "give both as they were, with --package and --observed, or make the shards again"};
  }
  return study;
}

constexpr auto kVerbs = std::to_array<Verb>({
    {"new", "Write a small war to start from: a folder of tables, called a package",
     added<NewArguments, add_new_options, new_command>},
    {"check", "List every mistake of a package, and what looks like one: file, line, how to correct it",
     added<CheckArguments, add_check_options, check_command>},
    {"run", "Run a war many times: print the answer, write the results",
     added<RunArguments, add_run_options, run_command>, divided<RunArguments, add_run_options, divide_run>},
    {"merge", "Put together the parts of a study that --shard made on many machines",
     added<MergeArguments, add_merge_options, merge_command>},
    {"compare", "Compare two versions of a war: what differs, and how surely",
     added<CompareArguments, add_compare_options, compare_command>,
     divided<CompareArguments, add_compare_options, divide_compare>},
    {"claims", "List what each source says, what rests on it, and where sources disagree",
     added<ClaimsArguments, add_claims_options, claims_command>},
    {"verify", "Check that packages give the results that they must, such as those of published models",
     added<VerifyArguments, add_verify_options, verify_command>},
    {"sensitivity", "Find what drives an outcome: the choice of account, parameters or chance",
     added<SensitivityArguments, add_sensitivity_options, sensitivity_command>,
     divided<SensitivityArguments, add_sensitivity_options, divide_sensitivity>},
    {"score", "Score forecasts against observed data, compared with simple baselines",
     added<ScoreArguments, add_score_options, score_command>, divided<ScoreArguments, add_score_options, divide_score>},
    {"forecast", "Seal a forecast before the event, in the formats of hubverse and VIEWS",
     added<ForecastArguments, add_forecast_options, forecast_command>},
    {"resolve", "Score a sealed forecast against what happened",
     added<ResolveArguments, add_resolve_options, resolve_command>},
    {"fit", "Fit the parameters of a package to observed data", added<FitArguments, add_fit_options, fit_command>,
     divided<FitArguments, add_fit_options, divide_fit>},
    {"serve", "Open a page in the browser: change a parameter, see what changes",
     added<ServeArguments, add_serve_options, serve_command>},
});

}  // namespace

std::span<const Verb> verbs() {
  return kVerbs;
}

}  // namespace truel::cli
