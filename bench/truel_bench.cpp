// How long the engine takes. Every benchmark checks its answer before it is timed.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <numeric>

#include "grid_war.hpp"
#include "tiled_war.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/laws/fire/fire_rates.hpp"
#include "truel/scenario/scenario.hpp"
#include "truel/solver/start.hpp"
#include "truel/world/presence.hpp"

namespace truel::bench {
namespace {

constexpr int kRuns = 16;

[[noreturn]] void stop(const std::string& why) {
  fmt::print(stderr, "the answer is wrong, so nothing is timed: {}\n", why);
  std::exit(1);
}

void require(bool holds, const std::string& what) {
  if (!holds) {
    stop(what);
  }
}

const War& reference() {
  static const War war = [] {
    auto read = scenario::read(TRUEL_SOURCE_DIR "/scenarios/syria-2016");
    if (!read) {
      stop(to_string(read.error().front()));
    }
    return std::move(*read);
  }();
  return war;
}

/// The reference scenario with its map `tiles` times and `days` days.
CompiledModel model_of(int tiles, int days) {
  War war = tiled(reference(), tiles);
  war.end = war.start + days;
  auto model = compile(std::make_shared<const War>(std::move(war)));
  if (!model) {
    stop(to_string(model.error().front()));
  }
  return std::move(*model);
}

/// Realizations with the median of every number, so that they differ by chance alone.
std::vector<solver::Run> solve_medians(const CompiledModel& model, int count) {
  std::vector<std::uint32_t> numbers(at(count));
  std::iota(numbers.begin(), numbers.end(), 0U);
  std::vector<double> values;
  for (int k = 0; k < count; ++k) {
    values.insert(values.end(), model.medians().begin(), model.medians().end());
  }
  std::vector<solver::Run> runs(at(count));
  const std::vector<solver::Path*> no_paths(at(count), nullptr);
  solver::solve(model, {.seed = 7}, numbers, values, runs, no_paths);
  return runs;
}

State first_day(const CompiledModel& model) {
  State state(model);
  state.seed = 7;
  state.values.assign(model.medians().begin(), model.medians().end());
  solver::start_realization(model, state, true);
  return state;
}

/// Places at which enemies meet on the first day.
int contested_places(const State& state) {
  int count = 0;
  for (PlaceIndex p = 0; p < state.n_places; ++p) {
    count += state.contested[at(p)] != 0;
  }
  return count;
}

/// Rates of fire at one place where so many actors meet. One item: the rate of one actor upon a hostile one.
void fire_at_one_place(benchmark::State& bench) {
  const int sides = static_cast<int>(bench.range(0));
  const CompiledModel model = model_of(1, 1);
  const PlaceIndex place = 0;
  // First the one that all others fight.
  std::vector<ActorIndex> who(at(model.n_actors()));
  std::iota(who.begin(), who.end(), 0);
  std::stable_partition(who.begin(), who.end(), [&](ActorIndex a) { return model.war().actors[at(a)].id == "isis"; });
  State state = first_day(model);
  int placed = 0;
  for (const ActorIndex a : who) {
    const bool takes_part = !model.is_air(a) && placed < sides;
    placed += takes_part;
    state.fighters[state.slot(place, a)] = takes_part ? 100 * (a + 1) : 0;
  }
  std::fill(state.effort_total.begin(), state.effort_total.end(), 1.0);  // all fire with all they have
  require(placed == sides, "the scenario has too few actors on the ground");
  refresh_place(state, place);
  laws::FireRates rates(state);
  laws::fire_rates(model, state, place, 10, rates);
  const auto end = rates.rate.begin() + static_cast<std::ptrdiff_t>(rates.pairs.size());
  const double sum = std::accumulate(rates.rate.begin(), end, 0.0);
  require(rates.n == sides, "not all sides are present");
  require(sum > 0 && std::isfinite(sum), "nobody fires");
  for (auto _ : bench) {
    laws::fire_rates(model, state, place, 10, rates);
    benchmark::DoNotOptimize(rates.rate.data());
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(rates.pairs.size()));
  bench.counters["pairs"] = static_cast<double>(rates.pairs.size());
}
BENCHMARK(fire_at_one_place)->DenseRange(2, 6)->Arg(8)->Arg(12);

/// One item: one day of one realization of the reference scenario (three years, sixteen realizations one after
/// another).
void day_of_one_realization(benchmark::State& bench) {
  const CompiledModel model = model_of(1, reference().end - reference().start);
  const auto together = solve_medians(model, kRuns);
  const auto alone = solve_medians(model, 1);
  require(together[0].fingerprint == alone[0].fingerprint, "a realization after others differs from itself alone");
  for (const auto& run : together) {
    require(run.status == solver::RunStatus::complete, "a realization failed");
  }
  for (auto _ : bench) {
    benchmark::DoNotOptimize(solve_medians(model, kRuns).data());
  }
  bench.SetItemsProcessed(bench.iterations() * kRuns * model.n_days());
}
BENCHMARK(day_of_one_realization)->Unit(benchmark::kMillisecond);

/// The same with the map so many times, for half a year. An item is as above; `contested` counts places where enemies
/// meet on the first day.
void tiled_map(benchmark::State& bench) {
  const int tiles = static_cast<int>(bench.range(0));
  constexpr int kDays = 182;
  const CompiledModel small = model_of(1, kDays);
  const CompiledModel model = model_of(tiles, kDays);
  const auto runs = solve_medians(model, kRuns);
  const auto small_runs = solve_medians(small, kRuns);
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    const double one = small_runs[0].of(a, ActorOutcome::first_fighters);
    const double all = runs[0].of(a, ActorOutcome::first_fighters);
    require(std::abs(all - tiles * one) <= 1e-3 * tiles * one + tiles * model.n_places(),
            "the tiles have other forces than the map");
  }
  const int contested = contested_places(first_day(model));
  const int contested_once = contested_places(first_day(small));
  require(std::abs(contested - tiles * contested_once) <= tiles, "the tiles have other fronts than the map");
  for (auto _ : bench) {
    benchmark::DoNotOptimize(solve_medians(model, kRuns).data());
  }
  bench.SetItemsProcessed(bench.iterations() * kRuns * kDays);
  bench.counters["contested"] = contested;
  bench.SetComplexityN(tiles);
}
BENCHMARK(tiled_map)->RangeMultiplier(2)->Range(1, 8)->Unit(benchmark::kMillisecond)->Complexity();

/// Four weeks on a map of so many towns, all joined. `model_MiB`: what the compiled model takes, roads for the most
/// part. `run_KiB`: what a realization takes, its state and its result.
void connected_grid(benchmark::State& bench) {
  const int side = static_cast<int>(bench.range(0));
  const auto in_use = [] { return mallinfo2().uordblks + mallinfo2().hblkhd; };
  const auto war = std::make_shared<const War>(grid(side));
  const std::size_t before = in_use();
  const auto model = compile(war);
  if (!model) {
    stop(to_string(model.error().front()));
  }
  const std::size_t compiled = in_use();
  bench.counters["model_MiB"] = static_cast<double>(compiled - before) / (1 << 20);
  const State state(*model);
  const auto runs = solve_medians(*model, 1);
  bench.counters["run_KiB"] = static_cast<double>(in_use() - compiled) / 1024;
  const auto of = [&](ActorIndex a, ActorOutcome o) { return runs[0].of(a, o); };
  require(of(0, ActorOutcome::first_fighters) + of(1, ActorOutcome::first_fighters) == 40.0 * side * side,
          "a town has other fighters than 40");
  require(of(0, ActorOutcome::killed) + of(1, ActorOutcome::killed) > 0, "nobody fights");
  for (auto _ : bench) {
    benchmark::DoNotOptimize(solve_medians(*model, 1).data());
  }
  bench.counters["towns"] = side * side;
}
BENCHMARK(connected_grid)->Arg(12)->Arg(16)->Arg(32)->Arg(64)->Arg(71)->Unit(benchmark::kMillisecond);

/// Memory of one realization in flight: its share of the state and what is kept of it until it is stored.
void memory_of_one_realization(benchmark::State& bench) {
  const CompiledModel model = model_of(1, reference().end - reference().start);
  const auto in_use = [] { return mallinfo2().uordblks + mallinfo2().hblkhd; };
  const std::size_t before = in_use();
  const State state = first_day(model);
  const std::size_t with_state = in_use();
  const auto runs = solve_medians(model, kRuns);
  const std::size_t with_runs = in_use();
  require(with_state > before && with_runs > with_state, "memory in use is not known here");
  for (auto _ : bench) {
    benchmark::DoNotOptimize(State(model).fighters.data());
  }
  bench.counters["state_KiB"] = static_cast<double>(with_state - before) / 1024;
  bench.counters["result_KiB"] = static_cast<double>(with_runs - with_state) / 1024 / kRuns;
}
BENCHMARK(memory_of_one_realization);

}  // namespace
}  // namespace truel::bench

BENCHMARK_MAIN();
