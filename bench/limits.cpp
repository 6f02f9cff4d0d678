// What one core of this machine can do at best at the three things that a realization is made of: random numbers,
// multiplications and additions, bytes moved. docs/performance.md holds the engine against these.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <numeric>
#include <vector>

#include "truel/base/random.hpp"
#include "truel/laws/laws.hpp"

namespace truel::bench {
namespace {

/// Uniform numbers of the generator that the engine uses, made many at once. One item: a number.
void uniform_numbers(benchmark::State& bench) {
  std::vector<double> numbers(1024);
  std::uint32_t run = 0;
  for (auto _ : bench) {
    RandomStream(7, run++, 0, Purpose::events, 0).uniform(numbers.data(), numbers.size());
    benchmark::DoNotOptimize(numbers.data());
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(numbers.size()));
}
BENCHMARK(uniform_numbers);

/// The same, one stream for every two numbers, as places have them. One item: a number.
void uniform_numbers_of_short_streams(benchmark::State& bench) {
  std::uint32_t place = 0;
  for (auto _ : bench) {
    RandomStream random(7, 0, 0, laws::Fire::kPurpose, place++);
    benchmark::DoNotOptimize(random.uniform() + random.uniform());
  }
  bench.SetItemsProcessed(bench.iterations() * 2);
}
BENCHMARK(uniform_numbers_of_short_streams);

/// a x + b of numbers that stay in the first-level cache. One item: a multiplication and an addition.
void multiply_adds(benchmark::State& bench) {
  std::vector<double> x(1024, 1.0);
  for (auto _ : bench) {
    for (double& one : x) {
      one = one * 0.999 + 0.001;
    }
    benchmark::DoNotOptimize(x.data());
    benchmark::ClobberMemory();
  }
  bench.SetItemsProcessed(bench.iterations() * static_cast<std::int64_t>(x.size()));
}
BENCHMARK(multiply_adds);

/// Reads and adds up so many KiB. Bytes: those read.
void bytes_read(benchmark::State& bench) {
  const std::vector<double> x(static_cast<std::size_t>(bench.range(0)) * 1024 / sizeof(double), 1.0);
  for (auto _ : bench) {
    double sums[8] = {};  // additions that wait for one another would hide how fast memory is
    for (std::size_t k = 0; k + 8 <= x.size(); k += 8) {
      for (std::size_t j = 0; j < 8; ++j) {
        sums[j] += x[k + j];
      }
    }
    benchmark::DoNotOptimize(std::accumulate(sums, sums + 8, 0.0));
  }
  bench.SetBytesProcessed(bench.iterations() * bench.range(0) * 1024);
}
BENCHMARK(bytes_read)->Arg(16)->Arg(512)->Arg(64 * 1024);

}  // namespace
}  // namespace truel::bench

BENCHMARK_MAIN();
