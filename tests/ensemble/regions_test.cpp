// The map of regions. With unit rates and even shares x_i(t) = m exp(-t) + (x_i(0) - m) exp(t/2): the order of strength
// never changes, so the strongest side wins from every division.
#include "truel/ensemble/summary/regions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/battle.hpp"

namespace truel::test {
namespace {

using ensemble::map_regions;
using ensemble::RegionEnd;
using ensemble::RegionMap;
using ensemble::RegionPoint;

Battle three_sides(const Matrix& share) {
  return {{10, 9, 8}, all_pairs(3, 1), share};
}

RegionMap map_of(const WarBuilder& war, int divisions, int threads = 0) {
  auto map = map_regions(war.compile(), {.divisions = divisions, .threads = threads});
  EXPECT_TRUE(map.has_value());
  return *map;
}

TEST(Regions, the_strongest_side_wins_where_fire_is_divided_evenly) {
  const RegionMap map = map_of(battle_war(three_sides(even_shares(3)), 40), 30);
  EXPECT_EQ(map.divisions, 30);
  EXPECT_DOUBLE_EQ(map.total, 27);
  ASSERT_EQ(map.points.size(), 31U * 32 / 2);
  int seen = 0;
  for (const RegionPoint& p : map.points) {
    EXPECT_EQ(p.parts[0] + p.parts[1] + p.parts[2], 30);
    const auto strongest = std::max_element(p.parts.begin(), p.parts.end());
    if (std::count(p.parts.begin(), p.parts.end(), *strongest) == 1) {
      EXPECT_EQ(static_cast<int>(p.end), strongest - p.parts.begin());
      EXPECT_GT(p.left, 0);
      ++seen;
    } else {  // equals fade together
      EXPECT_TRUE(p.end == RegionEnd::nobody || p.end == RegionEnd::stalemate);
      EXPECT_LT(p.left, 1e-6);
      EXPECT_TRUE(std::isnan(p.decided_days));
    }
  }
  EXPECT_GT(seen, 400);
  EXPECT_NEAR(map.share(RegionEnd::first_wins), map.share(RegionEnd::third_wins), 1e-12);
}

TEST(Regions, equals_end_together_whatever_rounding_leaves_to_one_of_them) {
  const RegionMap map = map_of(battle_war(three_sides(even_shares(3)), 60), 120);
  int seen = 0;
  for (const RegionPoint& p : map.points) {
    const auto strongest = std::max_element(p.parts.begin(), p.parts.end());
    if (std::count(p.parts.begin(), p.parts.end(), *strongest) == 2) {
      EXPECT_EQ(p.end, RegionEnd::nobody) << p.parts[0] << ' ' << p.parts[1] << ' ' << p.parts[2];
      ++seen;
    }
  }
  EXPECT_GT(seen, 0);
}

TEST(Regions, on_the_edges_the_square_law_decides_and_in_the_corners_nothing_is_left_to_decide) {
  const RegionMap map = map_of(battle_war(three_sides(even_shares(3)), 40), 10);
  for (const RegionPoint& p : map.points) {
    const double x = 2.7 * p.parts[0];
    const double y = 2.7 * p.parts[1];
    if (p.parts[2] == 0 && p.parts[0] > p.parts[1]) {
      EXPECT_EQ(p.end, RegionEnd::first_wins);
      EXPECT_NEAR(p.left, std::sqrt(x * x - y * y), 1e-6 * x);
      EXPECT_NEAR(p.decided_days, std::atanh(y / x), 1e-6);
    }
  }
  EXPECT_EQ(map.points.back().end, RegionEnd::first_wins);
  EXPECT_EQ(map.points.back().decided_days, 0);
  EXPECT_DOUBLE_EQ(map.points.back().left, 27);
}

TEST(Regions, more_than_half_of_the_force_wins_whatever_the_shares) {
  const RegionMap map = map_of(battle_war(three_sides({{0, .7, .3}, {.2, 0, .8}, {.9, .1, 0}}), 60), 24);
  int seen = 0;
  for (const RegionPoint& p : map.points) {
    for (int side = 0; side < 3; ++side) {
      if (p.parts[at(side)] > 12) {
        EXPECT_EQ(static_cast<int>(p.end), side);
        ++seen;
      }
    }
  }
  EXPECT_GT(seen, 0);
}

TEST(Regions, a_side_that_gives_in_at_its_losses_does_not_win_what_costs_more) {
  const RegionMap map = map_of(battle_war(three_sides(even_shares(3)), 60).set("actors.a.breakpoint", 2), 30);
  int wins = 0;
  for (const RegionPoint& p : map.points) {
    const double x = 0.9 * p.parts[0];
    const double y = 0.9 * p.parts[1];
    if (p.parts[2] == 0 && x > y) {
      EXPECT_EQ(p.end == RegionEnd::first_wins, x - std::sqrt(x * x - y * y) < 2) << p.parts[0];
      wins += p.end == RegionEnd::first_wins;
    }
  }
  EXPECT_EQ(wins, 10);
}

TEST(Regions, a_short_war_leaves_a_stalemate) {
  const RegionMap map = map_of(battle_war(three_sides(even_shares(3)), 1), 9);
  const RegionPoint& middle = *std::find_if(map.points.begin(), map.points.end(), [](const RegionPoint& p) {
    return p.parts == std::array{4, 3, 2};
  });
  EXPECT_EQ(middle.end, RegionEnd::stalemate);
  EXPECT_GT(middle.left, 0);
}

TEST(Regions, are_the_same_for_any_number_of_threads) {
  const WarBuilder war = battle_war(three_sides({{0, .6, .4}, {.5, 0, .5}, {.3, .7, 0}}), 40);
  const RegionMap one = map_of(war, 20, 1);
  const RegionMap many = map_of(war, 20, 5);
  for (std::size_t k = 0; k < one.points.size(); ++k) {
    EXPECT_EQ(one.points[k].parts, many.points[k].parts);
    EXPECT_EQ(one.points[k].end, many.points[k].end);
    EXPECT_EQ(one.points[k].left, many.points[k].left);
  }
}

TEST(Regions, need_three_ground_actors_with_fighters) {
  const auto two = map_regions(battle_war({{1, 1}, all_pairs(2, 1), even_shares(2)}, 4).compile(), {});
  ASSERT_FALSE(two.has_value());
  EXPECT_NE(two.error()[0].what.find("has 2"), std::string::npos);
  EXPECT_FALSE(two.error()[0].hint.empty());
  Battle absent = three_sides(even_shares(3));
  absent.strength[1] = 0;
  const auto zero = map_regions(battle_war(absent, 4).compile(), {});
  ASSERT_FALSE(zero.has_value());
  EXPECT_EQ(zero.error().size(), 1U);
  EXPECT_NE(zero.error()[0].what.find("b has no fighters"), std::string::npos);
}

}  // namespace
}  // namespace truel::test
