// Recruits, deserters and the income that decides between them.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "support/outcomes.hpp"
#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/laws/fire/fire_rates.hpp"
#include "truel/laws/laws.hpp"

namespace truel::test {
namespace {

using Rates = std::map<PlaceIndex, double>;

/// Recruits per day by place, after the first decision.
Rates recruits(const WarBuilder& war, const char* actor) {
  Scene scene = decided(war.compile());
  Rates rates;
  for (const laws::RecruitmentSite& m : laws::own_state<laws::Recruitment>(scene.state).sites[at(war.actor(actor))]) {
    rates[m.place] += m.per_day;
  }
  return rates;
}

/// Share of the fighters whom income cannot sustain, by place.
Rates unpaid(const WarBuilder& war, const char* actor, int day = 0) {
  Scene scene(war.compile());
  scene.play(day);
  Rates shares;
  for (const laws::DesertionSite& u : laws::own_state<laws::Income>(scene.state).unpaid[at(war.actor(actor))]) {
    shares[u.place] += u.share;
  }
  return shares;
}

/// a holds two towns of 1000 and 2000 people joined by a road, and far from them a village of 500 behind b's fort.
WarBuilder land() {
  WarBuilder war(60);
  war.ground("a").ground("b");
  war.place("north", "a").place("south", "a").place("fort", "b").place("village", "a");
  war.road("north", "south", 30).road("south", "fort", 30).road("fort", "village", 30);
  war.set("places.north.population", 1000).set("places.south.population", 2000).set("places.village.population", 500);
  return war.set("scenario.laws.recruitment.on", 1).set("scenario.laws.income.on", 1);
}

constexpr PlaceIndex kNorth = 0;
constexpr PlaceIndex kSouth = 1;
constexpr PlaceIndex kFort = 2;
constexpr PlaceIndex kVillage = 3;

TEST(Recruits, come_from_supporters_where_the_actor_rules) {
  WarBuilder war = land();
  war.set("actors.a.recruitment_per_day", .01).support("a", "*", .5).support("a", "south", .2);
  war.set("places.fort.population", 9000);
  const Rates rates = recruits(war, "a");
  EXPECT_EQ(rates.size(), 2);
  EXPECT_DOUBLE_EQ(rates.at(kNorth), .01 * .5 * 1000);
  EXPECT_DOUBLE_EQ(rates.at(kSouth), .01 * .2 * 2000);
}

TEST(Recruits, do_not_come_in_a_pocket_that_is_cut_off) {
  WarBuilder war = land();
  war.set("actors.a.recruitment_per_day", .01).support("a", "*", .5);
  EXPECT_FALSE(recruits(war, "a").contains(kVillage));
  WarBuilder with_a_border = war;
  with_a_border.entry("village");
  EXPECT_DOUBLE_EQ(recruits(with_a_border, "a").at(kVillage), .01 * .5 * 500);
  WarBuilder with_a_road = war;
  with_a_road.road("south", "village", 80);
  EXPECT_DOUBLE_EQ(recruits(with_a_road, "a").at(kVillage), .01 * .5 * 500);
}

TEST(Recruits, come_in_the_pocket_of_greatest_value_whichever_that_is) {
  WarBuilder war = land();
  war.set("actors.a.recruitment_per_day", .01).support("a", "*", .5).set("places.village.value", 10);
  const Rates rates = recruits(war, "a");
  EXPECT_EQ(rates.size(), 1);
  EXPECT_TRUE(rates.contains(kVillage));
}

TEST(Recruits, join_a_road_through_the_land_of_friends) {
  WarBuilder war = land();
  war.set("actors.a.recruitment_per_day", .01).support("a", "*", .5).align("a", "b", 1);
  EXPECT_TRUE(recruits(war, "a").contains(kVillage));
}

TEST(Recruits, in_a_friend_s_town_join_those_who_stand_there) {
  WarBuilder war = land();
  war.set("actors.b.recruitment_per_day", .01).support("b", "*", .3).align("a", "b", 1);
  EXPECT_FALSE(recruits(war, "b").contains(kSouth));
  war.force("b", "south", 10);
  EXPECT_DOUBLE_EQ(recruits(war, "b").at(kSouth), .01 * .3 * 2000);
}

TEST(Recruits, from_abroad_come_through_the_entries_in_equal_parts) {
  WarBuilder war = land();
  war.set("actors.a.recruits_per_day", 6).set("actors.b.recruits_per_day", 4);
  Rates rates = recruits(war, "a");  // a map without entries: anywhere
  EXPECT_EQ(rates.size(), 3);
  EXPECT_DOUBLE_EQ(rates.at(kNorth), 2);
  war.entry("north").entry("village");
  rates = recruits(war, "a");
  EXPECT_EQ(rates.size(), 2);
  EXPECT_DOUBLE_EQ(rates.at(kNorth), 3);
  EXPECT_DOUBLE_EQ(rates.at(kVillage), 3);
  EXPECT_TRUE(recruits(war, "b").empty());  // it holds no entry
  war.force("a", "village", 10).force("b", "village", 10);
  EXPECT_EQ(recruits(war, "a").size(), 2);  // an entry that is fought for stays open
  war.set("scenario.laws.recruitment.entries_close", 1);
  rates = recruits(war, "a");
  EXPECT_EQ(rates.size(), 1);
  EXPECT_DOUBLE_EQ(rates.at(kNorth), 6);
}

TEST(Recruits, stop_coming_on_the_day_the_place_is_lost) {
  WarBuilder war = land();
  war.set("actors.b.recruits_per_day", 30)
      .arrive(5, "a", "fort", 500)
      .force("b", "fort", 1)
      .set("actors.a.kill_rate", 10);
  for (const solver::SolverKind kind : {solver::SolverKind::leap, solver::SolverKind::exact}) {
    const solver::Run run = solve_one(war.compile(), {.solver = kind});
    EXPECT_EQ(run.control[at(kFort + 1) * (run.control.size() / 4) - 1], war.actor("a"));
    EXPECT_NEAR(run.of(war.actor("b"), kRecruited), 5 * 30, 4 * std::sqrt(150.) + 60);
  }
}

TEST(Recruits, need_the_law_to_be_on) {
  WarBuilder war = land();
  war.set("actors.a.recruits_per_day", 6).set("actors.a.recruitment_per_day", .01).support("a", "*", .5);
  war.set("scenario.laws.recruitment.on", 0);
  EXPECT_TRUE(recruits(war, "a").empty());
}

TEST(Deserters, are_those_whom_income_cannot_sustain) {
  WarBuilder war = land();
  war.force("a", "north", 300).force("a", "south", 100).set("actors.a.income", 100);
  Rates shares = unpaid(war, "a");
  EXPECT_DOUBLE_EQ(shares.at(kNorth), .75);
  EXPECT_DOUBLE_EQ(shares.at(kSouth), .75);
  war.set("actors.a.income", 400);
  EXPECT_TRUE(unpaid(war, "a").empty());
}

TEST(Deserters, are_fewer_where_land_and_sponsors_pay) {
  WarBuilder war = land();
  war.force("a", "north", 400).set("actors.a.income", 100);
  EXPECT_DOUBLE_EQ(unpaid(war, "a").at(kNorth), .75);
  war.set("places.south.resources", 50);
  EXPECT_DOUBLE_EQ(unpaid(war, "a").at(kNorth), 1 - 150 / 400.);
  war.set("scenario.laws.income.tax_per_1000", 10);
  EXPECT_DOUBLE_EQ(unpaid(war, "a").at(kNorth), 1 - 180 / 400.);
  war.sponsor("a", "patron", 0, 20).set("sponsors.a.patron.finance", 100).decide_every(7);
  EXPECT_DOUBLE_EQ(unpaid(war, "a").at(kNorth), 1 - 280 / 400.);
  EXPECT_DOUBLE_EQ(unpaid(war, "a", 14).at(kNorth), 1 - 280 / 400.);
  EXPECT_DOUBLE_EQ(unpaid(war, "a", 21).at(kNorth), 1 - 180 / 400.);  // the sponsor has left
}

TEST(Deserters, in_a_pocket_live_on_what_the_pocket_yields) {
  WarBuilder war = land();
  war.force("a", "north", 100).force("a", "village", 80).set("actors.a.income", 1000);
  EXPECT_DOUBLE_EQ(unpaid(war, "a").at(kVillage), 1);
  EXPECT_FALSE(unpaid(war, "a").contains(kNorth));
  war.set("places.village.resources", 20);
  EXPECT_DOUBLE_EQ(unpaid(war, "a").at(kVillage), .75);
  // What the pocket yields does not reach the others.
  war.set("actors.a.income", 50).set("places.village.resources", 500);
  EXPECT_DOUBLE_EQ(unpaid(war, "a").at(kNorth), .5);
  EXPECT_FALSE(unpaid(war, "a").contains(kVillage));
  war.entry("village");  // now it is one economy of 550 for 180
  EXPECT_TRUE(unpaid(war, "a").empty());
}

TEST(Deserters, do_not_exist_where_income_does_not_bind) {
  for (const bool is_law_on : {true, false}) {
    WarBuilder war = land();
    war.force("a", "north", 300).set("actors.a.desertion_per_day", 1);
    if (is_law_on) {
      EXPECT_TRUE(unpaid(war, "a").empty());  // the scenario says nothing of a's income
    } else {
      war.set("actors.a.income", 1).set("scenario.laws.income.on", 0);
      EXPECT_EQ(solve_one(war.compile(), {}).of(0, kDeserted), 0);
    }
  }
}

TEST(Deserters, leave_until_income_sustains_the_rest) {
  WarBuilder war = land();
  war.decide_every(7).force("a", "north", 1000).set("actors.a.income", 400).set("actors.a.desertion_per_day", .2);
  const solver::Run run = solve_one(war.compile(), {});
  EXPECT_GT(run.of(0, kDeserted), 500);
  EXPECT_GT(run.of(0, ActorOutcome::final_fighters), 390);
  EXPECT_LT(run.of(0, ActorOutcome::final_fighters), 450);
}

TEST(Deserters, of_an_army_in_the_field_are_counted_with_those_at_home) {
  WarBuilder war = land();
  war.force("a", "north", 100).force("a", "fort", 100).align("a", "b", 0).set("actors.a.income", 100);
  const Rates shares = unpaid(war, "a");  // a stands at b's fort without holding it
  EXPECT_DOUBLE_EQ(shares.at(kNorth), .5);
  EXPECT_DOUBLE_EQ(shares.at(kFort), .5);
}

/// A government (a) that fires blindly with mu = 0.1 at insurgents (b) among 100,000 people; nobody shoots back.
WarBuilder insurgency(double government, double insurgents, double per_harm) {
  WarBuilder war(400);
  war.ground("a").ground("b").place("land", "a").set("places.land.population", 100000);
  war.set("actors.a.kill_rate", 10).set("ties.a.b.visibility", .1).set("scenario.laws.recruitment.on", 1);
  war.set("actors.b.recruits_per_harm", per_harm);
  return war.force("a", "land", government).force("b", "land", insurgents);
}

solver::Run run_to_end(const WarBuilder& war, solver::SolverKind kind, int steps_per_day = 1) {
  return solve_one(war.compile(), {.solver = kind, .steps_per_day = steps_per_day});
}

TEST(HarmRecruits, hold_an_insurgency_at_a_level_that_no_strength_changes) {
  const double level = (.5 * .9 - .1) / (.9 * 1.5) * 100000;
  for (const double government : {100., 1000.}) {
    for (const double insurgents : {1000., 60000.}) {
      const solver::Run run = run_to_end(insurgency(government, insurgents, .5), solver::SolverKind::mean_field);
      const double k = 10 * government * .9 * 1.5 / 100000;
      const double expected = level + (insurgents - level) * std::exp(-k * 400);
      EXPECT_NEAR(run.of(1, ActorOutcome::final_fighters), expected, 1e-6 * expected);
    }
  }
}

TEST(HarmRecruits, come_in_proportion_to_harm_and_are_counted_in_every_solver) {
  for (const auto kind : kAllSolvers) {
    const solver::Run run = run_to_end(insurgency(100, 1000, .5), kind, 20);
    const double recruited = run.of(1, kRecruited);
    EXPECT_NEAR(run.of(1, ActorOutcome::final_fighters), 1000 + recruited - run.of(1, ActorOutcome::killed), 1e-4);
    EXPECT_NEAR(recruited, .5 * run.of(0, ActorOutcome::harm), 5 * std::sqrt(recruited));
    EXPECT_GT(recruited, 1000);
  }
}

TEST(HarmRecruits, do_not_save_an_insurgency_below_the_bound) {
  // theta (1 - mu) <= mu: fire takes more than it makes, however few are left.
  const solver::Run run = run_to_end(insurgency(1000, 1000, .1), solver::SolverKind::mean_field);
  EXPECT_EQ(run.of(1, ActorOutcome::final_fighters), 0);
}

TEST(HarmRecruits, are_shared_among_the_enemies_of_who_did_harm) {
  WarBuilder war = insurgency(1000, 1000, .5);
  war.ground("c").force("c", "land", 1000).align("b", "c", 0);
  Scene scene = decided(war.compile());
  laws::FireRates rates(scene.state);
  laws::fire_rates(scene.model, scene.state, 0, 0, rates);
  EXPECT_DOUBLE_EQ(rates.recruits[1], .5 * rates.harm[0] / 2);  // c is an enemy as well, whom harm brings nobody
  EXPECT_EQ(rates.recruits[0], 0);
  EXPECT_EQ(rates.recruits[2], 0);
}

TEST(HarmRecruits, need_the_law_of_recruitment) {
  WarBuilder war = insurgency(1000, 1000, .5);
  war.set("scenario.laws.recruitment.on", 0);
  EXPECT_EQ(run_to_end(war, solver::SolverKind::mean_field).of(1, kRecruited), 0);
}

}  // namespace
}  // namespace truel::test
