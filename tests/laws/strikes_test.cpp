// Strikes from the air: who is exposed, and where the sorties go.
#include <gtest/gtest.h>

#include <map>

#include "support/solve.hpp"
#include "support/statistics.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/laws.hpp"
#include "truel/laws/strikes/strike_rates.hpp"
#include "truel/world/marches.hpp"
#include "truel/world/presence.hpp"

namespace truel::test {
namespace {

/// z's 20 sorties a day kill 0.5 fully exposed fighters each; m is 0.1, 0.4 and 0.9 for a garrison, an assault, a
/// march.
WarBuilder air_war() {
  WarBuilder war(60);
  war.ground("a").ground("b").air("z").place("town", "a").place("fort", "b").road("town", "fort", 50);
  war.align("b", "z", 1).set("ties.z.a.share", 1).set("scenario.laws.strikes.on", 1);
  war.set("actors.z.sorties_per_day", 20).set("actors.z.kills_per_sortie", .5);
  war.set("scenario.laws.strikes.exposure_garrison", .1).set("scenario.laws.strikes.exposure_assault", .4);
  return war.set("scenario.laws.strikes.exposure_road", .9);
}

constexpr PlaceIndex kOwnTown = 0;
constexpr PlaceIndex kEnemyFort = 1;
constexpr ActorIndex kAir = 2;

TEST(Strikes, hit_a_march_harder_than_an_assault_and_an_assault_harder_than_a_garrison) {
  WarBuilder war = air_war();
  war.force("a", "town", 100).force("a", "fort", 100);
  Scene scene(war.compile());
  const auto kills = [&](const laws::Strike& strike) {
    return laws::strike_rate(scene.model, scene.state, strike).kills;
  };
  EXPECT_DOUBLE_EQ(kills({kAir, kA, kOwnTown, 0, 1}), 10 * .1);
  EXPECT_DOUBLE_EQ(kills({kAir, kA, kEnemyFort, 0, 1}), 10 * .4);
  send_march(scene.model, scene.state, kA, kOwnTown, kEnemyFort, 50, 30, MarchTask::offensive);
  const int march = scene.state.marches[0].id;
  EXPECT_DOUBLE_EQ(kills({kAir, kA, kNone, march, 1}), 10 * .9);
  EXPECT_DOUBLE_EQ(kills({kAir, kA, kNone, march, .25}), 10 * .9 / 4);
  EXPECT_EQ(kills({kAir, kA, kNone, march + 1, 1}), 0);  // no such march
}

TEST(Strikes, find_a_garrison_that_is_attacked_as_well_as_the_better_of_two_exposures_says) {
  for (const auto& [fight, found] : {std::pair{.25, .25}, {.05, .1}}) {
    WarBuilder war = air_war();
    war.force("a", "town", 100).set("scenario.laws.strikes.exposure_fight", fight);
    const CompiledModel quiet = war.compile();
    war.force("b", "town", 1);
    const CompiledModel attacked = war.compile();
    const laws::Strike strike{kAir, kA, kOwnTown, 0, 1};
    EXPECT_DOUBLE_EQ(laws::strike_rate(quiet, Scene(quiet).state, strike).kills, 10 * .1);
    EXPECT_DOUBLE_EQ(laws::strike_rate(attacked, Scene(attacked).state, strike).kills, 10 * found);
  }
}

TEST(Strikes, find_a_force_that_has_just_taken_a_place_in_the_open) {
  WarBuilder war = air_war();
  war.decide_every(7).force("a", "fort", 100).force("b", "fort", 1);
  Scene scene(war.compile());
  const laws::Strike strike{kAir, kA, kEnemyFort, 0, 1};
  const auto kills = [&] { return laws::strike_rate(scene.model, scene.state, strike).kills; };
  scene.state.day = 10;
  scene.state.fighters[scene.state.slot(kEnemyFort, 1)] = 0;
  refresh_place(scene.state, kEnemyFort);
  settle_control(scene.state, kEnemyFort);
  ASSERT_EQ(scene.control(kEnemyFort), kA);
  EXPECT_DOUBLE_EQ(kills(), 10 * .4);
  scene.state.day = 16;
  EXPECT_DOUBLE_EQ(kills(), 10 * .4);
  scene.state.day = 17;  // dug in after a week
  EXPECT_DOUBLE_EQ(kills(), 10 * .1);
}

TEST(Strikes, among_people_hit_some_by_chance_and_harm_the_rest) {
  WarBuilder war = air_war();
  war.force("a", "town", 100).set("places.town.population", 400);
  const Scene scene(war.compile());
  const laws::StrikeRate rate = laws::strike_rate(scene.model, scene.state, {kAir, kA, kOwnTown, 0, 1});
  EXPECT_DOUBLE_EQ(rate.kills, 10 * (.1 + .9 * .25));
  EXPECT_DOUBLE_EQ(rate.harm, 10 * .9 * .75);
  EXPECT_DOUBLE_EQ(rate.kills + rate.harm, 10);
}

/// Share of the sorties by place (kNone: marches), all targets together.
std::map<PlaceIndex, double> sorties(const Scene& scene) {
  std::map<PlaceIndex, double> shares;
  for (const laws::Strike& strike : laws::own_state<laws::Strikes>(scene.state).list) {
    shares[strike.place] += strike.share;
  }
  return shares;
}

TEST(Sorties, go_to_enemies_in_proportion_to_their_number_and_the_effort_against_them) {
  WarBuilder war = air_war();
  war.ground("c").place("camp", "c").force("a", "town", 100).force("c", "camp", 300);
  war.set("ties.z.a.share", .6).set("ties.z.c.share", .2);
  Scene scene = decided(war.compile());
  const double sum = .6 * 100 + .2 * 300;
  EXPECT_DOUBLE_EQ(sorties(scene)[kOwnTown], .8 * .6 * 100 / sum);  // a fifth of the effort stays on the ground
  EXPECT_DOUBLE_EQ(sorties(scene)[2], .8 * .2 * 300 / sum);
}

TEST(Sorties, of_an_air_arm_without_shares_are_for_all_its_enemies) {
  WarBuilder war = air_war();
  war.ground("c").place("camp", "c").force("a", "town", 100).force("c", "camp", 300);
  war.set("ties.z.a.share", 0);
  Scene scene = decided(war.compile());
  EXPECT_DOUBLE_EQ(sorties(scene)[kOwnTown], .25);
  EXPECT_DOUBLE_EQ(sorties(scene)[2], .75);
}

TEST(Sorties, favour_battles_of_friends_over_the_enemy_s_rear) {
  WarBuilder war = air_war();
  war.force("a", "town", 100).force("a", "fort", 100).force("b", "fort", 10);
  war.set("scenario.laws.strikes.rear_weight", .25);
  Scene scene = decided(war.compile());
  EXPECT_DOUBLE_EQ(sorties(scene)[kEnemyFort], .8);
  EXPECT_DOUBLE_EQ(sorties(scene)[kOwnTown], .2);
}

// b has just lost the town and has another battle elsewhere: only a command that gives ground for its air arm has it
// hit the town as if its own men fought there, until the enemy is dug in, and again when it sends men to retake it.
TEST(Sorties, hit_what_was_given_up_for_them_like_a_battle) {
  WarBuilder war = air_war();
  war.decide_every(7).force("a", "town", 100).force("a", "fort", 100).force("b", "fort", 10);
  war.set("scenario.laws.strikes.rear_weight", .25);
  const auto share_of_town = [&](double weight, int days_ago, bool is_retaken) {
    war.set("commands.b.given_up_weight", weight);
    Scene scene(war.compile());
    scene.state.day = 20;
    scene.state.taken_from[at(kOwnTown)] = 1;
    scene.state.held_since[at(kOwnTown)] = 20 - days_ago;
    if (is_retaken) {
      send_march(scene.model, scene.state, 1, kEnemyFort, kOwnTown, 50, 5, MarchTask::offensive);
    }
    scene.decide(7);
    return sorties(scene)[kOwnTown];
  };
  EXPECT_DOUBLE_EQ(share_of_town(0, 3, false), .2);
  EXPECT_DOUBLE_EQ(share_of_town(1, 3, false), .5);
  EXPECT_DOUBLE_EQ(share_of_town(1, 7, false), .2);
  EXPECT_DOUBLE_EQ(share_of_town(1, 7, true), .5);
  EXPECT_DOUBLE_EQ(share_of_town(0, 7, true), .2);
  EXPECT_DOUBLE_EQ(share_of_town(.1, 3, false), .2);  // never less than the rear
}

TEST(Sorties, are_spread_over_no_more_targets_than_the_scenario_allows) {
  WarBuilder war = air_war();
  war.set("scenario.laws.strikes.targets", 2);
  war.force("a", "town", 100).force("a", "fort", 50);
  war.place("hamlet", "a").force("a", "hamlet", 10);
  Scene scene = decided(war.compile());
  EXPECT_EQ(laws::own_state<laws::Strikes>(scene.state).list.size(), 2);
  EXPECT_DOUBLE_EQ(sorties(scene)[kOwnTown], 100. / 150);
}

TEST(Sorties, spare_the_neutral_and_the_friendly) {
  WarBuilder war = air_war();
  war.force("a", "town", 100).force("b", "fort", 100).align("a", "z", 0);
  Scene scene = decided(war.compile());
  EXPECT_TRUE(laws::own_state<laws::Strikes>(scene.state).list.empty());
}

/// c, with 300 men, and d, with 100, stand in town beside z's enemy a and are no enemies of anybody.
WarBuilder mixed_town() {
  WarBuilder war = air_war();
  war.ground("c").ground("d").force("a", "town", 1000).force("c", "town", 300).force("d", "town", 100);
  for (const char* id : {"c", "d"}) {
    for (const char* other : {"a", "b", "z"}) {
      war.align(id, other, 0);
    }
  }
  return war.align("c", "d", 0);
}

TEST(WrongSideStrikes, fall_on_bystanders_in_proportion_to_their_number) {
  WarBuilder war = mixed_town();
  war.set("actors.z.wrong_side_probability", .2).set("ties.z.d.wrong_side_probability", .8);
  war.set("ties.z.c.deconfliction", .5);
  Scene scene = decided(war.compile());
  std::map<ActorIndex, double> shares;
  for (const laws::Strike& strike : laws::own_state<laws::Strikes>(scene.state).list) {
    shares[strike.target] += strike.share;
    EXPECT_EQ(strike.is_mistake, strike.target != kA);
  }
  EXPECT_DOUBLE_EQ(shares[3], .2 * .5 * 300 / 400);
  EXPECT_DOUBLE_EQ(shares[4], .8 * 100 / 400);
  EXPECT_DOUBLE_EQ(shares[kA], 1 - shares[3] - shares[4]);
}

TEST(WrongSideStrikes, spare_the_air_arm_s_enemies_and_places_without_bystanders) {
  WarBuilder war = air_war();
  war.ground("e").force("a", "town", 100).force("e", "town", 100).set("actors.z.wrong_side_probability", 1);
  Scene scene = decided(war.compile());
  EXPECT_EQ(sorties(scene).size(), 1);
  for (const laws::Strike& strike : laws::own_state<laws::Strikes>(scene.state).list) {
    EXPECT_FALSE(strike.is_mistake);  // e is an enemy whom the shares leave out
  }
}

// Deaths by mistake come at the rate lambda sigma p (1 - avoided) m: over 30 days 1.5 c in the mean, if 20 sorties of
// .5 kills each err with chance .1, half of that avoided, and m is .1 for a garrison. Those who are aimed at lose the
// rest, 10 x .95 x .4 x 30 = 114.
TEST(WrongSideStrikes, kill_at_the_rate_of_the_closed_form_in_every_solver) {
  WarBuilder war(30);
  war.ground("a").ground("c").air("z").place("town", "c").force("a", "town", 1000).force("c", "town", 500);
  war.align("a", "c", 0).align("c", "z", 0).set("ties.z.a.share", 1).set("scenario.laws.strikes.on", 1);
  war.set("actors.z.sorties_per_day", 20).set("actors.z.kills_per_sortie", .5);
  war.set("scenario.laws.strikes.exposure_garrison", .1).set("scenario.laws.strikes.exposure_assault", .4);
  war.set("ties.z.c.deconfliction", .5);
  for (const double chance : {0., .1}) {
    war.set("actors.z.wrong_side_probability", chance);
    const CompiledModel model = war.compile();
    for (const solver::SolverKind kind : kAllSolvers) {
      const solver::SolveOptions options{.solver = kind};
      Sample by_mistake;
      Sample aimed;
      for (const solver::Run& run : solve_many(model, options, kind == solver::SolverKind::mean_field ? 1 : 400)) {
        by_mistake.add(run.losses[2 * 3 + 1]);
        aimed.add(run.losses[2 * 3 + 0]);
      }
      const double expected = 10 * chance * .5 * .1 * 30;
      const double expected_aimed = 10 * (1 - chance * .5) * .4 * 30;
      if (kind == solver::SolverKind::mean_field) {
        EXPECT_NEAR(by_mistake.mean(), expected, 1e-8);
        EXPECT_NEAR(aimed.mean(), expected_aimed, 1e-6);
      } else {
        expect_mean(by_mistake, expected, "by mistake");
        expect_mean(aimed, expected_aimed, "aimed");
      }
    }
  }
}

TEST(WrongSideStrikes, are_events_of_the_path) {
  for (const solver::SolverKind kind : {solver::SolverKind::leap, solver::SolverKind::exact}) {
    WarBuilder war = mixed_town();
    war.set("actors.z.wrong_side_probability", .5);
    solver::Path path;
    const solver::Run run = solve_one(war.compile(), {.solver = kind}, 0, &path);
    double told = 0;
    for (const Event& event : path.journal.events) {
      if (event.kind == "wrong_side") {
        EXPECT_EQ(event.actor, kAir);
        EXPECT_NE(event.other, kA);
        told += event.fighters;
      }
    }
    EXPECT_GT(told, 0);
    EXPECT_EQ(told, run.losses[at(kAir * 5 + 3)] + run.losses[at(kAir * 5 + 4)]);
  }
}

TEST(Strikes, kill_nobody_where_the_law_is_off_and_no_more_than_there_are_where_it_is_on) {
  for (const solver::SolverKind kind : kAllSolvers) {
    WarBuilder war = air_war();
    war.force("a", "town", 40);
    const solver::SolveOptions options{.solver = kind};
    const solver::Run run = solve_one(war.compile(), options);
    EXPECT_NEAR(run.losses[at(kAir * 3 + kA)], 40, 1e-6);
    EXPECT_NEAR(run.of(kA, ActorOutcome::final_fighters), 0, 1e-6);
    EXPECT_NEAR(run.of(kA, ActorOutcome::extinction_day), 40, kind == solver::SolverKind::mean_field ? 1e-6 : 26);
    war.set("scenario.laws.strikes.on", 0);
    EXPECT_EQ(solve_one(war.compile(), options).of(kA, ActorOutcome::killed), 0);
  }
}

}  // namespace
}  // namespace truel::test
