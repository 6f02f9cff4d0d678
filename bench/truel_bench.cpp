// How long the engine takes. Every benchmark checks its answer before it is timed.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <numeric>

#include "tiled_war.hpp"
#include "truel/dynamics/attrition.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::bench {
namespace {

using dynamics::CompiledModel;
using dynamics::State;

constexpr int kLanes = 16;

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
  auto model = dynamics::compile(std::make_shared<const War>(std::move(war)));
  if (!model) {
    stop(to_string(model.error().front()));
  }
  return std::move(*model);
}

/// Realizations with the median of every number, so that they differ by chance alone.
std::vector<solver::Run> solve_medians(const CompiledModel& model, int lanes) {
  std::vector<std::uint32_t> numbers(at(lanes));
  std::iota(numbers.begin(), numbers.end(), 0U);
  std::vector<double> values;
  for (int lane = 0; lane < lanes; ++lane) {
    values.insert(values.end(), model.medians().begin(), model.medians().end());
  }
  std::vector<solver::Run> runs(at(lanes));
  const std::vector<solver::Path*> no_paths(at(lanes), nullptr);
  solver::solve(model, {.seed = 7}, numbers, values, runs, no_paths);
  return runs;
}

State first_day(const CompiledModel& model, int lanes) {
  State state(model, lanes);
  state.seed = 7;
  for (int lane = 0; lane < lanes; ++lane) {
    for (std::size_t i = 0; i < model.medians().size(); ++i) {
      state.value(static_cast<int>(i), lane) = model.medians()[i];
    }
    dynamics::start_lane(model, state, lane, true);
  }
  return state;
}

/// Places at which enemies meet on the first day.
int contested_places(const State& state) {
  int count = 0;
  for (PlaceIndex p = 0; p < state.n_places; ++p) {
    count += state.contested[state.one(p, 0)] != 0;
  }
  return count;
}

/// Rates of fire at one place where so many actors meet, in all lanes. One item: the rate of one actor upon a hostile
/// one in one lane.
void fire_at_one_place(benchmark::State& bench) {
  const int sides = static_cast<int>(bench.range(0));
  const CompiledModel model = model_of(1, 1);
  const PlaceIndex place = 0;
  // First the one that all others fight.
  std::vector<ActorIndex> who(at(model.n_actors()));
  std::iota(who.begin(), who.end(), 0);
  std::stable_partition(who.begin(), who.end(), [&](ActorIndex a) { return model.war().actors[at(a)].id == "isis"; });
  const auto meet = [&](int lanes) {
    State state = first_day(model, lanes);
    int placed = 0;
    for (const ActorIndex a : who) {
      const bool takes_part = !model.is_air(a) && placed < sides;
      placed += takes_part;
      for (int lane = 0; lane < lanes; ++lane) {
        state.fighters[state.slot(place, a, lane)] = takes_part ? 100 * (a + 1) : 0;
      }
    }
    std::fill(state.effort_total.begin(), state.effort_total.end(), 1.0);  // all fire with all they have
    require(placed == sides, "the scenario has too few actors on the ground");
    for (int lane = 0; lane < lanes; ++lane) {
      dynamics::refresh_place(state, place, lane);
    }
    return state;
  };
  const auto total = [&](const State& state, dynamics::FireRates& rates) {
    dynamics::fire_rates(model, state, place, 10, 0, state.width, rates);
    double sum = 0;
    for (std::size_t pair = 0; pair < rates.pairs.size(); ++pair) {
      sum += rates.rate[pair * at(state.width)];
    }
    return sum;
  };

  const State state = meet(kLanes);
  dynamics::FireRates rates(state);
  const State alone = meet(1);
  dynamics::FireRates rates_alone(alone);
  const double sum = total(state, rates);
  require(rates.n == sides, "not all sides are present");
  require(sum > 0 && std::isfinite(sum), "nobody fires");
  require(sum == total(alone, rates_alone), "a lane beside others has other rates than alone");
  for (auto _ : bench) {
    dynamics::fire_rates(model, state, place, 10, 0, kLanes, rates);
    benchmark::DoNotOptimize(rates.rate.data());
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(rates.pairs.size()) * kLanes);
  bench.counters["pairs"] = static_cast<double>(rates.pairs.size());
}
BENCHMARK(fire_at_one_place)->DenseRange(2, 6)->Arg(8)->Arg(12);

/// One item: one day of one realization of the reference scenario (three years, sixteen realizations side by side).
void day_of_one_realization(benchmark::State& bench) {
  const CompiledModel model = model_of(1, reference().end - reference().start);
  const auto together = solve_medians(model, kLanes);
  const auto alone = solve_medians(model, 1);
  require(together[0].fingerprint == alone[0].fingerprint, "a realization beside others differs from itself alone");
  for (const auto& run : together) {
    require(run.status == solver::RunStatus::complete, "a realization failed");
  }
  for (auto _ : bench) {
    benchmark::DoNotOptimize(solve_medians(model, kLanes).data());
  }
  bench.SetItemsProcessed(bench.iterations() * kLanes * model.n_days());
}
BENCHMARK(day_of_one_realization)->Unit(benchmark::kMillisecond);

/// The same with the map so many times, for half a year. An item is as above; `contested` counts places where enemies
/// meet on the first day.
void tiled_map(benchmark::State& bench) {
  const int tiles = static_cast<int>(bench.range(0));
  constexpr int kDays = 182;
  const CompiledModel small = model_of(1, kDays);
  const CompiledModel model = model_of(tiles, kDays);
  const auto runs = solve_medians(model, kLanes);
  const auto small_runs = solve_medians(small, kLanes);
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    const double one = small_runs[0].of(a, solver::ActorOutcome::first_fighters);
    const double all = runs[0].of(a, solver::ActorOutcome::first_fighters);
    require(std::abs(all - tiles * one) <= 1e-3 * tiles * one + tiles * model.n_places(),
            "the tiles have other forces than the map");
  }
  const int contested = contested_places(first_day(model, 1));
  const int contested_once = contested_places(first_day(small, 1));
  require(std::abs(contested - tiles * contested_once) <= tiles, "the tiles have other fronts than the map");
  for (auto _ : bench) {
    benchmark::DoNotOptimize(solve_medians(model, kLanes).data());
  }
  bench.SetItemsProcessed(bench.iterations() * kLanes * kDays);
  bench.counters["contested"] = contested;
  bench.SetComplexityN(tiles);
}
BENCHMARK(tiled_map)->RangeMultiplier(2)->Range(1, 8)->Unit(benchmark::kMillisecond)->Complexity();

/// Memory of one realization in flight: its share of the state and what is kept of it until it is stored.
void memory_of_one_realization(benchmark::State& bench) {
  const CompiledModel model = model_of(1, reference().end - reference().start);
  const auto in_use = [] { return mallinfo2().uordblks + mallinfo2().hblkhd; };
  const std::size_t before = in_use();
  const State state = first_day(model, kLanes);
  const std::size_t with_state = in_use();
  const auto runs = solve_medians(model, kLanes);
  const std::size_t with_runs = in_use();
  require(with_state > before && with_runs > with_state, "memory in use is not known here");
  for (auto _ : bench) {
    benchmark::DoNotOptimize(State(model, kLanes).fighters.data());
  }
  bench.counters["state_KiB"] = static_cast<double>(with_state - before) / 1024 / kLanes;
  bench.counters["result_KiB"] = static_cast<double>(with_runs - with_state) / 1024 / kLanes;
}
BENCHMARK(memory_of_one_realization);

}  // namespace
}  // namespace truel::bench

BENCHMARK_MAIN();
