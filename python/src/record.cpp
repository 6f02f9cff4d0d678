#include "record.hpp"

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "errors.hpp"
#include "truel/app/record_options.hpp"
#include "truel/output/fit/battle_fit.hpp"
#include "truel/output/fit/control_fit.hpp"
#include "truel/output/score/score.hpp"
#include "war.hpp"
#include "work.hpp"

namespace truel::python {

namespace nb = nanobind;
using namespace nb::literals;

namespace {

std::string score(const LoadedWar& war, const std::string& observed, const std::vector<std::string>& accounts,
                  bool quarterly, const std::string& from, const std::string& until, bool told, bool analysis,
                  std::uint32_t runs, std::uint64_t seed, const std::string& solver, int steps_per_day, int threads,
                  const nb::object& progress) {
  record::ScoreOptions options = value_or_raise(app::score_options({.package = war.folder(),
                                                                    .observed = observed,
                                                                    .from = from,
                                                                    .until = until,
                                                                    .solver = solver,
                                                                    .accounts = accounts,
                                                                    .settings = war.overlay().settings,
                                                                    .runs = runs,
                                                                    .seed = seed,
                                                                    .steps_per_day = steps_per_day,
                                                                    .threads = threads,
                                                                    .is_quarterly = quarterly,
                                                                    .told = told,
                                                                    .analysis = analysis},
                                                                   kDayArguments));
  output::Provenance origin = provenance_of(war, "", threads);
  std::string json;
  work_with(progress, options, [&]() -> Diagnostics {
    TRUEL_TRY(const auto scores, record::score(options));
    json = scores.was_interrupted ? "" : output::scores_json(scores, options, origin);
    return {};
  });
  return json;
}

bool has_battles(const LoadedWar& war) {
  return record::fit::has_battles(war.war());
}

nb::dict fit_control(const LoadedWar& war, const std::string& observed, const std::string& method,
                     const std::string& from, const std::string& until, std::uint32_t draws, std::uint32_t runs,
                     std::uint32_t check_runs, std::uint32_t numbers, double strength, const std::string& target,
                     bool told, bool analysis, std::uint64_t seed, const std::string& solver, int steps_per_day,
                     int threads, const nb::object& progress) {
  const std::vector<std::string>& accounts = war.overlay().accounts;
  record::fit::ControlFitOptions options =
      value_or_raise(app::control_fit_options({.package = war.folder(),
                                               .observed = observed,
                                               .account = accounts.empty() ? "" : accounts.front(),
                                               .from = from,
                                               .until = until,
                                               .solver = solver,
                                               .method = method,
                                               .target = target,
                                               .settings = war.overlay().settings,
                                               .draws = draws,
                                               .runs = runs,
                                               .check_runs = check_runs,
                                               .numbers = numbers,
                                               .strength = strength,
                                               .seed = seed,
                                               .steps_per_day = steps_per_day,
                                               .threads = threads,
                                               .told = told,
                                               .analysis = analysis},
                                              kDayArguments));
  options.version = TRUEL_VERSION;
  output::Provenance origin = provenance_of(war, "", threads);
  std::vector<std::pair<std::string, std::string>> texts;
  work_with(progress, options, [&]() -> Diagnostics {
    const auto begin = std::chrono::steady_clock::now();
    TRUEL_TRY(const auto fit, record::fit::fit_control(options));
    output::finish(origin, begin);
    if (!fit.has_space) {
      return {{{"temporary folder"}, "the disk has no room for the bank", "set TMPDIR to another"}};
    }
    if (!fit.was_interrupted) {
      texts = output::control_fit_texts(fit, options, origin);
    }
    return {};
  });
  nb::dict files;
  for (const auto& [name, text] : texts) {
    files[name.c_str()] = text;
  }
  return files;
}

nb::list fit_battles(const LoadedWar& war, const std::string& observed, const std::string& method, std::uint32_t draws,
                     double keep, std::uint64_t seed, int threads, const nb::object& progress) {
  const auto tables =
      value_or_raise(record::fit::read_battles(war.war(), value_or_raise(record::read_rules(war.folder())), observed));
  record::fit::BattleOptions options = value_or_raise(
      app::battle_fit_options({.method = method, .draws = draws, .keep = keep, .seed = seed, .threads = threads}));
  nb::list all;
  for (const record::fit::BattleTable& table : tables) {
    std::vector<output::TimedBattleFit> fits(1);
    work(progress, [&](Watch& watch) {
      options.stop = &watch.stop;
      options.progress = [&](std::uint32_t done) { watch.progress({done, options.draws, 0}); };
      fits[0].fit = record::fit::fit_battles(table, options);
    });
    const output::Provenance origin = provenance_of(war, "", threads);
    all.append(nb::make_tuple(table.file, output::battle_fit_json(war.war(), fits, options, origin),
                              output::battle_fit_csv(fits)));
  }
  return all;
}

}  // namespace

void bind_record(nb::module_& m) {
  m.def(
      "score", &score, "war"_a, "observed"_a, "accounts"_a, "quarterly"_a, "from_"_a, "until"_a, "told"_a, "analysis"_a,
      "runs"_a, "seed"_a, "solver"_a, "steps_per_day"_a, "threads"_a, "progress"_a.none(),
      nb::sig("def score(war: LoadedWar, observed: str, accounts: list[str], quarterly: bool, from_: str, until: str, "
              "told: bool, analysis: bool, runs: int, seed: int, solver: str, steps_per_day: int, threads: int, "
              "progress: object | None) -> str"),
      "scores.json.");
  m.def("has_battles", &has_battles, "war"_a, "Whether the package names tables of battles.");
  m.def("fit_battles", &fit_battles, "war"_a, "observed"_a, "method"_a, "draws"_a, "keep"_a, "seed"_a, "threads"_a,
        "progress"_a.none(),
        nb::sig("def fit_battles(war: LoadedWar, observed: str, method: str, draws: int, keep: float, seed: int, "
                "threads: int, progress: object | None) -> list[tuple[str, str, str]]"),
        "File, fit.json and posterior.csv of every table of battles.");
  m.def("fit_control", &fit_control, "war"_a, "observed"_a, "method"_a, "from_"_a, "until"_a, "draws"_a, "runs"_a,
        "check_runs"_a, "numbers"_a, "strength"_a, "target"_a, "told"_a, "analysis"_a, "seed"_a, "solver"_a,
        "steps_per_day"_a, "threads"_a, "progress"_a.none(),
        nb::sig("def fit_control(war: LoadedWar, observed: str, method: str, from_: str, until: str, draws: int, "
                "runs: int, check_runs: int, numbers: int, strength: float, target: str, told: bool, analysis: bool, "
                "seed: int, solver: str, steps_per_day: int, threads: int, progress: object | None) -> dict[str, str]"),
        "The files that truel fit writes of a record of control.");
}

}  // namespace truel::python
