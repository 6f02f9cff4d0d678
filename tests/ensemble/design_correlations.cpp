// How strongly the drawn numbers of a package go together by chance of the design, against independent draws.
// design_correlations PACKAGE RUNS SEEDS [INDEPENDENT]: a line a design.
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
  const auto model = truel::dynamics::compile(std::make_shared<const truel::War>(std::move(*war)));
  const std::uint32_t runs = number(argv[2]);
  fmt::print("{} uncertain numbers, {} runs\n", model->uncertain().size(), runs);
  std::fflush(stdout);
  for (std::uint32_t seed = 1; seed <= (argc > 4 ? number(argv[4]) : 20); ++seed) {
    fmt::print("independent {}: {:.4f}\n", seed, truel::test::independent_draws(*model, seed, runs, 1).greatest());
    std::fflush(stdout);
  }
  for (std::uint32_t seed = 1; seed <= number(argv[3]); ++seed) {
    fmt::print("design {}: {:.4f}\n", seed, truel::test::design_draws(*model, seed, runs, 1).greatest());
    std::fflush(stdout);
  }
}
