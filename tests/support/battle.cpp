#include "support/battle.hpp"

#include <cmath>

namespace truel::test {
namespace {

std::string name(std::size_t side) {
  return {static_cast<char>('a' + side)};
}

}  // namespace

Matrix all_pairs(std::size_t sides, double number) {
  return Matrix(sides, std::vector<double>(sides, number));
}

Matrix even_shares(std::size_t sides) {
  return all_pairs(sides, 1 / (static_cast<double>(sides) - 1));
}

WarBuilder battle_war(const Battle& battle, int days) {
  WarBuilder war(days);
  const std::size_t n = battle.strength.size();
  for (std::size_t i = 0; i < n; ++i) {
    war.ground(name(i));
  }
  war.place("field", "a").set("places.field.population", battle.population);
  for (std::size_t i = 0; i < n; ++i) {
    war.force(name(i), "field", battle.strength[i]);
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) {
        continue;
      }
      const std::string tie = "ties." + name(i) + "." + name(j);
      war.set(tie + ".kill_rate", battle.rate[i][j]).set(tie + ".share", battle.share[i][j]);
      if (!battle.visibility.empty()) {
        war.set(tie + ".visibility", battle.visibility[i][j]);
      }
    }
  }
  return war;
}

Ending ending(const solver::Run& run, std::size_t sides) {
  Ending ending;
  for (std::size_t i = 0; i < sides; ++i) {
    ending.left.push_back(run.of(static_cast<ActorIndex>(i), ActorOutcome::final_fighters));
    ending.gone.push_back(run.of(static_cast<ActorIndex>(i), ActorOutcome::extinction_day));
  }
  return ending;
}

double tired_days(int days, double t0) {
  const int n = 20'000;
  double tau = 0;
  for (int i = 0; i <= n; ++i) {
    const double s = static_cast<double>(days) * i / n;
    tau += (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2) / std::log(std::exp(1) + s / t0);
  }
  return tau * static_cast<double>(days) / n / 3;
}

Ending solve_battle(const Battle& battle, int days) {
  const solver::SolveOptions options{.solver = solver::SolverKind::mean_field, .every_days = days};
  return ending(solve_one(battle_war(battle, days).compile(), options), battle.strength.size());
}

}  // namespace truel::test
