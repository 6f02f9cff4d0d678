// Who goes underground, who is found there, who comes back.
#include "truel/laws/underground/underground.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/outcomes.hpp"
#include "support/solve.hpp"
#include "support/statistics.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

using solver::SolverKind;

constexpr ActorIndex kRemnant = 0;
constexpr ActorIndex kArmy = 1;
constexpr PlaceIndex kTown = 0;
constexpr PlaceIndex kCamp = 1;

/// The remnant holds a town with 1,000 people against an army that stands in it; the camp is another place of the army.
WarBuilder held_town(int days = 210) {
  WarBuilder war(days);
  war.ground("remnant").ground("army").place("town", "remnant").place("camp", "army").decide_every(7);
  war.set("scenario.laws.fire.on", 0).set("scenario.laws.operations.on", 1).set("scenario.laws.underground.on", 1);
  war.set("places.town.population", 1000).set("commands.remnant.breaking_point", .3);
  war.set("actors.remnant.underground_share", .4).set("commands.army.attack_ratio", 100);
  return war;
}

double underground(const Scene& scene, PlaceIndex p) {
  return scene.state.underground[scene.state.slot(p, kRemnant)];
}

TEST(Underground, goes_a_share_of_those_who_cannot_hold_their_place) {
  WarBuilder war = held_town();
  war.force("remnant", "town", 100).force("army", "town", 1000);
  war.place("refuge", "remnant").road("town", "refuge", 20);
  for (const bool is_on : {true, false}) {
    war.set("scenario.laws.underground.on", is_on ? 1 : 0);
    Scene scene = decided(war.compile());
    EXPECT_EQ(is_on ? underground(scene, kTown) : 0, is_on ? 40 : 0);
    EXPECT_EQ(scene.marching(kRemnant), is_on ? 60 : 100);
    EXPECT_EQ(scene.total(kRemnant), 100);
    EXPECT_EQ(scene.control(kTown), kArmy);
  }
}

TEST(Underground, goes_nobody_who_can_hold_out_or_attacks) {
  WarBuilder holds = held_town();
  holds.force("remnant", "town", 1000).force("army", "town", 1000);
  WarBuilder attacks = held_town();
  attacks.force("remnant", "camp", 100).force("army", "camp", 1000);
  for (const WarBuilder& war : {holds, attacks}) {
    Scene scene = decided(war.compile());
    EXPECT_EQ(underground(scene, kTown) + underground(scene, kCamp), 0);
  }
}

// Those who join at rate r and are found at rate d each: from u the mean after t is u e^(-dt) + r (1 - e^(-dt)) / d,
// and who is left of the u is binomial, who joined and stays is Poisson. Here d = .02 x 10 of 20 policemen wanted x
// (1 - .5 x .4 of the people who hide them x (1 - .25 of their being known)) and r = .0005 x .4 x 1000.
TEST(Underground, is_found_and_joined_as_an_immigration_and_death_process) {
  WarBuilder war = held_town(70);
  war.force("army", "town", 10).support("remnant", "town", .4).set("actors.army.policing_per_day", .02);
  war.set("actors.remnant.concealment", .5).set("actors.army.intelligence", .25);
  war.set("actors.remnant.underground_recruitment_per_day", .0005);
  war.set("scenario.laws.underground.surfacing_odds", 1).set("scenario.laws.operations.on", 0);
  const double d = .02 * .5 * (1 - .5 * .4 * .75);
  const double r = .0005 * .4 * 1000;
  const double stay = std::exp(-d * 63);  // the last interval ends with the war
  const double mean = 50 * stay + r * (1 - stay) / d;
  const double variance = 50 * stay * (1 - stay) + r * (1 - stay) / d;
  const CompiledModel model = war.compile();
  for (const bool is_whole : {true, false}) {
    Sample left;
    Sample squares;
    for (std::uint32_t number = 0; number < (is_whole ? 2000U : 1U); ++number) {
      Scene scene(model, is_whole, 1, number);
      scene.state.underground[scene.state.slot(kTown, kRemnant)] = 50;
      scene.play(70, is_whole ? SolverKind::leap : SolverKind::mean_field);
      const double u = underground(scene, kTown);
      left.add(u);
      squares.add((u - mean) * (u - mean));
      const State& s = scene.state;
      EXPECT_NEAR(50 + s.tally(kRecruited, kRemnant), u + s.tally(ActorOutcome::killed, kRemnant), 1e-9);
      EXPECT_EQ(s.tallies.losses[s.pair(kArmy, kRemnant)], s.tally(ActorOutcome::killed, kRemnant));
    }
    if (is_whole) {
      expect_mean(left, mean, "underground");
      expect_mean(squares, variance, "variance");
    } else {
      EXPECT_NEAR(left.mean(), mean, 1e-9);
    }
  }
}

TEST(Underground, rises_when_the_garrison_has_gone_and_not_before) {
  WarBuilder war = held_town();
  war.force("remnant", "town", 100).force("army", "town", 1000).leave(35, "army", "town", 990);
  war.set("scenario.laws.underground.surfacing_fighters", 30);
  Scene scene(war.compile());
  scene.play(34);
  EXPECT_GT(underground(scene, kTown), 0);
  scene.play(35);
  EXPECT_EQ(underground(scene, kTown), 0);
  EXPECT_EQ(scene.fighters(kTown, kRemnant), 100);
  war.set("scenario.laws.underground.surfacing_fighters", 101);
  Scene later(war.compile());
  later.play(100);
  EXPECT_GT(underground(later, kTown), 0);
}

TEST(Underground, rises_only_where_enemies_or_friends_rule) {
  WarBuilder war = held_town();
  war.ground("neutral").place("village", "neutral").align("neutral", "remnant", 0);
  Scene scene = decided(war.compile());
  scene.state.control[at(kTown)] = kArmy;
  for (const PlaceIndex p : {kTown, PlaceIndex{2}}) {
    scene.state.underground[scene.state.slot(p, kRemnant)] = 50;
  }
  laws::surface(scene.model, scene.state);
  EXPECT_EQ(scene.fighters(kTown, kRemnant), 50);
  EXPECT_EQ(scene.control(kTown), kRemnant);
  EXPECT_EQ(scene.fighters(2, kRemnant), 0);
}

// It holds no place, so that it survives by its men underground alone, and is extinct when the last of them is found.
TEST(Underground, keeps_an_organisation_alive_until_its_last_man_is_found) {
  for (const SolverKind kind : {SolverKind::leap, SolverKind::exact}) {
    WarBuilder war = held_town(2000);
    war.force("remnant", "town", 100).force("army", "town", 1000).set("actors.remnant.underground_share", 1);
    const solver::SolveOptions options{.solver = kind};
    const solver::Run hidden = solve_one(war.compile(), options);
    EXPECT_EQ(hidden.of(kRemnant, ActorOutcome::survives), 1);
    EXPECT_EQ(hidden.of(kRemnant, ActorOutcome::value_share), 0);
    EXPECT_EQ(hidden.of(kRemnant, kUnderground), 100);
    EXPECT_EQ(hidden.of(kRemnant, ActorOutcome::final_fighters), 100);
    war.set("actors.army.policing_per_day", .1);
    const solver::Run found = solve_one(war.compile(), options);
    EXPECT_EQ(found.of(kRemnant, ActorOutcome::survives), 0);
    EXPECT_EQ(found.of(kRemnant, ActorOutcome::killed), 100);
    EXPECT_GT(found.of(kRemnant, ActorOutcome::extinction_day), 7);
    EXPECT_LT(found.of(kRemnant, ActorOutcome::extinction_day), 300);  // the last of 100 at a rate of .1: about 52 days
  }
}

}  // namespace
}  // namespace truel::test
