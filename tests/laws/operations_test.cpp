// Where commands attack, what they hold, what they give up. Small maps on which the right order is plain.
#include <gtest/gtest.h>

#include <cmath>

#include "support/solve.hpp"
#include "support/war_builder.hpp"

namespace truel::test {
namespace {

/// Nobody is killed and all is seen as it is, so that only decisions move anything. a and b are enemies.
WarBuilder chess(int days = 60) {
  WarBuilder war(days);
  war.ground("a").ground("b").set("scenario.laws.fire.on", 0).set("scenario.laws.operations.on", 1);
  for (const char* command : {"a", "b"}) {
    const std::string path = std::string("commands.") + command + ".";
    war.set(path + "hold_ratio", .5).set(path + "attack_ratio", 1.5).set(path + "breaking_point", .2);
  }
  war.set("commands.b.attack_ratio", 100);  // b never attacks
  return war;
}

TEST(Operations, move_nobody_where_they_are_off) {
  WarBuilder war = chess();
  war.place("home", "a").place("town", "b").road("home", "town", 20).force("a", "home", 1000);
  war.set("scenario.laws.operations.on", 0);
  EXPECT_TRUE(decided(war.compile()).state.marches.empty());
}

TEST(Offensive, sends_the_force_needed_and_keeps_the_rest_at_home) {
  WarBuilder war = chess();
  war.place("home", "a").place("town", "b").road("home", "town", 20).force("a", "home", 1000).force("b", "town", 100);
  const Scene scene = decided(war.compile());
  EXPECT_EQ(scene.marching(kA, 1, MarchTask::offensive), 150);  // attack ratio times the defence
  EXPECT_EQ(scene.fighters(0, kA), 850);
}

TEST(Offensive, against_walls_needs_more_men) {
  WarBuilder war = chess();
  war.place("home", "a").place("town", "b").road("home", "town", 20).force("a", "home", 1000).force("b", "town", 100);
  war.set("places.town.fortification", .5);
  EXPECT_EQ(decided(war.compile()).marching(kA, 1, MarchTask::offensive), 300);
}

TEST(Offensive, with_an_air_arm_needs_fewer_men) {
  WarBuilder war = chess();
  war.place("home", "a").place("town", "b").road("home", "town", 20).force("a", "home", 1000).force("b", "town", 100);
  war.air("z").align("a", "z", 1).set("scenario.laws.strikes.on", 1).decide_every(10);
  war.set("actors.z.sorties_per_day", 5).set("actors.z.kills_per_sortie", 1);
  war.set("scenario.laws.strikes.exposure_garrison", .1).set("scenario.laws.operations.air_support", .8);
  // Ten days of 5 kills at exposure 0.1 are 5 of the 100: a twentieth, of which air support counts 0.8.
  EXPECT_EQ(decided(war.compile()).marching(kA, 1, MarchTask::offensive), std::ceil(150 * (1 - .05 * .8)));
  war.set("scenario.laws.operations.air_support", 0);
  EXPECT_EQ(decided(war.compile()).marching(kA, 1, MarchTask::offensive), 150);
}

TEST(Offensive, is_not_begun_with_odds_below_the_least) {
  // a can spare 75 of its 100 men and needs 150: odds (75/150)^2 / (1 + ...) = 0.2.
  for (const auto& [least, men] : {std::pair{.19, 75.}, std::pair{.21, 0.}}) {
    WarBuilder war = chess();
    war.place("home", "a").place("town", "b").road("home", "town", 20).force("a", "home", 125).force("b", "town", 100);
    war.set("scenario.laws.operations.least_win_probability", least);
    EXPECT_EQ(decided(war.compile()).marching(kA, 1, MarchTask::offensive), men) << least;
  }
}

TEST(Offensive, draws_on_men_within_reach_alone) {
  for (const auto& [reach, men] : {std::pair{119., 0.}, std::pair{121., 150.}}) {
    WarBuilder war = chess();
    war.place("home", "a").place("road", "a").place("town", "b").road("home", "road", 60).road("road", "town", 60);
    war.force("a", "home", 1000).force("b", "town", 100).set("commands.a.reach_km", reach);
    EXPECT_EQ(decided(war.compile()).marching(kA, 2, MarchTask::offensive), men) << reach;
  }
}

TEST(Offensive, draws_on_no_men_of_a_pocket_that_the_enemy_cuts_off) {
  WarBuilder war = chess();
  // Two pockets of a, with b's fort between them and b's town beside the first.
  war.place("home", "a").place("town", "b").place("fort", "b").place("pocket", "a");
  war.road("home", "town", 20).road("town", "fort", 20).road("fort", "pocket", 20);
  war.force("a", "pocket", 1000).force("a", "home", 1).force("b", "town", 100).force("b", "fort", 1e6);
  EXPECT_EQ(decided(war.compile()).marching(kA, 1, MarchTask::offensive), 0);
}

TEST(Offensive, goes_through_no_neutral_land) {
  WarBuilder war = chess();
  war.ground("n").align("a", "n", 0).align("b", "n", 0);
  war.place("home", "a")
      .place("between", "n")
      .place("town", "b")
      .road("home", "between", 20)
      .road("between", "town", 20);
  war.force("a", "home", 1000).force("b", "town", 10);
  EXPECT_TRUE(decided(war.compile()).state.marches.empty());
}

TEST(Offensive, of_a_command_short_of_men_takes_the_best_place_first) {
  WarBuilder war = chess();
  war.place("home", "a").place("east", "b").place("west", "b").road("home", "east", 20).road("home", "west", 20);
  war.force("a", "home", 270).force("b", "east", 100).force("b", "west", 100);
  war.set("places.east.value", 1).set("places.west.value", 5);
  const Scene scene = decided(war.compile());
  EXPECT_EQ(scene.marching(kA, 2, MarchTask::offensive), 150);
  EXPECT_EQ(scene.marching(kA, 1, MarchTask::offensive), 0);
  // A screen of half the hundred men on each side stays: 170 are free, and after 150 too few for the other.
  EXPECT_EQ(scene.fighters(0, kA), 120);
}

TEST(Offensive, follows_the_effort_that_the_command_gives_an_enemy) {
  WarBuilder war = chess();
  war.ground("c").place("home", "a").place("east", "b").place("west", "c");
  war.road("home", "east", 20).road("home", "west", 20).align("b", "c", 1);
  war.force("a", "home", 270).force("b", "east", 100).force("c", "west", 100).set("commands.c.attack_ratio", 100);
  for (const bool is_b_first : {true, false}) {
    war.set("ties.a.b.share", is_b_first ? .9 : .1).set("ties.a.c.share", is_b_first ? .1 : .9);
    war.set("scenario.laws.operations.screen_below", 0);
    const Scene scene = decided(war.compile());
    EXPECT_EQ(scene.marching(kA, 1, MarchTask::offensive), is_b_first ? 150 : 0);
    EXPECT_EQ(scene.marching(kA, 2, MarchTask::offensive), is_b_first ? 0 : 150);
  }
}

// a holds places in Here alone; the town lies in There.
TEST(Offensive, of_a_command_that_keeps_to_its_country_ends_at_the_border) {
  for (const bool keeps : {false, true}) {
    for (const bool is_abroad : {false, true}) {
      WarBuilder war = chess();
      war.place("home", "a").place("town", "b").road("home", "town", 20);
      war.force("a", "home", 1000).force("b", "town", 100);
      war.country("home", "Here").country("town", is_abroad ? "There" : "Here");
      war.set("commands.a.keeps_to_country", keeps);
      EXPECT_EQ(decided(war.compile()).marching(kA, 1, MarchTask::offensive), keeps && is_abroad ? 0 : 150);
    }
  }
}

TEST(Offensive, of_a_command_without_land_knows_no_border) {
  WarBuilder war = chess();
  war.place("camp").place("town", "b").road("camp", "town", 20).country("camp", "Here").country("town", "There");
  war.set("commands.a.keeps_to_country", 1);
  const CompiledModel model = war.compile();
  EXPECT_FALSE(model.is_abroad(model.command_of(kA), 1));
}

TEST(Garrison, faces_an_enemy_of_low_priority_with_a_screening_line_only) {
  for (const auto& [share, garrison] : {std::pair{.5, 500.}, std::pair{.05, 100.}}) {
    WarBuilder war = chess();
    // b is too strong to attack; the garrison wanted is half its 1000 men, a screen a fifth of that.
    war.ground("c").place("home", "a").place("town", "b").place("front", "a").place("far", "c");
    war.road("home", "town", 20).road("home", "front", 20).road("front", "far", 20).align("b", "c", 1);
    war.force("a", "home", 600).force("b", "town", 1000).force("c", "far", 1e6).set("commands.c.attack_ratio", 100);
    war.set("ties.a.b.share", share).set("ties.a.c.share", 1 - share);
    war.set("commands.a.screen_share", .2).set("scenario.laws.operations.screen_below", .1);
    const Scene scene = decided(war.compile());
    EXPECT_EQ(scene.fighters(0, kA), garrison) << share;
    EXPECT_EQ(scene.marching(kA, 2, MarchTask::reinforce), 600 - garrison);
  }
}

TEST(Garrison, holds_the_people_of_its_own_places_as_far_as_all_but_the_reserve_suffice) {
  // 30,000 people of a town far from any enemy, at two fighters per 1000.
  for (const auto& [fighters, posted] : {std::pair{200., 60.}, std::pair{40., 30.}}) {
    WarBuilder war = chess();
    war.place("home", "a").place("town", "a").place("far", "b").road("home", "town", 20);
    war.force("a", "home", fighters).force("b", "far", 1000).set("commands.a.reach_km", 50);
    war.set("places.town.population", 30000)
        .set("commands.a.garrison_per_1000", 2)
        .set("commands.a.reserve_share", .25);
    EXPECT_EQ(decided(war.compile()).marching(kA, 1, MarchTask::reinforce), posted);
  }
}

TEST(Garrison, is_reinforced_from_where_men_are_free) {
  WarBuilder war = chess();
  war.place("rear", "a").place("front", "a").place("town", "b").road("rear", "front", 30).road("front", "town", 30);
  war.force("a", "rear", 100).force("a", "front", 20).force("b", "town", 160);
  const Scene scene = decided(war.compile());
  EXPECT_EQ(scene.marching(kA, 1, MarchTask::reinforce), 60);  // half of 160, less the 20 there
  EXPECT_EQ(scene.marching(kA), 60);
}

TEST(Garrison, of_a_friend_s_town_is_the_friend_s) {
  WarBuilder war = chess();
  war.ground("f").align("a", "f", 1).align("b", "f", -1).set("commands.f.attack_ratio", 100);
  war.place("rear", "a").place("front", "f").place("town", "b").road("rear", "front", 30).road("front", "town", 30);
  war.force("a", "rear", 100).force("b", "town", 160);
  EXPECT_EQ(decided(war.compile()).marching(kA, 1, MarchTask::reinforce), 0);
}

TEST(Garrison, stays_in_a_town_that_neutral_sides_share) {
  // a and c hold a town together, neither in control; next door b waits. Where b is no enemy, they go home.
  for (const auto& [alignment, stay] : {std::pair{-1., 100.}, {0., 0.}}) {
    WarBuilder war = chess();
    war.ground("c").align("a", "c", 0).align("b", "c", 0).align("a", "b", alignment);
    war.place("home", "a").place("town").place("beyond", "b").road("home", "town", 20).road("town", "beyond", 20);
    war.force("a", "town", 100).force("c", "town", 100).force("b", "beyond", 400);
    war.set("commands.c.hold_ratio", .5).set("commands.c.breaking_point", .2);
    EXPECT_EQ(decided(war.compile()).fighters(1, kA), stay) << alignment;
  }
}

TEST(Retreat, leaves_a_lost_battle_while_a_road_is_open) {
  for (const bool is_open : {true, false}) {
    WarBuilder war = chess();
    war.place("town", "a").place("behind", is_open ? "a" : "b").road("town", "behind", 30);
    war.force("a", "town", 100).force("b", "town", 300);
    // Odds 100^2 / (100^2 + 300^2) = 0.1.
    const Scene scene = decided(war.compile());
    EXPECT_EQ(scene.marching(kA, 1, MarchTask::retreat), is_open ? 100 : 0);
    EXPECT_EQ(scene.fighters(0, kA), is_open ? 0 : 100);
    EXPECT_EQ(scene.control(0), war.actor(is_open ? "b" : "a"));  // the place falls with its last defender
  }
}

TEST(Retreat, takes_no_road_to_a_place_where_the_enemy_stands) {
  WarBuilder war = chess();
  war.place("town", "a").place("near", "a").place("far", "a").road("town", "near", 10).road("town", "far", 50);
  war.force("a", "town", 100).force("b", "town", 300).force("b", "near", 1);
  const Scene scene = decided(war.compile());
  EXPECT_EQ(scene.marching(kA, 2, MarchTask::retreat), 100);
}

TEST(Retreat, waits_for_the_breaking_point) {
  for (const double point : {.09, .11}) {
    WarBuilder war = chess();
    war.place("town", "a").place("behind", "a").road("town", "behind", 30).set("commands.a.hold_ratio", 0);
    war.force("a", "town", 100).force("b", "town", 300).set("commands.a.breaking_point", point);
    EXPECT_EQ(decided(war.compile()).marching(kA, 1, MarchTask::retreat), point > .1 ? 100 : 0);
  }
}

TEST(Retreat, of_those_who_withdraw_and_strike_comes_early_if_they_have_an_air_arm) {
  for (const bool has_air_arm : {true, false}) {
    for (const bool is_doctrine : {true, false}) {
      WarBuilder war = chess();
      war.place("town", "a").place("behind", "a").road("town", "behind", 30);
      war.force("a", "town", 100).force("b", "town", 120);  // odds 0.41: no reason to run
      war.air("z", has_air_arm ? "a" : "b").set("scenario.laws.strikes.on", 1);
      war.set("actors.z.sorties_per_day", 5).set("actors.z.kills_per_sortie", 1);
      war.set("commands.a.withdraw_and_strike", is_doctrine ? .5 : 0);
      EXPECT_EQ(decided(war.compile()).marching(kA, 1, MarchTask::retreat), has_air_arm && is_doctrine ? 100 : 0);
    }
  }
}

/// a's base, and over the desert b's strong wadi and behind it b's weakly held hills, on no land next to a's.
WarBuilder desert(const std::string& last_stretch = "sand") {
  WarBuilder war = chess();
  war.place("base", "a").place("wadi", "b").place("hills", "b");
  war.road("base", "wadi", 80, "sand").road("wadi", "hills", 40, last_stretch).set("scenario.terrain.sand.open", 1);
  war.force("a", "base", 300).force("b", "wadi", 1e6).force("b", "hills", 10);
  war.set("actors.a.raid_range_km", 200).set("commands.a.hold_ratio", 0);
  return war.set("scenario.laws.operations.relief_km", 20);
}

double raiders(const WarBuilder& war) {
  return decided(war.compile()).marching(kA, war.at_place("hills"), MarchTask::raid);
}

TEST(Raid, crosses_open_ground_to_places_that_no_land_of_its_own_adjoins) {
  EXPECT_EQ(raiders(desert()), 15);
  EXPECT_EQ(raiders(desert("mountain")), 0);
}

TEST(Raid, is_for_mobile_actors_within_their_range) {
  for (const auto& [range, men] : {std::pair{0., 0.}, std::pair{119., 0.}, std::pair{121., 15.}}) {
    WarBuilder war = desert();
    war.set("actors.a.raid_range_km", range);
    EXPECT_EQ(raiders(war), men) << range;
  }
}

TEST(Raid, keeps_away_from_places_that_can_be_relieved_in_time) {
  for (const auto& [relief_km, men] : {std::pair{35., 15.}, std::pair{45., 0.}}) {
    WarBuilder war = desert();
    war.set("scenario.laws.operations.relief_km", relief_km);  // the wadi is 40 km from the hills
    EXPECT_EQ(raiders(war), men) << relief_km;
  }
}

TEST(Raid, takes_those_who_raid_and_no_others) {
  WarBuilder war = desert();
  war.ground("foot", "a").force("foot", "base", 1000).arrive(0, "b", "hills", 490);
  EXPECT_EQ(raiders(war), 0);  // 300 raiders are too few, and the others do not come along
}

TEST(Estimates, are_right_without_an_error_and_different_in_every_realization_with_one) {
  WarBuilder war = chess();
  war.place("home", "a").place("town", "b").road("home", "town", 20).force("a", "home", 5000).force("b", "town", 1000);
  war.set("commands.a.hold_ratio", 0);
  const auto sent = [](const CompiledModel& model, std::uint32_t number) {
    Scene scene(model, true, 1, number);
    scene.begin_day();
    return scene.marching(kA, 1, MarchTask::offensive);
  };
  const CompiledModel certain = war.compile();
  EXPECT_EQ(sent(certain, 0), 1500);
  EXPECT_EQ(sent(certain, 1), 1500);
  war.set("scenario.laws.operations.estimate_error", .3);
  const CompiledModel uncertain = war.compile();
  double sum = 0;
  double logs = 0;
  const int n = 2000;
  for (std::uint32_t number = 0; number < n; ++number) {
    const double factor = sent(uncertain, number) / 1500;
    sum += factor;
    logs += std::log(factor) * std::log(factor);
  }
  // Log-normal with mean 1 and a standard deviation of the logarithm of 0.3; E[log^2] = 0.09 + (0.09 / 2)^2.
  EXPECT_NEAR(sum / n, 1, 4 * .307 / std::sqrt(n));
  EXPECT_NEAR(logs / n, .09 + .045 * .045, 4 * std::sqrt(2.) * .09 / std::sqrt(n) * 1.1);
}

TEST(Reserves, go_from_the_rear_to_the_nearest_front_when_nothing_else_calls_them) {
  WarBuilder war = chess();
  war.place("rear", "a").place("inner", "a").place("front", "a").place("town", "b");
  war.road("rear", "inner", 100).road("inner", "front", 100).road("front", "town", 30);
  war.force("a", "rear", 100)
      .force("b", "town", 10)
      .set("commands.a.reach_km", 150)
      .set("commands.a.attack_ratio", 100);
  war.set("commands.a.hold_ratio", 0);
  const CompiledModel model = war.compile();
  EXPECT_EQ(decided(model).marching(kA, 2, MarchTask::reinforce), 100);  // 200 km away: out of reach of any front
}

TEST(Reserves, go_to_the_nearest_front_or_to_each_by_the_enemies_opposite) {
  for (const bool by_threat : {false, true}) {
    WarBuilder war = chess();
    war.place("home", "a").place("near", "a").place("far", "a").place("strong", "b").place("weak", "b");
    war.road("home", "near", 300).road("home", "far", 400).road("near", "weak", 20).road("far", "strong", 20);
    war.force("a", "home", 400).force("b", "strong", 300).force("b", "weak", 100);
    war.set("commands.a.reach_km", 100).set("scenario.laws.operations.reserves_by_threat", by_threat);
    const Scene scene = decided(war.compile());
    EXPECT_EQ(scene.marching(kA, 1, MarchTask::reinforce), by_threat ? 100 : 400);
    EXPECT_EQ(scene.marching(kA, 2, MarchTask::reinforce), by_threat ? 300 : 0);
  }
}

TEST(Operations, take_an_empty_country_town_by_town) {
  WarBuilder war = chess(60);
  war.decide_every(7).place("p0", "a").force("a", "p0", 500);
  for (int i = 1; i < 6; ++i) {
    war.place("p" + std::to_string(i), "b").road("p" + std::to_string(i - 1), "p" + std::to_string(i), 40);
  }
  const solver::Run run = solve_one(war.compile(), {});
  const std::size_t n_times = run.control.size() / 6;
  int before = 0;
  for (std::size_t p = 0; p < 6; ++p) {
    int day = 0;  // index of the stored day on which it fell
    while (run.control[p * n_times + at(day)] != kA) {
      ++day;
      ASSERT_LT(at(day), n_times);
    }
    EXPECT_TRUE(p == 0 || day > before) << p;  // one after the other along the road
    before = day;
  }
}

}  // namespace
}  // namespace truel::test
