// Ids are names: others, which give actors, commands and places other numbers, change nothing that can be expected.
// Chance is keyed by numbers, so that a single realization is another one.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/outcomes.hpp"
#include "support/random_war.hpp"
#include "support/solve.hpp"

namespace truel::test {
namespace {

using solver::SolveOptions;
using solver::SolverKind;

constexpr auto kOutcomes = {ActorOutcome::final_fighters,
                            ActorOutcome::killed,
                            kRecruited,
                            kJoined,
                            kDeserted,
                            kDefected,
                            ActorOutcome::left,
                            ActorOutcome::harm,
                            ActorOutcome::value_share};

/// A war without what even the mean field draws by number (errors of estimates, lots of turns, what sides bear in a
/// battle, how well places are defended, how hard sides fight), without choices among equals, which go by lots (orders
/// to march, the last target of an air arm), and without what makes rounding matter: target exponents, and thousandths
/// of a man, who may be the last to stand at a place.
RC_GTEST_PROP(Names, leave_the_mean_field_as_it_is_to_rounding, ()) {
  WarBuilder war = random_war({.may_be_uncertain = false, .has_every_law = false});
  const std::string law = "scenario.laws.";
  for (const char* off :
       {"operations.on", "fire.timing", "fire.power_law", "battles.on", "hidden_defence.on", "hidden_lethality.on"}) {
    war.hold(law + off, 0);
  }
  war.set(law + "strikes.targets", 1000);
  const SolveOptions options{.solver = SolverKind::mean_field};
  const solver::Run run = solve_one(war.compile(), options);
  const solver::Run renamed = solve_one(war.renumbered().compile(), options);
  const int n = static_cast<int>(run.outcome.size()) / n_actor_outcomes();
  for (ActorIndex a = 0; a < n; ++a) {
    for (int o = 0; o < n_actor_outcomes(); ++o) {
      const double men = run.of(a, static_cast<ActorOutcome>(o));
      RC_PRE(!(men > 0 && men < 1e-3));
    }
  }
  for (ActorIndex a = 0; a < n; ++a) {
    for (const ActorOutcome o : kOutcomes) {
      RC_ASSERT(std::abs(run.of(a, o) - renamed.of(n - 1 - a, o)) <= 1e-5 * (1 + run.of(a, o)));
    }
  }
}

constexpr std::size_t kSample = 1000;

/// Greatest difference of two distribution functions (Smirnov 1939), in units of its spread for two equal samples.
double smirnov(std::vector<double> x, std::vector<double> y) {
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  double greatest = 0;
  for (const double at : x) {
    const auto below = [at](const std::vector<double>& z) {
      return static_cast<double>(std::upper_bound(z.begin(), z.end(), at) - z.begin()) / static_cast<double>(z.size());
    };
    greatest = std::max(greatest, std::abs(below(x) - below(y)));
  }
  return greatest * std::sqrt(static_cast<double>(x.size()) / 2);
}

/// Three at war over five places, with offensives, recruits, deserters and men who change sides.
WarBuilder campaign() {
  WarBuilder war(60);
  war.decide_every(5).ground("a").ground("b").ground("c").air("wing", "a");
  war.place("p", "a").place("q", "a").place("r", "b").place("s", "c").place("t", "b");
  for (const auto& [place, value] : {std::pair("p", 2.3), {"q", 3.1}, {"r", 1.7}, {"s", 2.9}, {"t", 1.1}}) {
    war.set(std::string("places.") + place + ".value", value);
  }
  war.road("p", "q", 21).road("q", "r", 33).road("r", "s", 18).road("s", "t", 47).road("t", "p", 29).road("q", "s", 38);
  war.force("a", "p", 90).force("a", "q", 131).force("b", "r", 120).force("b", "t", 74).force("c", "s", 150);
  for (const char* actor : {"a", "b", "c"}) {
    const std::string path = std::string("actors.") + actor + ".";
    war.set(path + "kill_rate", .03).set(path + "recruits_per_day", 1.5).set(path + "income", 90);
    war.set(path + "desertion_per_day", .02).doctrine(actor, Doctrine::priority);
    war.set(std::string("commands.") + actor + ".weight_weakness", 1);
  }
  war.set("actors.wing.sorties_per_day", 3).set("actors.wing.kills_per_sortie", .5);
  war.set("ties.b.c.defection_per_day", .01).set("ties.a.b.defection_per_day", .004);
  war.turn(30, InterventionAction::realign, "a", "c", .7, "b", 0);
  for (const char* law : {"operations", "recruitment", "income", "strikes", "defection"}) {
    war.set(std::string("scenario.laws.") + law + ".on", 1);
  }
  return war.set("scenario.laws.operations.estimate_error", .3);
}

TEST(Names, leave_the_distribution_of_every_outcome_as_it_is) {
  // Two samples of one distribution are further apart than this with chance 2 exp(-2 d^2) = 1e-6, less where outcomes
  // tie.
  constexpr double kBound = 2.694;
  const WarBuilder war = campaign();
  const std::vector<solver::Run> runs = solve_many(war.compile(), {}, kSample);
  const std::vector<solver::Run> renamed = solve_many(war.renumbered().compile(), {.seed = 2}, kSample);
  for (const char* id : {"a", "b", "c"}) {
    const ActorIndex a = war.actor(id);
    for (const ActorOutcome o : kOutcomes) {
      std::vector<double> x;
      std::vector<double> y;
      for (std::size_t r = 0; r < kSample; ++r) {
        x.push_back(runs[r].of(a, o));
        y.push_back(renamed[r].of(war.renumbered().actor(id), o));
      }
      EXPECT_LT(smirnov(x, y), kBound) << id << ", outcome " << static_cast<int>(o);
    }
  }
}

TEST(Names, are_not_kept_apart_by_a_test_that_sees_nothing) {
  const std::vector<solver::Run> runs = solve_many(campaign().compile(), {}, kSample);
  const std::vector<solver::Run> stronger =
      solve_many(campaign().set("actors.a.kill_rate", .05).compile(), {}, kSample);
  std::vector<double> x;
  std::vector<double> y;
  for (std::size_t r = 0; r < kSample; ++r) {
    x.push_back(runs[r].of(1, ActorOutcome::killed));
    y.push_back(stronger[r].of(1, ActorOutcome::killed));
  }
  EXPECT_GT(smirnov(x, y), 2.694);
}

}  // namespace
}  // namespace truel::test
