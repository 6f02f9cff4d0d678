// The law of fire: each factor alone does what it should.
#include <gtest/gtest.h>

#include <cmath>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/fire/fire_rates.hpp"
#include "truel/world/presence.hpp"

namespace truel::test {
namespace {

/// a holds the town, b attacks it; 100 each, a tenth of a kill a day.
WarBuilder attack_on_a_town() {
  WarBuilder war(30);
  war.ground("a").ground("b").place("town", "a").force("a", "town", 100).force("b", "town", 100);
  return war.set("actors.a.kill_rate", .1).set("actors.b.kill_rate", .1);
}

struct Fire {
  double rate = 0;  ///< kills per day
  double harm = 0;  ///< persons per day, by the attacker at all its targets
};

Fire fire(const Scene& scene, const char* attacker, const char* target, const WarBuilder& war, double time = 0) {
  laws::FireRates rates(scene.state);
  laws::fire_rates(scene.model, scene.state, 0, time, rates);
  Fire result;
  for (std::size_t k = 0; k < rates.pairs.size(); ++k) {
    if (rates.pairs[k].attacker == war.actor(attacker) && rates.pairs[k].target == war.actor(target)) {
      result.rate = rates.rate[k];
    }
  }
  for (int i = 0; i < rates.n; ++i) {
    result.harm += rates.who[at(i)] == war.actor(attacker) ? rates.harm[at(i)] : 0;
  }
  return result;
}

Fire fire(const WarBuilder& war, const char* attacker, const char* target) {
  Scene scene = decided(war.compile());
  return fire(scene, attacker, target, war);
}

TEST(Fire, kills_in_proportion_to_the_attackers_their_rate_and_their_supply) {
  WarBuilder war = attack_on_a_town();
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 10);
  war.set("actors.a.supply", 1.5);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 15);
  EXPECT_DOUBLE_EQ(fire(war, "b", "a").rate, 10);
  war.set("ties.a.b.kill_rate", .2);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 30);
}

TEST(Fire, grows_with_the_arms_and_training_that_sponsors_send) {
  WarBuilder war = attack_on_a_town();
  war.sponsor("a", "patron", 0, 30).set("sponsors.a.patron.arms", 1.5).set("sponsors.a.patron.training", .5);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 10);  // the gain is 0 unless the scenario gives one
  war.set("scenario.laws.fire.arms_gain", .25);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 15);
  EXPECT_DOUBLE_EQ(fire(war, "b", "a").rate, 10);
}

TEST(Fire, walls_and_terrain_cover_the_side_that_holds_the_place_and_nobody_else) {
  WarBuilder war = attack_on_a_town();
  war.terrain("town", "hills").set("places.town.fortification", .5).set("scenario.terrain.hills.cover", .4);
  EXPECT_DOUBLE_EQ(fire(war, "b", "a").rate, 10 * .5 * .6);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 10);
}

TEST(Fire, walls_cover_the_friends_of_the_holder_too) {
  WarBuilder war = attack_on_a_town();
  war.ground("c").force("c", "town", 50).align("a", "c", 1).set("places.town.fortification", .5);
  war.set("ties.b.c.share", 1);
  EXPECT_DOUBLE_EQ(fire(war, "b", "c").rate, 5);
}

TEST(Fire, at_fighters_hidden_among_supporters_is_partly_blind) {
  WarBuilder war = attack_on_a_town();
  war.set("places.town.population", 1000).set("actors.b.concealment", .8).support("b", "town", .5);
  // mu = 1 - 0.8 * 0.5 = 0.6; blind fire hits one in ten.
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 10 * (.6 + .4 * .1));
  EXPECT_DOUBLE_EQ(fire(war, "b", "a").rate, 10);
  // Intelligence of its own and from a sponsor: mu = 1 - 0.4 * (1 - 0.3 - 0.2).
  war.set("actors.a.intelligence", .3).sponsor("a", "patron", 0, 30).set("sponsors.a.patron.intelligence", .2);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 10 * (.8 + .2 * .1));
  war.set("actors.a.intelligence", 1);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 10);
}

TEST(Fire, sees_everybody_where_nobody_lives) {
  WarBuilder war = attack_on_a_town();
  war.set("actors.b.concealment", 1).support("b", "town", 1);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 10);
  EXPECT_EQ(fire(war, "a", "b").harm, 0);
}

TEST(Fire, that_misses_harms_the_people_among_whom_it_falls) {
  WarBuilder war = attack_on_a_town();
  war.set("places.town.population", 1000).set("ties.a.b.visibility", .3);
  const Fire at_b = fire(war, "a", "b");
  EXPECT_DOUBLE_EQ(at_b.harm, 10 * .7 * .9);
  EXPECT_DOUBLE_EQ(at_b.rate + at_b.harm, 10);  // every shot hits one or the other
  EXPECT_EQ(fire(war, "b", "a").harm, 0);       // a does not hide
}

TEST(Fire, falls_among_all_the_people_of_a_city_whose_parts_are_named_apart) {
  WarBuilder war = attack_on_a_town();
  war.place("suburb", "b").city("town", 0).city("suburb", 0);
  war.set("places.town.population", 1000).set("places.suburb.population", 3000).set("ties.a.b.visibility", 0);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 10 * 100. / 4000);
  war.city("suburb", 1);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 10 * 100. / 1000);
}

TEST(Fire, blind_fire_hits_no_better_than_always_where_fighters_outnumber_the_people) {
  WarBuilder war = attack_on_a_town();
  war.set("places.town.population", 40).set("ties.a.b.visibility", 0);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 10);
  EXPECT_EQ(fire(war, "a", "b").harm, 0);
}

TEST(Fire, is_exchanged_at_or_below_the_enemy_threshold_alone) {
  for (const auto& [alignment, rate] : {std::pair{-1., 10.}, {-.5, 10.}, {-.49, 0.}, {0., 0.}, {.5, 0.}, {1., 0.}}) {
    WarBuilder war = attack_on_a_town();
    war.align("a", "b", alignment);
    EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, rate) << alignment;
  }
  WarBuilder war = attack_on_a_town();
  war.align("a", "b", -.3).set("scenario.thresholds.enemy", -.2);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 10);
}

TEST(Fire, of_a_command_spares_its_own_members) {
  WarBuilder war(30);
  war.ground("a", "joint").ground("b", "joint").place("town", "a").force("a", "town", 10).force("b", "town", 10);
  war.set("actors.a.kill_rate", 1).set("actors.b.kill_rate", 1);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_EQ(run.of(0, ActorOutcome::killed) + run.of(1, ActorOutcome::killed), 0);
}

WarBuilder three_at_the_town() {
  WarBuilder war = attack_on_a_town();
  return war.ground("c").force("c", "town", 100);
}

TEST(Fire, is_divided_by_the_shares_of_a_fixed_doctrine) {
  WarBuilder war = three_at_the_town();
  war.set("ties.a.b.share", .7).set("ties.a.c.share", .3);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 7);
  EXPECT_DOUBLE_EQ(fire(war, "a", "c").rate, 3);
  EXPECT_DOUBLE_EQ(fire(war, "b", "a").rate, 5);  // no shares given: evenly
}

TEST(Fire, that_a_fixed_doctrine_leaves_unspent_stays_unspent) {
  WarBuilder war = three_at_the_town();
  war.set("ties.a.b.share", .4).set("ties.a.c.share", .2);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 4);
  EXPECT_DOUBLE_EQ(fire(war, "a", "c").rate, 2);
}

TEST(Fire, planned_for_an_enemy_who_is_not_there_goes_to_those_who_are) {
  WarBuilder war = three_at_the_town();
  war.ground("d").place("elsewhere", "d").force("d", "elsewhere", 100);
  war.set("ties.a.b.share", .3).set("ties.a.c.share", .1).set("ties.a.d.share", .6);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 7.5);
  EXPECT_DOUBLE_EQ(fire(war, "a", "c").rate, 2.5);
  war.set("ties.a.b.share", 0).set("ties.a.c.share", 0).set("ties.a.d.share", 1);
  EXPECT_DOUBLE_EQ(fire(war, "a", "b").rate, 5);  // all of it was meant for one who is absent: evenly
}

TEST(Fire, kills_nobody_where_the_law_is_off) {
  for (const solver::SolverKind kind : kAllSolvers) {
    WarBuilder war = attack_on_a_town();
    const solver::SolveOptions options{.solver = kind};
    EXPECT_GT(solve_one(war.compile(), options).of(0, ActorOutcome::killed), 0);
    war.set("scenario.laws.fire.on", 0);
    EXPECT_EQ(solve_one(war.compile(), options).of(0, ActorOutcome::killed), 0);
  }
}

TEST(Fire, is_not_exchanged_between_places) {
  WarBuilder war(30);
  war.ground("a").ground("b").place("town", "a").place("village", "b").road("town", "village", 1);
  war.force("a", "town", 100).force("b", "village", 100).set("actors.a.kill_rate", 1);
  EXPECT_EQ(solve_one(war.compile(), {}).of(1, ActorOutcome::killed), 0);
}

TEST(Fire, of_a_tiring_battle_falls_with_its_length_and_begins_afresh_with_the_next) {
  WarBuilder war = attack_on_a_town();
  war.set("scenario.laws.fire.fatigue_days", 5).set("actors.a.kill_rate", 1e-9).set("actors.b.kill_rate", 1e-9);
  war.arrive(10, "b", "town", 1);
  Scene scene = decided(war.compile());
  const double fresh = 1e-9 * 100;
  EXPECT_DOUBLE_EQ(fire(scene, "a", "b", war, 0).rate, fresh);
  EXPECT_DOUBLE_EQ(fire(scene, "a", "b", war, 5).rate, fresh / std::log(std::exp(1) + 1));
  EXPECT_DOUBLE_EQ(fire(scene, "a", "b", war, 50).rate, fresh / std::log(std::exp(1) + 10));
  // The attackers vanish on day 3 and one of them comes again on day 10.
  scene.play(3);
  scene.state.fighters[scene.state.slot(0, war.actor("b"))] = 0;
  refresh_place(scene.state, 0);
  scene.play(10);
  EXPECT_DOUBLE_EQ(fire(scene, "a", "b", war, 10).rate, fresh);
}

TEST(Fire, by_general_exponents_leaves_visibility_and_cover_out) {
  WarBuilder war = attack_on_a_town();
  war.set("scenario.laws.fire.power_law", 1).set("scenario.laws.fire.attacker_exponent", .5);
  war.set("scenario.laws.fire.target_exponent", .25).set("places.town.population", 1000).set("ties.a.b.visibility", .1);
  const Fire at_b = fire(war, "a", "b");
  EXPECT_DOUBLE_EQ(at_b.rate, .1 * std::sqrt(100) * std::pow(100, .25));
  EXPECT_EQ(at_b.harm, 0);
}

/// Rates renewed after a few have fallen against those taken anew.
void expect_renewed_as_taken_anew(WarBuilder& war, const std::vector<std::string>& actors) {
  Scene scene = decided(war.compile());
  State& s = scene.state;
  laws::FireRates renewed(s);
  laws::fire_rates(scene.model, s, 0, 0, renewed);
  for (int fallen = 0; fallen < 30; ++fallen) {
    for (const std::string& actor : actors) {
      double& fighters = s.fighters[s.slot(0, war.actor(actor))];
      fighters = std::max(0.0, fighters - 1 - war.actor(actor));
      refresh_presence(s, 0, war.actor(actor));
      settle_control(s, 0);
      const double sum = laws::renew_fire_rates(scene.model, s, 0, 1, renewed);
      laws::FireRates anew(s);
      laws::fire_rates(scene.model, s, 0, 1, anew);
      ASSERT_EQ(renewed.n, anew.n);
      ASSERT_EQ(renewed.pairs.size(), anew.pairs.size());
      double all = 0;
      for (std::size_t k = 0; k < anew.pairs.size(); ++k) {
        ASSERT_EQ(renewed.rate[k], anew.rate[k]);
        all += anew.rate[k];
      }
      for (int i = 0; i < anew.n; ++i) {
        ASSERT_EQ(renewed.harm[at(i)], anew.harm[at(i)]);
        ASSERT_EQ(renewed.recruits[at(i)], anew.recruits[at(i)]);
        all += anew.recruits[at(i)];
      }
      ASSERT_NEAR(sum, all, 1e-12 * all);
      ASSERT_EQ(laws::add_up(s, anew), sum);
    }
  }
}

TEST(Fire, renewed_after_losses_is_fire_taken_anew) {
  for (const bool is_general : {false, true}) {
    WarBuilder war(30);
    const std::vector<std::string> actors{"a", "b", "c"};
    for (const std::string& actor : actors) {
      war.ground(actor);
      war.set("actors." + actor + ".kill_rate", .1).set("actors." + actor + ".concealment", .4);
      war.set("actors." + actor + ".recruits_per_harm", .01).support(actor, "*", .2);
    }
    war.place("town", "a").set("places.town.population", 500).set("places.town.fortification", 2);
    war.force("a", "town", 60).force("b", "town", 50).force("c", "town", 40);
    war.set("scenario.laws.recruitment.on", 1).set("scenario.laws.fire.power_law", is_general ? 1 : 0);
    expect_renewed_as_taken_anew(war, actors);
  }
}

}  // namespace
}  // namespace truel::test
