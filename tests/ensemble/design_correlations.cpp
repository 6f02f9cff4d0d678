// How strongly the drawn numbers of a package go together by chance of the design, against independent draws.
// design_correlations PACKAGE RUNS SEEDS [INDEPENDENT]: a line a design. Exit status 1 if the greatest correlation of
// the design is, in the mean of the seeds, above that of every independent design, or the mean square of one above what
// it may be.
#include "ensemble/design_correlations.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstring>

#include "truel/scenario/scenario.hpp"

namespace {

std::uint32_t number(const char* text) {
  std::uint32_t value = 0;
  std::from_chars(text, text + std::strlen(text), value);
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "design_correlations PACKAGE RUNS SEEDS [INDEPENDENT]\n");
    return 2;
  }
  auto war = truel::scenario::read(argv[1]);
  const auto model = truel::compile(std::make_shared<const truel::War>(std::move(*war)));
  const std::uint32_t runs = number(argv[2]);
  fmt::print("{} uncertain numbers, {} runs\n", model->uncertain().size(), runs);
  std::fflush(stdout);
  const auto measure = [&](const char* what, std::uint32_t seed, const truel::test::RankCorrelations& draws) {
    fmt::print("{} {}: {:.4f}, mean square times runs {:.4f}\n", what, seed, draws.greatest(),
               draws.mean_square() * runs);
    std::fflush(stdout);
    return draws.greatest();
  };
  double most = 0;
  for (std::uint32_t seed = 1; seed <= (argc > 4 ? number(argv[4]) : 20); ++seed) {
    most = std::max(most, measure("independent", seed, truel::test::independent_draws(*model, seed, runs, 1)));
  }
  const std::uint32_t seeds = number(argv[3]);
  const auto numbers = static_cast<double>(model->uncertain().size());
  double sum = 0;
  bool is_good = true;
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    const auto draws = truel::test::design_draws(*model, seed, runs, 1);
    sum += measure("design", seed, draws);
    is_good = is_good && draws.mean_square() * runs <= truel::test::greatest_mean_square(runs, numbers);
  }
  is_good = is_good && sum / seeds <= most;
  fmt::print("{}\n", is_good ? "no more correlated than independent draws" : "more correlated than independent draws");
  return is_good ? 0 : 1;
}
