#include "studies.hpp"

#include <fmt/format.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <chrono>
#include <filesystem>

#include "arrays.hpp"
#include "errors.hpp"
#include "tables.hpp"
#include "truel/app/analysis.hpp"
#include "truel/app/package.hpp"
#include "truel/app/store_key.hpp"
#include "truel/app/study.hpp"
#include "truel/base/choice.hpp"
#include "truel/ensemble/compare/variants.hpp"
#include "truel/ensemble/shard.hpp"
#include "truel/output/arrays/arrays.hpp"
#include "truel/output/comparison/comparison.hpp"
#include "truel/output/sensitivity/sensitivity.hpp"
#include "war.hpp"
#include "work.hpp"

namespace truel::python {

namespace nb = nanobind;
using namespace nb::literals;

namespace {

solver::SolveOptions solve_options(const std::string& solver, std::uint64_t seed, int steps_per_day) {
  solver::SolveOptions options;
  options.solver = value_or_raise(app::solver_of(solver));
  options.seed = seed;
  options.steps_per_day = steps_per_day;
  return options;
}

const Diagnostic kNoSpace{
    {}, "the temporary file of the runs cannot be written further", "free space where TMPDIR points"};

ensemble::EnsembleOptions ensemble_options(std::uint32_t runs, std::uint64_t seed, const std::string& solver, int every,
                                           int steps_per_day, int threads) {
  ensemble::EnsembleOptions options;
  options.solve = solve_options(solver, seed, steps_per_day);
  options.solve.every_days = every;
  options.runs = runs;
  options.threads = threads;
  return options;
}

LoadedWar* analysed(const LoadedWar& war, const std::string& observed, const std::string& from,
                    const std::string& until, std::uint32_t runs, std::uint64_t seed, const std::string& solver,
                    int steps_per_day, int threads) {
  scenario::Overlay overlay =
      value_or_raise(app::overlay_of(war.overlay().accounts, war.overlay().settings, from, until, kDayArguments));
  auto options = ensemble_options(runs, seed, solver, 1, steps_per_day, threads);
  std::unique_ptr<LoadedWar> made;
  work_with(nb::none(), options, [&]() -> Diagnostics {
    TRUEL_TRY(auto package, app::ObservedPackage::read(war.folder(), observed));
    TRUEL_TRY(const auto analysis, app::Analysis::of(std::move(package), overlay, options));
    TRUEL_TRY(const auto model, analysis->model(overlay.accounts));
    made =
        std::make_unique<LoadedWar>(war.folder(), overlay, War(model.war()),
                                    output::StartingAnalysis{analysis->origin(), analysis->learned()}, analysis->key());
    return {};
  });
  return made.release();
}

/// Makes one part of an ensemble into a file.
void run_part(const LoadedWar& war, std::uint32_t index, std::uint32_t count, std::uint32_t runs, std::uint64_t seed,
              const std::string& solver, int every, int steps_per_day, int threads, const std::string& file) {
  const CompiledModel& model = war.model();
  auto options = ensemble_options(runs, seed, solver, every, steps_per_day, threads);
  work_with(nb::none(), options, [&]() -> Diagnostics {
    const ensemble::Work all = ensemble::work_of({&model}, options);
    const ensemble::ShardHead head{TRUEL_VERSION,
                                   "run",
                                   war.folder(),
                                   war.files(),
                                   {app::store_key(model, war.overlay(), options.solve, TRUEL_VERSION)},
                                   all.size,
                                   {index, count}};
    TRUEL_TRY(auto shard, ensemble::open_shard(file, head, all));
    if (!all.solve(shard.missing, *shard.store, {})) {
      return {kNoSpace};
    }
    const auto fault = *options.stop ? std::nullopt : ensemble::finish_shard(file, *shard.store);
    return fault ? Diagnostics{*fault} : Diagnostics();
  });
}

/// The store of an ensemble that was run in parts.
Result<ensemble::RunStore> join_parts(const CompiledModel& model, const ensemble::EnsembleOptions& options,
                                      const std::vector<std::string>& parts) {
  const std::vector<std::filesystem::path> files(parts.begin(), parts.end());
  TRUEL_TRY(auto shards, ensemble::open_shards(files, TRUEL_VERSION));
  const ensemble::Work all = ensemble::work_of({&model}, options);
  shards.store.retain(all.fits);
  if (shards.store.size() != all.size) {
    return Diagnostics{{{}, "some runs are not those of this war", "run it again where all processes see one package"}};
  }
  return std::move(shards.store);
}

nb::tuple run(const LoadedWar& war, std::uint32_t runs, std::uint64_t seed, const std::string& solver, int every,
              int steps_per_day, int threads, double precision, const std::vector<std::string>& parts,
              const std::string& out, std::uint32_t keep_paths, const std::string& call, const nb::object& progress) {
  const CompiledModel& model = war.model();
  auto options = ensemble_options(runs, seed, solver, every, steps_per_day, threads);
  options.precision = precision;
  output::Provenance origin = provenance_of(war, call, threads);
  output::MemoryArrays arrays;
  ensemble::Summary summary;
  work_with(progress, options, [&]() -> Diagnostics {
    const auto begin = std::chrono::steady_clock::now();
    TRUEL_TRY(auto store, parts.empty() ? ensemble::RunStore::open({}, "") : join_parts(model, options, parts));
    if (parts.empty() && !ensemble::run(model, options, store)) {
      return {kNoSpace};
    }
    output::finish(origin, begin);
    if (*options.stop) {
      return {};
    }
    summary = ensemble::summarise(model, options.solve, store);
    output::put_ensemble(model, options.solve, summary, store, origin, arrays);
    if (!out.empty()) {
      const auto n_kept = std::min<std::size_t>(keep_paths, summary.numbers.size());
      const auto kept = ensemble::replay(model, options.solve, std::span(summary.numbers).first(n_kept), nullptr,
                                         ensemble::Follow::events);
      TRUEL_TRY(const auto files,
                output::write(model, options, summary, store, kept, origin, out, app::files_of(model.war())));
    }
    return {};
  });
  nb::dict attributes;
  for (const auto& [name, value] : arrays.attributes()) {
    attributes[name.c_str()] = value;
  }
  if (war.analysis()) {
    attributes["analysis"] = output::analysis_json(origin, war.war());
  }
  return nb::make_tuple(variables_of(arrays), attributes, summary.failed_runs);
}

std::vector<ensemble::ComparedOutcome> metrics_of(const War& war, const std::vector<std::string>& names) {
  return value_or_raise(ensemble::compared_metrics(war, names));
}

void check_metrics(const LoadedWar& war, const std::vector<std::string>& names) {
  metrics_of(war.war(), names);
}

nb::tuple measure(const LoadedWar& war, const std::vector<std::string>& names, std::uint32_t runs, std::uint32_t first,
                  std::uint64_t seed, const std::string& solver, int steps_per_day, int threads,
                  const nb::object& progress) {
  const CompiledModel& model = war.model();
  std::vector<Metric> metrics;
  for (const ensemble::ComparedOutcome& asked : metrics_of(war.war(), names)) {
    metrics.push_back(asked.metric);
  }
  ensemble::EnsembleOptions options;
  options.solve = solve_options(solver, seed, steps_per_day);
  options.solve.every_days = ensemble::stored_every(metrics, model.n_days());
  options.runs = runs;
  options.first = first;
  options.threads = threads;
  ensemble::Measurement measured;
  work(progress, [&](Watch& watch) {
    options.stop = &watch.stop;
    options.progress = watch.progress;
    measured = ensemble::measure(model, options, metrics);
  });
  nb::list columns;
  for (std::vector<double>& numbers : measured.numbers) {
    columns.append(array_of(std::move(numbers)));
  }
  return nb::make_tuple(columns, measured.failed);
}

std::string kind_name(ensemble::ComparedKind kind) {
  switch (kind) {
    case ensemble::ComparedKind::survival:
      return "survival";
    case ensemble::ComparedKind::life:
      return "life_days";
    case ensemble::ComparedKind::value:
      return "value_share";
    case ensemble::ComparedKind::people:
      return "population_share";
    case ensemble::ComparedKind::losses:
      return "losses";
    case ensemble::ComparedKind::fighters:
      return "final_fighters";
    case ensemble::ComparedKind::distance:
      return fmt::format("{}_distance", issue_law().name);
    case ensemble::ComparedKind::issue:
      return std::string(issue_law().name);
    case ensemble::ComparedKind::harm:
      return "civilian_harm";
    case ensemble::ComparedKind::metric:
      return "metric";
  }
  return "";
}

/// What a war is compared with: another, or itself without an actor.
struct OtherSide {
  ActorIndex gone = kNone;
  std::optional<CompiledModel> reduced{};
  const LoadedWar* second = nullptr;

  const CompiledModel& model() const { return reduced ? *reduced : second->model(); }
};

OtherSide other_side(const LoadedWar& first, const LoadedWar* second, const std::string& without) {
  OtherSide other{.second = second};
  if (!without.empty()) {
    other.gone = value_or_raise(app::actor_of(first.war(), without, "without"));
    War war = value_or_raise(ensemble::without(first.war(), other.gone));
    other.reduced.emplace(value_or_raise(compile(std::make_shared<const War>(std::move(war)))));
  }
  const War& a = first.model().war();
  const War& b = other.model().war();
  if (a.parameters.size() != b.parameters.size() || a.start != b.start || a.end != b.end || a.sha256 != b.sha256) {
    raise_input_error(
        {{{}, "the two sides are not the same package on the same days", "compare two versions of one war"}});
  }
  if (const auto same = app::no_difference(a, b, "change an account, a number or the dates of one of them")) {
    raise_input_error({*same});
  }
  return other;
}

void check_sides(const LoadedWar& first, const LoadedWar* second, const std::string& without) {
  other_side(first, second, without);
}

nb::dict compare(const LoadedWar& first, const LoadedWar* second, const std::string& without,
                 const std::vector<std::string>& names, const std::vector<std::string>& titles, std::uint32_t runs,
                 std::uint64_t seed, const std::string& solver, int steps_per_day, int threads,
                 const nb::object& progress) {
  const OtherSide other = other_side(first, second, without);
  const CompiledModel& one = first.model();
  const War& a = one.war();
  const auto more = metrics_of(a, names);
  ensemble::EnsembleOptions options;
  options.solve = solve_options(solver, seed, steps_per_day);
  options.runs = runs;
  options.threads = threads;
  ensemble::Comparison comparison;
  work(progress, [&](Watch& watch) {
    options.stop = &watch.stop;
    options.progress = watch.progress;
    comparison = ensemble::compare(one, other.model(), options, more);
  });
  using Row = ensemble::ComparedRow;
  const nb::dict table = table_of(
      comparison.rows, Column{"outcome", [](const Row& row) { return row.outcome.name; }},
      Column{"kind", [](const Row& row) { return kind_name(row.outcome.kind); }},
      Column{"actor", [&](const Row& r) { return r.outcome.actor == kNone ? "" : a.actors[at(r.outcome.actor)].id; }},
      Column{"issue", [&](const Row& r) { return r.outcome.issue == kNone ? "" : a.issues[at(r.outcome.issue)]; }},
      Column{"first", [](const Row& row) { return row.first.value; }},
      Column{"first_se", [](const Row& row) { return row.first.standard_error; }},
      Column{"second", [](const Row& row) { return row.second.value; }},
      Column{"second_se", [](const Row& row) { return row.second.standard_error; }},
      Column{"difference", [](const Row& row) { return row.difference.value; }},
      Column{"difference_se", [](const Row& row) { return row.difference.standard_error; }}, Column{"low", &Row::low},
      Column{"high", &Row::high}, Column{"changed", &Row::changed},
      Column{"pairs", [](const Row& row) { return row.difference.n; }});
  const std::array<output::ComparedSide, 2> sides = {
      output::ComparedSide{titles[0], titles[0], first.overlay().accounts, first.overlay().settings},
      output::ComparedSide{titles[1], titles[1],
                           second != nullptr ? second->overlay().accounts : first.overlay().accounts,
                           second != nullptr ? second->overlay().settings : first.overlay().settings}};
  const std::string answer = output::comparison_answer({one, sides, comparison, other.gone});
  output::Provenance origin;
  origin.analysis = first.analysis();
  if (origin.analysis && second != nullptr && second->analysis()) {
    origin.analysis->learned.append(second->analysis()->learned);
  }
  nb::list first_numbers, second_numbers;
  for (Row& row : comparison.rows) {
    first_numbers.append(array_of(std::move(row.first_numbers)));
    second_numbers.append(array_of(std::move(row.second_numbers)));
  }
  nb::dict result;
  result["rows"] = table;
  result["first_numbers"] = first_numbers;
  result["second_numbers"] = second_numbers;
  result["fork"] = comparison.fork ? nb::cast(format_date(*comparison.fork)) : nb::none();
  result["first_failed"] = comparison.first_failed;
  result["second_failed"] = comparison.second_failed;
  result["answer"] = answer;
  result["analysis"] = output::analysis_json(origin, a);
  return result;
}

void check_outcome(const LoadedWar& war, const std::string& name) {
  value_or_raise(app::outcomes_of(war.war(), {name}));
}

std::string sensitivity(const std::vector<const LoadedWar*>& rivals, const std::vector<std::string>& ids,
                        const std::vector<std::string>& outcome_names, const std::string& by, std::uint32_t runs,
                        std::uint64_t seed, int steps_per_day, int threads, const nb::object& progress) {
  std::vector<sensitivity::Rival> competing;
  for (std::size_t i = 0; i < rivals.size(); ++i) {
    competing.push_back(app::rival_of(ids[i], rivals[i]->model()));
  }
  const sensitivity::Study study = value_or_raise(
      sensitivity::make_study(std::move(competing), *choice_of<sensitivity::Grouping>(sensitivity::kGroupings, by)));
  const std::vector<sensitivity::Outcome> outcomes = value_or_raise(app::outcomes_of(study.war(), outcome_names));
  sensitivity::SampleOptions options =
      value_or_raise(app::sample_options(study, runs, seed, steps_per_day, threads, "runs="));
  output::Provenance origin = provenance_of(*rivals.front(), "", threads);
  origin.accounts = ids;
  std::string json;
  work_with(progress, options, [&]() -> Diagnostics {
    TRUEL_TRY(auto store, ensemble::RunStore::open({}, ""));
    if (!sensitivity::run(study, options, store)) {
      return {kNoSpace};
    }
    if (*options.stop) {
      return {};
    }
    std::vector<sensitivity::Analysis> analyses;
    for (const sensitivity::Outcome& outcome : outcomes) {
      const sensitivity::Outcomes values = sensitivity::outcomes_of(study, outcome, store);
      TRUEL_TRY(auto analysis, app::analysis_of(study, outcome, values, seed, threads));
      analyses.push_back(std::move(analysis));
    }
    json = output::sensitivity_json(study, options.solve, analyses, origin);
    return {};
  });
  return json;
}

}  // namespace

void bind_studies(nb::module_& m) {
  m.def("run", &run, "war"_a, "runs"_a, "seed"_a, "solver"_a, "every"_a, "steps_per_day"_a, "threads"_a, "precision"_a,
        "parts"_a, "out"_a, "keep_paths"_a, "call"_a, "progress"_a.none(),
        nb::sig("def run(war: LoadedWar, runs: int, seed: int, solver: str, every: int, steps_per_day: int, "
                "threads: int, precision: float, parts: list[str], out: str, keep_paths: int, call: str, progress: "
                "object | None) -> "
                "tuple[dict[str, tuple[list[str], object, dict[str, object]]], dict[str, str], int]"),
        "Variables and attributes of ensemble.nc, and how many runs failed. parts: files of run_part.");
  m.def("analysed", &analysed, "war"_a, "observed"_a, "from_"_a, "until"_a, "runs"_a, "seed"_a, "solver"_a,
        "steps_per_day"_a, "threads"_a, nb::rv_policy::take_ownership,
        nb::sig("def analysed(war: LoadedWar, observed: str, from_: str, until: str, runs: int, seed: int, "
                "solver: str, steps_per_day: int, threads: int) -> LoadedWar"),
        "The war on these days, starting from an analysis of the months before.");
  m.def("run_part", &run_part, "war"_a, "index"_a, "count"_a, "runs"_a, "seed"_a, "solver"_a, "every"_a,
        "steps_per_day"_a, "threads"_a, "file"_a,
        nb::sig("def run_part(war: LoadedWar, index: int, count: int, runs: int, seed: int, solver: str, every: int, "
                "steps_per_day: int, threads: int, file: str) -> None"),
        "Runs part `index` of `count`, from 1 on, of an ensemble into a new file.");
  m.def("measure", &measure, "war"_a, "metrics"_a, "runs"_a, "first"_a, "seed"_a, "solver"_a, "steps_per_day"_a,
        "threads"_a, "progress"_a.none(),
        nb::sig("def measure(war: LoadedWar, metrics: list[str], runs: int, first: int, seed: int, solver: str, "
                "steps_per_day: int, threads: int, progress: object | None) -> tuple[list[object], int]"),
        "Metrics of every realization, and how many runs failed.");
  m.def("check_metrics", &check_metrics, "war"_a, "metrics"_a, "Raises InputError with those that the war has not.");
  m.def("check_sides", &check_sides, "first"_a, "second"_a.none(), "without"_a,
        nb::sig("def check_sides(first: LoadedWar, second: LoadedWar | None, without: str) -> None"),
        "Raises InputError where these cannot be compared.");
  m.def("check_outcome", &check_outcome, "war"_a, "outcome"_a, "Raises InputError where the war has none such.");
  m.def("compare", &compare, "first"_a, "second"_a.none(), "without"_a, "metrics"_a, "titles"_a, "runs"_a, "seed"_a,
        "solver"_a, "steps_per_day"_a, "threads"_a, "progress"_a.none(),
        nb::sig("def compare(first: LoadedWar, second: LoadedWar | None, without: str, metrics: list[str], "
                "titles: list[str], runs: int, seed: int, solver: str, steps_per_day: int, threads: int, "
                "progress: object | None) -> dict[str, object]"),
        "Two versions of a war in pairs of runs.");
  m.def("sensitivity", &sensitivity, "rivals"_a, "ids"_a, "outcomes"_a, "by"_a, "runs"_a, "seed"_a, "steps_per_day"_a,
        "threads"_a, "progress"_a.none(),
        nb::sig("def sensitivity(rivals: list[LoadedWar], ids: list[str], outcomes: list[str], by: str, runs: int, "
                "seed: int, steps_per_day: int, threads: int, progress: object | None) -> str"),
        "sensitivity.json.");
}

}  // namespace truel::python
