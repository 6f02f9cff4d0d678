// What is made ready before a war runs: roads, the first day, the draws' places in the design.
#include <gtest/gtest.h>

#include "support/solve.hpp"
#include "support/war_builder.hpp"
#include "truel/world/compiled/road_search.hpp"

namespace truel::test {
namespace {

WarBuilder chain(double km) {
  WarBuilder war(10);
  war.ground("a");
  war.place("p0", "a");
  for (int i = 1; i < 6; ++i) {
    war.place("p" + std::to_string(i), "a").road("p" + std::to_string(i - 1), "p" + std::to_string(i), km);
  }
  return war;
}

TEST(Roads, lead_to_the_nearest_places_first_by_the_shortest_way) {
  WarBuilder war = chain(40);
  war.road("p0", "p3", 90);
  const CompiledModel model = war.compile();
  std::vector<std::pair<PlaceIndex, double>> found;
  for (const NearPlace& near : model.near(0)) {
    found.emplace_back(near.place, near.km);
  }
  EXPECT_EQ(found, (std::vector<std::pair<PlaceIndex, double>>{{1, 40}, {2, 80}, {3, 90}, {4, 130}, {5, 170}}));
  EXPECT_EQ(model.neighbours(0).size(), 2);
  EXPECT_EQ(model.neighbours(5).size(), 1);
}

TEST(Roads, that_are_cut_join_nothing) {
  const CompiledModel model = chain(40).road("p0", "p3", 1e5).compile();
  EXPECT_EQ(model.neighbours(0).size(), 1);
  EXPECT_EQ(model.neighbours(3).size(), 2);
  EXPECT_EQ(model.near(0)[2].km, 120);
}

TEST(Roads, farther_than_half_a_thousand_kilometres_are_not_looked_at) {
  const CompiledModel model = chain(200).compile();
  EXPECT_EQ(model.near(0).size(), 2);
  EXPECT_EQ(model.near(2).size(), 4);
}

/// A row of towns so close together that all roads between them would take more memory than is kept.
WarBuilder dense_row() {
  WarBuilder war(10);
  war.ground("a").ground("b").place("p0", "a");
  for (int i = 1; i < 1100; ++i) {
    const std::string id = "p" + std::to_string(i);
    war.place(id, i < 1099 ? "a" : "b").road("p" + std::to_string(i - 1), id, .4);
  }
  war.set("commands.a.reach_km", 20).set("commands.b.reach_km", 8).set("scenario.laws.operations.relief_km", 10);
  return war;
}

TEST(Roads, of_a_large_dense_map_are_kept_as_far_as_orders_go) {
  EXPECT_EQ(dense_row().compile().near(0).size(), 50);
  EXPECT_EQ(dense_row().set("commands.b.reach_km", {DistributionKind::uniform, 0, 30}).compile().near(0).size(), 75);
  EXPECT_EQ(dense_row().change(5, "commands.b.reach_km", 40).compile().near(0).size(), 100);
}

TEST(Roads, are_known_as_far_as_orders_go_on_a_wide_map) {
  EXPECT_EQ(chain(200).set("commands.a.reach_km", 900).compile().near(0).size(), 4);
  EXPECT_EQ(chain(200).set("scenario.laws.operations.relief_km", 700).compile().near(0).size(), 3);
}

TEST(Roads, on_a_wide_map_lead_reserves_to_a_front_beyond_half_a_thousand_kilometres) {
  WarBuilder war = chain(300);
  war.ground("b").place("far", "b").road("p5", "far", 100);
  war.force("a", "p0", 100).force("b", "far", 10).set("scenario.laws.operations.on", 1);
  Scene scene = decided(war.compile());
  EXPECT_EQ(scene.marching(0, 5, MarchTask::reinforce), 100);
}

TEST(Roads, that_are_not_kept_lead_reserves_to_a_far_front_all_the_same) {
  WarBuilder war = dense_row();
  war.force("a", "p0", 100).force("b", "p1099", 10).set("scenario.laws.operations.on", 1);
  Scene scene = decided(war.compile());
  EXPECT_EQ(scene.marching(0, 1098, MarchTask::reinforce), 100);
}

TEST(Roads, are_found_one_by_one_as_they_stand_in_the_list) {
  WarBuilder war = chain(40);
  war.road("p0", "p3", 90).road("p2", "p5", 40);
  const CompiledModel model = war.compile();
  RoadSearch search;
  for (PlaceIndex p = 0; p < model.n_places(); ++p) {
    search.start(p, model.n_places(), CompiledModel::kNearKm);
    for (const NearPlace& near : model.near(p)) {
      const auto next = search.next([&](PlaceIndex q) { return model.neighbours(q); });
      ASSERT_TRUE(next.has_value());
      EXPECT_EQ(next->place, near.place);
      EXPECT_EQ(next->km, near.km);
    }
    EXPECT_FALSE(search.next([&](PlaceIndex q) { return model.neighbours(q); }).has_value());
  }
}

TEST(Roads, over_slow_ground_count_as_longer) {
  WarBuilder war(10);
  war.ground("a")
      .place("p", "a")
      .place("q", "a")
      .road("p", "q", 40, "mountain")
      .set("scenario.terrain.mountain.speed", .5);
  EXPECT_DOUBLE_EQ(war.compile().near(0)[0].km, 80);
}

TEST(Roads, over_open_ground_are_known_apart) {
  WarBuilder war(10);
  war.ground("a").place("p", "a").place("q", "a").place("r", "a");
  war.road("p", "q", 40, "sand").road("q", "r", 40).set("scenario.terrain.sand.open", 1);
  const CompiledModel model = war.compile();
  EXPECT_EQ(model.near(0).size(), 2);
  ASSERT_EQ(model.near_open(0).size(), 1);
  EXPECT_EQ(model.near_open(0)[0].place, 1);
}

TEST(Compile, refuses_roads_that_differ_between_realizations) {
  WarBuilder war = chain(40);
  war.set("links.p0.p1.road_km", Distribution{DistributionKind::uniform, 30, 50, 0});
  war.terrain("p2", "sand").road("p0", "p2", 10, "sand");
  war.set("scenario.terrain.sand.speed", Distribution{DistributionKind::uniform, .5, 1, 0});
  const auto model = compile(war.build());
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().size(), 2);
}

TEST(Compile, refuses_more_actors_than_fit) {
  WarBuilder war(10);
  for (int a = 0; a < kMaxActors; ++a) {
    war.ground("a" + std::to_string(a));
  }
  EXPECT_TRUE(compile(war.build()));
  war.ground("one_too_many");
  EXPECT_FALSE(compile(war.build()));
}

TEST(FirstDay, a_force_named_everywhere_stands_where_there_is_something_to_hold_against_somebody) {
  WarBuilder war(10);
  war.ground("a").ground("b").place("quiet", "a").place("rich", "a").place("front", "a").place("town", "b");
  war.road("quiet", "rich", 10).road("rich", "front", 10).road("front", "town", 10).set("places.rich.value", 3);
  war.force("a", "*", 600).force("b", "*", 100);
  const Scene scene(war.compile());
  // Weights: value times one more than the fronts: 1, 3, 2.
  EXPECT_EQ(scene.fighters(0, 0), 100);
  EXPECT_EQ(scene.fighters(1, 0), 300);
  EXPECT_EQ(scene.fighters(2, 0), 200);
  EXPECT_EQ(scene.fighters(3, 1), 100);
}

TEST(FirstDay, places_of_no_value_get_as_many_each) {
  WarBuilder war(10);
  war.ground("a").place("here", "a").place("there", "a").force("a", "*", 600);
  war.set("places.here.value", 0).set("places.there.value", 0);
  const Scene scene(war.compile());
  EXPECT_EQ(scene.fighters(0, 0), 300);
  EXPECT_EQ(scene.fighters(1, 0), 300);
}

TEST(FirstDay, forces_named_by_place_are_part_of_the_whole) {
  WarBuilder war(10);
  war.ground("a").place("here", "a").place("there", "a").force("a", "*", 600).force("a", "here", 450);
  const Scene scene(war.compile());
  EXPECT_EQ(scene.fighters(0, 0), 450);
  EXPECT_EQ(scene.fighters(1, 0), 150);
  EXPECT_EQ(scene.state.tallies.first_fighters[0], 600);
}

TEST(FirstDay, paper_strength_is_reduced_to_the_part_that_fights) {
  WarBuilder war(10);
  war.ground("a").place("here", "a").force("a", "here", 1001).set("actors.a.front_line_fraction", .5);
  const CompiledModel model = war.compile();
  EXPECT_EQ(Scene(model).total(0), 501);  // whole persons
  EXPECT_EQ(Scene(model, false).total(0), 500.5);
}

TEST(FirstDay, whole_persons_spread_over_many_places_add_up_to_the_strength) {
  for (const double strength : {1., 7., 100., 101.}) {
    WarBuilder war(10);
    war.ground("a");
    for (int p = 0; p < 9; ++p) {
      war.place("p" + std::to_string(p), "a").set("places.p" + std::to_string(p) + ".value", 1 + .37 * p);
    }
    war.force("a", "*", strength);
    const CompiledModel model = war.compile();
    EXPECT_EQ(Scene(model).total(0), strength);
  }
}

TEST(FirstDay, an_actor_without_land_stands_with_its_friends) {
  WarBuilder war(10);
  war.ground("guest").ground("host").ground("stranger").align("guest", "host", 1);
  war.place("inn", "host").place("tower", "stranger").force("guest", "*", 50);
  const CompiledModel model = war.compile();
  EXPECT_EQ(Scene(model).fighters(0, 0), 50);
}

}  // namespace
}  // namespace truel::test
