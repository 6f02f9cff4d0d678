#include "compare_command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "arguments.hpp"
#include "diagnostics.hpp"
#include "progress.hpp"
#include "session.hpp"
#include "terminal.hpp"
#include "truel/app/analysis.hpp"
#include "truel/app/package.hpp"
#include "truel/app/resumable.hpp"
#include "truel/app/study.hpp"
#include "truel/ensemble/compare/each_setting.hpp"
#include "truel/ensemble/compare/united.hpp"
#include "truel/ensemble/compare/until_sure.hpp"
#include "truel/ensemble/compare/variants.hpp"
#include "truel/model/long_war.hpp"
#include "truel/output/comparison/comparison.hpp"
#include "truel/output/comparison/each_setting.hpp"
#include "truel/output/comparison/united.hpp"
#include "truel/output/summary/deadly.hpp"
#include "truel/output/texts.hpp"

namespace truel::cli {
namespace {

namespace fs = std::filesystem;

/// What one side lays over the package.
struct Side {
  std::vector<std::string> accounts;  ///< ids, without "base"
  std::vector<std::string> settings;
  std::string name;  ///< of the accounts
};

/// Account ids of one side, joined by "+".
Side side_of(const std::string& accounts, const CompareArguments& a, const std::vector<std::string>& own) {
  Side side;
  side.name = accounts;
  side.accounts = scenario::accounts_in(accounts);
  std::erase(side.accounts, kBase);
  side.settings = a.settings;
  side.settings.insert(side.settings.end(), own.begin(), own.end());
  return side;
}

Result<std::array<Side, 2>> sides_of(const CompareArguments& a) {
  Diagnostics wrong;
  if (a.accounts.size() > 2) {
    wrong.push_back({{}, "--account more than twice", "name the two sides; several accounts on one side: one+other"});
  }
  if (!a.who_gains.empty() && (a.accounts.size() > 1 || !a.settings_a.empty() || !a.settings_b.empty())) {
    wrong.push_back({{},
                     "--who-gains with two sides",
                     "it compares one account with the same account without the actor: name one, and use --set"});
  }
  if (!a.who_gains.empty() && a.analysis) {
    wrong.push_back({{}, "--who-gains with --analysis", "nobody observed a war without an actor: leave one out"});
  }
  if (!a.until_sure.empty() && a.parts.are_asked()) {
    wrong.push_back({{}, "--until-sure in parts", "what one part finds decides how many runs all need: leave one out"});
  }
  if (!wrong.empty()) {
    return wrong;
  }
  if (!a.who_gains.empty()) {
    const Side side = side_of(a.accounts.empty() ? kBase : a.accounts.front(), a, {});
    return std::array<Side, 2>{side, side};
  }
  const std::string second = a.accounts.empty() ? kBase : a.accounts.back();
  std::array<Side, 2> sides = {side_of(a.accounts.size() == 2 ? a.accounts.front() : kBase, a, a.settings_a),
                               side_of(second, a, a.settings_b)};
  if (sides[0].accounts == sides[1].accounts && sides[0].settings == sides[1].settings) {
    return Diagnostic{
        {}, "both sides are the same", "name two accounts (base is the basic model), or --set-b path=value"};
  }
  return sides;
}

ensemble::EnsembleOptions options_of(const CompareArguments& a) {
  ensemble::EnsembleOptions options{
      .solve = {.solver = *app::solver_of(a.solver), .seed = a.seed, .steps_per_day = a.steps_per_day},
      .runs = a.runs,
      .threads = a.threads,
      .stop = &watch_for_interrupts()};
  return options;
}

/// The war of one side.
struct LoadedSide {
  CompiledModel model;
  std::shared_ptr<app::Analysis> analysis;  ///< that it starts from, if it does
};

/// read: the other side, if it was read before; its package is not read again, nor what was observed where an analysis
/// differs in accounts alone.
Result<LoadedSide> load_side(const CompareArguments& a, const Side& side, const LoadedSide* read = nullptr,
                             bool has_same_settings = false) {
  TRUEL_TRY(const auto overlay, app::overlay_of(side.accounts, side.settings, a.from, a.until, kDayOptions));
  std::shared_ptr<app::Analysis> analysis = has_same_settings && read != nullptr ? read->analysis : nullptr;
  if (analysis == nullptr) {
    TRUEL_TRY(analysis, begin_analysis(a, overlay, options_of(a),
                                       read != nullptr && a.analysis ? read->analysis->package() : nullptr));
  }
  TRUEL_TRY(auto model, analysis          ? analysis->model(side.accounts)
                        : read == nullptr ? app::load(a.package, overlay)
                                          : app::load_with(read->model.war(), overlay));
  return LoadedSide{std::move(model), std::move(analysis)};
}

/// The second side: as asked, or the first one without the actor of --who-gains.
Result<LoadedSide> second_side(const CompareArguments& a, const std::array<Side, 2>& sides, const LoadedSide& first,
                               ActorIndex without) {
  if (without == kNone) {
    return load_side(a, sides[1], &first, sides[0].settings == sides[1].settings);
  }
  TRUEL_TRY(auto war, ensemble::without(first.model.war(), without));
  TRUEL_TRY(auto model, compile(std::make_shared<const War>(std::move(war))));
  return LoadedSide{std::move(model), nullptr};
}

/// Column heads are the accounts, or "a" and "b" where these do not tell the sides apart.
std::array<output::ComparedSide, 2> told(const std::array<Side, 2>& sides, const CompareArguments& a) {
  const auto one = [&](const Side& side, const char* head, const std::string& more) {
    return output::ComparedSide{head, side.name + more, side.accounts, side.settings};
  };
  if (!a.who_gains.empty()) {
    return {one(sides[0], "with", ""), one(sides[1], "without", " without " + a.who_gains)};
  }
  const bool is_told = sides[0].name != sides[1].name;
  const auto with = [](const std::vector<std::string>& own) {
    return own.empty() ? "" : fmt::format(" with {}", fmt::join(own, ", "));
  };
  return {one(sides[0], is_told ? sides[0].name.c_str() : "a", with(a.settings_a)),
          one(sides[1], is_told ? sides[1].name.c_str() : "b", with(a.settings_b))};
}

}  // namespace

void add_compare_options(CLI::App& app, CompareArguments& a) {
  app.add_option("package", a.package, "Folder of the war (a package)")->required();
  app.add_option(
      "--account", a.accounts,
      "Account to compare, several as one+other, or base, the basic model. Give two; one alone is compared with "
      "base");
  app.add_option("--set", a.settings,
                 "Change a parameter on both sides, or all that the path names: path=value (repeatable)");
  app.add_option("--set-a", a.settings_a, "Change a parameter on the first side alone (repeatable)");
  app.add_option("--set-b", a.settings_b, "Change a parameter on the second side alone (repeatable)");
  app.add_option("--who-gains", a.who_gains,
                 "Compare with the same war without this actor: what would each other one hold, lose and get?");
  CLI::Option* united = app.add_option(
      "--if-united", a.if_united,
      "What if the enemies of this actor left each other alone, coordinated, or stood under one command? all: of every "
      "ground actor in turn (repeatable)");
  app.add_option("--united-from", a.united_from,
                 "For --if-united: day from which they stand together (YYYY-MM-DD), instead of the first")
      ->needs(united);
  app.add_flag("--each-setting", a.each_setting,
               "What does each setting of the account change by itself? Compares the account with and without it");
  app.add_option("--metric", a.metrics, "Also compare this metric (list: docs/parameters.md; repeatable)");
  app.add_option("--runs", a.runs, "Pairs of runs; with --until-sure the most")
      ->capture_default_str()
      ->check(CLI::Range(2U, 1'000'000U));
  app.add_option(
         "--until-sure", a.until_sure,
         "Stop adding pairs as soon as every difference in these outcomes is sure: its interval excludes zero or is "
         "narrow. Several are joined by commas; value is the land")
      ->delimiter(',')
      ->check(one_of(std::vector<std::string>(ensemble::compared_kinds().begin(), ensemble::compared_kinds().end()),
                     {{"land", "value"}}));
  app.add_option("--seed", a.seed, "Seed of all random numbers")->capture_default_str();
  add_solver_option(app, a.solver);
  app.add_option("--from", a.from, "First day (YYYY-MM-DD), instead of the scenario's");
  app.add_option("--until", a.until, "Last day (YYYY-MM-DD), instead of the scenario's");
  add_stepping_options(app, a.steps_per_day, a.threads);
  add_analysis_options(app, a.analysis, a.observed);
  app.add_option(
      "--out", a.out,
      "New folder for the page report.html, comparison.csv, .json, pairs.csv, places.csv and provenance.json");
  app.add_flag("--json", a.json, "Print the result as JSON instead of tables");
  add_part_options(app, a.parts, {});
  app.add_flag("--quiet", a.quiet, "No progress and no remarks");
  app.footer(
      "Examples:\n"
      "  # What if the wars that account E lists had ended?\n"
      "  truel compare scenarios/syria-2016 --account united_front --runs 40\n"
      "  # Where do two authors lead to different wars?\n"
      "  truel compare scenarios/syria-2016 --account magnier --account isis_survives --runs 40 --out rivals\n"
      "  # What if the Islamic State had found no recruits at home?\n"
      "  truel compare scenarios/syria-2016 --set-b actors.isis.recruitment_per_day=0 --runs 40\n"
      "  # What if Russia had not come?\n"
      "  truel compare scenarios/syria-2016 --from 2015-01-01 --set-b interventions.russian_entry.value=0 --runs 20\n"
      "  # Who gains from the existence of the Islamic State?\n"
      "  truel compare scenarios/syria-2016 --who-gains isis --runs 40\n"
      "  # Does it live by the quarrels of its enemies?\n"
      "  truel compare scenarios/syria-2016 --if-united isis --runs 40\n"
      "  # And if they had united a year later?\n"
      "  truel compare scenarios/syria-2016 --if-united isis --united-from 2017-01-01 --runs 40\n"
      "  # Which settings of an account act, and on what?\n"
      "  truel compare scenarios/syria-2016 --account cole --each-setting --runs 20\n"
      "  # What changes in who holds the land, with no more runs than it takes to say so?\n"
      "  truel compare scenarios/syria-2016 --account united_front --until-sure value --runs 64\n"
      "  # Does one parameter change an outcome of your choice?\n"
      "  truel compare scenarios/published/deitchman --set-a actors.blue.kill_rate=0.02 --metric nobody_probability\n"
      "With only tens of pairs, only large differences are detectable: leave --runs out for 400.");
}

namespace {

/// What is asked: both sides, and how they are run.
struct ComparisonRequest {
  std::array<Side, 2> sides;
  CompiledModel first, second;
  std::optional<output::StartingAnalysis> analysis;  ///< what both say
  std::string more_files;                            ///< what they depend on beside the package
  ActorIndex without = kNone;
  std::vector<ensemble::ComparedOutcome> more;
  std::optional<ensemble::UntilSure> rule;  ///< none: as many pairs as asked for
  ensemble::EnsembleOptions options;
};

Result<ComparisonRequest> compared_of(const CompareArguments& a) {
  TRUEL_TRY(const auto sides, sides_of(a));
  TRUEL_TRY(auto first, load_side(a, sides[0]));
  ActorIndex without = kNone;
  if (!a.who_gains.empty()) {
    TRUEL_TRY(without, app::actor_of(first.model.war(), a.who_gains, "--who-gains"));
  }
  TRUEL_TRY(auto second, second_side(a, sides, first, without));
  const app::Analysis* one = first.analysis.get();
  const app::Analysis* other = second.analysis != first.analysis ? second.analysis.get() : nullptr;
  if (!a.quiet) {
    remark_on_analysis(one, first.model.war().start);
    remark_on_analysis(other, second.model.war().start);
    remark_on_settings(first.model.war(), a.settings);
    remark_on_settings(first.model.war(), a.settings_a, "--set-a");
    remark_on_settings(second.model.war(), a.settings_b, "--set-b");
  }
  if (auto same = app::no_difference(first.model.war(), second.model.war(),
                                     "name other accounts, or another --from and --until")) {
    return std::move(*same);
  }
  TRUEL_TRY(auto more, ensemble::compared_metrics(first.model.war(), a.metrics));
  if (!a.out.empty() && !a.parts.are_asked() && fs::exists(a.out)) {
    return app::folder_exists(a.out, {});
  }
  std::optional<ensemble::UntilSure> rule;
  if (!a.until_sure.empty()) {
    TRUEL_TRY(auto kinds, ensemble::kinds_named(a.until_sure));
    rule.emplace(std::move(kinds), a.runs);
  }
  auto analysis = starting_analysis(one);
  if (other != nullptr) {
    analysis->learned.append(other->learned());
  }
  return ComparisonRequest{sides,
                           std::move(first.model),
                           std::move(second.model),
                           std::move(analysis),
                           (one != nullptr ? one->key() : "") + (other != nullptr ? other->key() : ""),
                           without,
                           std::move(more),
                           std::move(rule),
                           options_of(a)};
}

/// Of whose runs a comparison is, as its progress says: the two sides where accounts tell them apart.
std::string of_sides(const std::array<Side, 2>& sides) {
  const auto side = [](const Side& s) { return s.accounts.empty() ? "basic model" : "account " + s.name; };
  if (sides[0].name != sides[1].name) {
    return fmt::format("{} and {}", side(sides[0]), side(sides[1]));
  }
  return sides[0].accounts.empty() ? "" : side(sides[0]);
}

/// Whether far too many die in a war: pairs keep no fighters by day, so that a few runs are made again.
std::string deadly_text(const CompiledModel& model, ensemble::EnsembleOptions options) {
  constexpr std::uint32_t kFew = 8;
  if (!is_long(model.war())) {
    return "";
  }
  options.runs = std::min(options.runs, kFew);
  const auto few = ensemble::run_and_summarise(model, options);
  return few ? output::deadly_text(model.war(), few->summary) : "";
}

/// Compares, writes and prints; gives the exit status. made: the realizations, if they are there.
int compare(const CompareArguments& a, const ComparisonRequest& asked, const ensemble::RunStore* made,
            const Destination& to) {
  output::Provenance origin = begin_provenance(a.command_line, a.package, a.settings, a.threads);
  origin.question = to.question;
  origin.analysis = asked.analysis;
  const auto begin = std::chrono::steady_clock::now();
  ensemble::EnsembleOptions options = asked.options;
  const ensemble::Comparison comparison = with_progress(
      options,
      [&] {
        return asked.rule ? ensemble::compare(asked.first, asked.second, options, asked.more, *asked.rule)
                          : ensemble::compare(asked.first, asked.second, options, asked.more, made);
      },
      a.quiet, of_sides(asked.sides), {}, kRunsOfPairs);
  if (options.stop->load()) {
    say("interrupted: nothing was written\n");
    return kInterrupted;
  }
  output::finish(origin, begin);
  const output::ComparedWar war{.model = asked.first,
                                .sides = told(asked.sides, a),
                                .comparison = comparison,
                                .without = asked.without,
                                .deadly = {deadly_text(asked.first, options), deadly_text(asked.second, options)}};
  if (!a.out.empty()) {
    const auto files = output::write_comparison(war, options.solve, origin, to.folder);
    if (!files) {
      return report(files.error(), kFailed);
    }
    publish(to.folder, a.out);
  }
  fmt::print("{}\n", a.json ? output::comparison_json(war, options.solve, origin)
                            : output::comparison_table(war, terminal_columns()));
  if (!a.quiet) {
    say("{} pairs of runs in {:.1f} s{}\n", comparison.runs, origin.seconds,
        a.out.empty() ? "" : "; results in " + a.out);
  }
  return comparison.first_failed + comparison.second_failed > 0 ? kFailed : kDone;
}

/// Writes what was found out into the folder, if there is one, and prints it; gives the exit status. name: of the
/// files, without their endings.
int tell(const CompareArguments& a, const CompiledModel& model, const output::Provenance& origin,
         const std::string& name, const std::string& json, std::string csv, const std::string& table) {
  if (!a.out.empty()) {
    const std::vector<std::pair<std::string, std::string>> texts{{name + ".json", json + '\n'},
                                                                 {name + ".csv", std::move(csv)}};
    if (const auto files = output::write_texts(model, options_of(a).solve, texts, {}, origin, a.out); !files) {
      return report(files.error(), kFailed);
    }
  }
  fmt::print("{}\n", a.json ? json : table);
  return kDone;
}

Diagnostic of_one_comparison(const char* option) {
  return {{}, fmt::format("--until-sure with {}", option), "it stops one comparison of two sides: leave one out"};
}

Result<int> if_united(const CompareArguments& a) {
  Diagnostics wrong;
  if (!a.who_gains.empty() || !a.settings_a.empty() || !a.settings_b.empty() || !a.metrics.empty() ||
      a.accounts.size() > 1) {
    wrong.push_back({{},
                     "--if-united with two sides or other metrics",
                     "it compares one account with itself: name one with --account, and use --set"});
  }
  if (!a.until_sure.empty()) {
    wrong.push_back(of_one_comparison("--if-united"));
  }
  if (a.parts.are_asked()) {
    wrong.push_back({{},
                     "--if-united in parts",
                     "it runs in one process: leave the options of parts out; several processes may ask of an actor "
                     "each"});
  }
  if (!a.out.empty() && fs::exists(a.out)) {
    return app::folder_exists(a.out, {});
  }
  if (!wrong.empty()) {
    return wrong;
  }
  TRUEL_TRY(const auto loaded, load_side(a, side_of(a.accounts.empty() ? kBase : a.accounts.front(), a, {})));
  const CompiledModel* model = &loaded.model;
  if (!a.quiet) {
    remark_on_analysis(loaded.analysis.get(), model->war().start);
  }
  const auto actors = app::united_actors(*model, a.if_united);
  const auto from = ensemble::day_of_unity(model->war(), a.united_from, "--united-from");
  if (!actors || !from) {
    return actors ? from.error() : actors.error();
  }
  output::Provenance origin = begin_provenance(a.command_line, a.package, a.settings, a.threads);
  origin.analysis = starting_analysis(loaded.analysis.get());
  const auto begin = std::chrono::steady_clock::now();
  ensemble::EnsembleOptions options = options_of(a);
  const auto fates = with_progress(
      options, [&] { return ensemble::united_fates(*model, *actors, options, *from); }, a.quiet,
      of_accounts(a.accounts));
  if (!fates) {
    say("interrupted: nothing was written\n");
    return kInterrupted;
  }
  output::finish(origin, begin);
  return tell(a, *model, origin, "united", output::united_json(*model, *fates, options.solve, origin),
              output::united_csv(*model, *fates), output::united_table(*model, *fates, terminal_columns(), true));
}

Result<int> each_setting(const CompareArguments& a) {
  Diagnostics wrong;
  if (a.accounts.size() != 1 || a.accounts.front() == kBase || a.accounts.front().find('+') != std::string::npos ||
      !a.who_gains.empty() || !a.if_united.empty() || !a.settings_a.empty() || !a.settings_b.empty()) {
    wrong.push_back({{}, "--each-setting needs one account", "add --account NAME"});
  }
  if (!a.until_sure.empty()) {
    wrong.push_back(of_one_comparison("--each-setting"));
  }
  if (a.parts.are_asked()) {
    wrong.push_back({{}, "--each-setting in parts", "it runs in one process: leave the options of parts out"});
  }
  if (!a.out.empty() && fs::exists(a.out)) {
    wrong.push_back(app::folder_exists(a.out, {}));
  }
  if (!wrong.empty()) {
    return wrong;
  }
  TRUEL_TRY(const auto loaded, load_side(a, side_of(a.accounts.front(), a, {})));
  const CompiledModel* model = &loaded.model;
  if (!a.quiet) {
    remark_on_analysis(loaded.analysis.get(), model->war().start);
  }
  TRUEL_TRY(const auto more, ensemble::compared_metrics(model->war(), a.metrics));
  output::Provenance origin = begin_provenance(a.command_line, a.package, a.settings, a.threads);
  origin.analysis = starting_analysis(loaded.analysis.get());
  const auto begin = std::chrono::steady_clock::now();
  ensemble::EnsembleOptions options = options_of(a);
  TRUEL_TRY(const auto effects, with_progress(
                                    options, [&] { return ensemble::effects_of_each_setting(*model, options, more); },
                                    a.quiet, of_accounts(a.accounts)));
  if (options.stop->load()) {
    say("interrupted: nothing was written\n");
    return kInterrupted;
  }
  output::finish(origin, begin);
  return tell(a, *model, origin, "each_setting", output::each_setting_json(*model, effects, options, origin),
              output::each_setting_csv(*model, effects),
              output::each_setting_table(*model, effects, options.runs, terminal_columns()));
}

}  // namespace

Result<int> compare_command(const CompareArguments& a) {
  if (a.each_setting) {
    return each_setting(a);
  }
  if (!a.if_united.empty()) {
    return if_united(a);
  }
  if (const auto status = in_parts(a, divide_compare)) {
    return *status;
  }
  TRUEL_TRY(const auto asked, compared_of(a));
  return compare(a, asked, nullptr, {a.out});
}

Result<ShardedStudy> divide_compare(const CompareArguments& a) {
  TRUEL_TRY(auto compared, compared_of(a));
  const auto asked = std::make_shared<const ComparisonRequest>(std::move(compared));
  return ShardedStudy{
      ensemble::work_of_comparison(asked->first, asked->second, asked->options, asked->more),
      asked->first.war().sha256 + asked->more_files,
      [asked, a](const ensemble::RunStore& all, const Destination& to) { return compare(a, *asked, &all, to); }};
}

}  // namespace truel::cli
