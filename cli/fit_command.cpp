#include "fit_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <utility>

#include "diagnostics.hpp"
#include "progress.hpp"
#include "session.hpp"
#include "terminal.hpp"
#include "truel/output/battle_fit.hpp"
#include "truel/output/texts.hpp"
#include "truel/record/fit/battle_study.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::cli {
namespace {

namespace fs = std::filesystem;
using record::fit::AbcMethod;

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The laws of attrition on the tables of battles that the package names.
int fit_battle_tables(const FitArguments& a, const dynamics::CompiledModel& model) {
  if (!a.method.empty() && a.method != "rejection" && a.method != "abc-smc") {
    return report(
        {{{}, fmt::format("--method {}: battles are fitted by rejection or abc-smc", a.method), "name one of them"}},
        kWrongInput);
  }
  const auto tables = record::fit::read_battles(model.war(), a.observed);
  if (!tables) {
    return report(tables.error(), kWrongInput);
  }
  record::fit::BattleOptions options;
  options.method = a.method == "abc-smc" ? AbcMethod::smc : AbcMethod::rejection;
  options.draws = a.draws > 0 ? a.draws : options.draws;
  options.particles = a.draws > 0 ? a.draws : options.particles;
  options.keep = a.keep;
  options.seed = a.seed;
  options.threads = a.threads;
  const std::atomic<bool>& interrupted = watch_for_interrupts();
  options.stop = &interrupted;

  output::Provenance origin = begin_provenance(a.command_line, a.package, {}, a.threads);
  const auto begin = std::chrono::steady_clock::now();
  std::vector<output::TimedBattleFit> fits;
  for (const record::fit::BattleTable& table : *tables) {
    const auto begin_table = std::chrono::steady_clock::now();
    ProgressLine line(a.quiet);
    options.progress = [&](std::uint32_t done) { line.show(done, options.draws, seconds_since(begin_table)); };
    record::fit::BattleFit fit = record::fit::fit_battles(table, options);
    if (interrupted) {
      fmt::print(stderr, "interrupted\n");
      return kInterrupted;
    }
    fits.push_back({std::move(fit), seconds_since(begin_table)});
  }
  origin.seconds = seconds_since(begin);
  origin.finished = utc_now();
  if (!a.out.empty()) {
    const std::vector<std::pair<std::string, std::string>> texts{
        {"fit.json", output::battle_fit_json(model.war(), fits, options, origin) + '\n'},
        {"posterior.csv", output::battle_fit_csv(fits)}};
    solver::SolveOptions solve;
    solve.seed = a.seed;
    const auto files = output::write_texts(model, solve, texts, origin, a.out);
    if (!files) {
      return report(files.error(), kFailed);
    }
  }
  fmt::print("{}\n", a.json ? output::battle_fit_json(model.war(), fits, options, origin)
                            : output::battle_fit_table(fits, terminal_columns()));
  return kDone;
}

}  // namespace

void add_fit_options(CLI::App& app, FitArguments& a) {
  app.add_option("package", a.package, "Folder of the scenario package")->required();
  app.add_option("--observed", a.observed, "Folder of the record")->required();
  app.add_option("--method", a.method, "rejection or abc-smc")->check(CLI::IsMember({"rejection", "abc-smc"}));
  app.add_option("--draws", a.draws, "Draws from the prior (100,000 by rejection), or particles (1,000 by abc-smc)")
      ->check(CLI::Range(10U, 100'000'000U));
  app.add_option("--keep", a.keep, "Share of the draws that rejection keeps")
      ->capture_default_str()
      ->check(CLI::Range(1e-6, 1.0));
  app.add_option("--seed", a.seed, "Seed of all random numbers")->capture_default_str();
  app.add_option("--threads", a.threads, "Threads; 0: all cores. Changes no result")
      ->capture_default_str()
      ->check(CLI::Range(0, 4096));
  app.add_option("--out", a.out, "New folder for fit.json, posterior.csv and provenance.json");
  app.add_flag("--json", a.json, "Print the result as JSON instead of tables");
  app.add_flag("--quiet", a.quiet, "No progress and no remarks");
  app.footer(
      "DATA is a folder with battles/01.csv and battles/02.csv.\n"
      "Examples:\n"
      "  truel fit scenarios/published/historical-battles --observed DATA\n"
      "  truel fit scenarios/published/historical-battles --observed DATA --method abc-smc --out laws");
}

int fit_command(const FitArguments& a) {
  if (!a.out.empty() && fs::exists(a.out)) {
    return report({folder_exists(a.out, {})}, kWrongInput);
  }
  auto war = scenario::read(a.package);
  if (!war) {
    return report(war.error(), kWrongInput);
  }
  if (!record::fit::has_battles(*war)) {
    return report({{{a.package},
                    "has no table of battles to fit laws of attrition to",
                    "name one in the cases of a [[run]] of scenario.toml"}},
                  kWrongInput);
  }
  const auto model = dynamics::compile(std::make_shared<const War>(std::move(*war)));
  if (!model) {
    return report(model.error(), kWrongInput);
  }
  return fit_battle_tables(a, *model);
}

}  // namespace truel::cli
