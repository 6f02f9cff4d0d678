#include "support/markov_chain.hpp"

namespace truel::test {
namespace {

int living(const Units& units) {
  int n = 0;
  for (const int k : units) {
    n += k > 0;
  }
  return n;
}

}  // namespace

ChainEnd solve_chain(const Units& first, const LossRates& rates) {
  const auto size = [&](std::size_t side) { return static_cast<std::size_t>(first[side]) + 1; };
  const auto index = [&](const Units& u) {
    return (static_cast<std::size_t>(u[0]) * size(1) + static_cast<std::size_t>(u[1])) * size(2) +
           static_cast<std::size_t>(u[2]);
  };
  ChainEnd end;
  for (std::size_t side = 0; side < kSides; ++side) {
    end.survivor_chance[side].assign(size(side), 0);
  }
  std::vector<double> mass(size(0) * size(1) * size(2), 0);
  mass[index(first)] = 1;
  for (int i = first[0]; i >= 0; --i) {
    for (int j = first[1]; j >= 0; --j) {
      for (int k = first[2]; k >= 0; --k) {
        const Units here = {i, j, k};
        const double chance = mass[index(here)];
        if (chance <= 0) {
          continue;
        }
        if (living(here) <= 1) {
          for (std::size_t side = 0; side < kSides; ++side) {
            end.wins[side] += here[side] > 0 ? chance : 0;
            end.survivors[side] += chance * here[side];
            end.survivor_chance[side][static_cast<std::size_t>(here[side])] += chance;
          }
          continue;
        }
        const std::array<double, kSides> rate = rates(here);
        const double total = rate[0] + rate[1] + rate[2];
        end.duration += chance / total;
        for (std::size_t side = 0; side < kSides; ++side) {
          if (here[side] > 0 && rate[side] > 0) {
            Units next = here;
            --next[side];
            mass[index(next)] += chance * rate[side] / total;
          }
        }
      }
    }
  }
  return end;
}

LossRates aimed_fire(const std::array<double, kSides>& rate,
                     const std::array<std::array<double, kSides>, kSides>& share) {
  return [=](const Units& units) {
    std::array<double, kSides> losses{};
    for (std::size_t i = 0; i < kSides; ++i) {
      double planned = 0;
      int enemies = 0;
      for (std::size_t j = 0; j < kSides; ++j) {
        planned += i != j && units[j] > 0 ? share[i][j] : 0;
        enemies += i != j && units[j] > 0;
      }
      for (std::size_t j = 0; j < kSides && units[i] > 0; ++j) {
        if (i != j && units[j] > 0) {
          losses[j] += rate[i] * units[i] * (planned > 0 ? share[i][j] / planned : 1. / enemies);
        }
      }
    }
    return losses;
  };
}

}  // namespace truel::test
