// In every package that ships, in every solver: men at the start and those who came are those who went and those left.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <vector>

#include "support/outcomes.hpp"
#include "support/solve.hpp"
#include "support/statistics.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::test {
namespace {

namespace fs = std::filesystem;
using solver::Run;
using solver::SolverKind;

/// Every folder of scenarios/ that holds a package, by its path.
std::vector<fs::path> packages() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(TRUEL_SOURCE_DIR) / "scenarios")) {
    if (entry.path().filename() == "scenario.toml") {
      found.push_back(entry.path().parent_path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// Men who are too many or too few, of one actor.
struct Gap {
  double men = 0;     ///< came less went less left
  double deaths = 0;  ///< by attacker, all together, less killed
  double came = 0;
};

Gap gap_of(const Run& run, std::size_t n_actors, ActorIndex a) {
  const auto of = [&](ActorOutcome o) { return run.of(a, o); };
  Gap gap;
  gap.came = of(ActorOutcome::first_fighters) + sum_of(is_gain, of);
  gap.men = gap.came - sum_of(is_loss, of) - of(ActorOutcome::final_fighters);
  gap.deaths = -of(ActorOutcome::killed);
  for (std::size_t by = 0; by < n_actors; ++by) {
    gap.deaths += run.losses[by * n_actors + at(a)];
  }
  return gap;
}

/// Runs of the package by the solver, and how many came to their end.
std::size_t check_balances(const fs::path& package, const CompiledModel& model, SolverKind kind, std::uint32_t runs) {
  solver::SolveOptions options{.solver = kind, .keeps_months = false};
  options.event_limit = 300'000;  // what is longer is for the leap
  std::size_t complete = 0;
  for (std::uint32_t number = 0; number < runs; ++number) {
    const Run run = solve_one(model, options, number);
    if (run.status != solver::RunStatus::complete) {
      continue;
    }
    ++complete;
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      const Gap gap = gap_of(run, at(model.n_actors()), a);
      const double slack = kind == SolverKind::mean_field ? 1e-6 * (1 + gap.came) : 0;
      const auto where = [&] {
        return package.filename().string() + ", " + std::string(to_string(kind)) + ", run " + std::to_string(number) +
               ", " + model.war().actors[at(a)].id;
      };
      EXPECT_LE(std::abs(gap.men), slack) << where() << " of " << gap.came;
      EXPECT_LE(std::abs(gap.deaths), slack) << where() << " of " << gap.came;
    }
  }
  return complete;
}

TEST(EveryPackage, loses_and_makes_no_men_in_any_solver) {
  std::size_t exact = 0;
  constexpr std::uint32_t kEach = kSanitized ? 1 : 2;
  const std::vector<fs::path> all = packages();
  ASSERT_GT(all.size(), 60U);
  for (const fs::path& package : all) {
    const auto war = scenario::read(package);
    ASSERT_TRUE(war.has_value()) << package;
    const auto compiled = compile(std::make_shared<const War>(*war));
    ASSERT_TRUE(compiled.has_value()) << package;
    const CompiledModel& model = *compiled;
    EXPECT_EQ(check_balances(package, model, SolverKind::leap, kEach), kEach) << package;
    EXPECT_EQ(check_balances(package, model, SolverKind::mean_field, kEach), kEach) << package;
    exact += check_balances(package, model, SolverKind::exact, 1);
  }
  EXPECT_GT(exact, all.size() / 2);
}

}  // namespace
}  // namespace truel::test
